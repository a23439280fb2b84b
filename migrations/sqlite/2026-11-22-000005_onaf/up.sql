-- What someone typed in a form and has not recorded yet: theirs alone, gone after thirty days without change.
CREATE TABLE unfinished_form (
    user_id TEXT NOT NULL REFERENCES user_account (id),
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    form TEXT NOT NULL CHECK (length(form) BETWEEN 1 AND 500),
    fields TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, dossier_id, form)
) STRICT;
CREATE INDEX unfinished_form_saved ON unfinished_form (saved_at);
