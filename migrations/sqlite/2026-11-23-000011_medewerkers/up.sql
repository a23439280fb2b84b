-- A role for people of an advocate's office. SQLite cannot change a CHECK otherwise; this is the way its own
-- documentation gives for a wider one (lang_altertable, "changing CHECK constraints").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''advocaat'', ''ketenpartner''', '''advocaat'', ''medewerker'', ''ketenpartner''')
    WHERE type = 'table' AND name = 'user_account';
PRAGMA writable_schema = RESET;

-- For whom such a person acts: an advocate's clients, until a moment, unless it was ended before.
CREATE TABLE delegation (
    id TEXT PRIMARY KEY NOT NULL,
    advocate_id TEXT NOT NULL REFERENCES user_account (id),
    delegate_id TEXT NOT NULL REFERENCES user_account (id),
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK (ends_at > created_at)
) STRICT;
CREATE UNIQUE INDEX delegation_open ON delegation (advocate_id, delegate_id) WHERE ended_at IS NULL;
CREATE INDEX delegation_delegate ON delegation (delegate_id);

-- What was handed in for an advocate by someone else, and by which right.
CREATE TABLE submission_delegation (
    submission_id TEXT PRIMARY KEY NOT NULL REFERENCES submission (id),
    delegation_id TEXT NOT NULL REFERENCES delegation (id)
) STRICT;

CREATE TRIGGER delegation_keep_update BEFORE UPDATE ON delegation
WHEN OLD.ended_at IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.advocate_id IS NOT OLD.advocate_id OR NEW.delegate_id IS NOT OLD.delegate_id OR NEW.created_at IS NOT OLD.created_at OR NEW.ends_at IS NOT OLD.ends_at
BEGIN SELECT RAISE(ABORT, 'append-only: delegation'); END;
CREATE TRIGGER delegation_keep_delete BEFORE DELETE ON delegation BEGIN SELECT RAISE(ABORT, 'append-only: delegation'); END;
CREATE TRIGGER submission_delegation_keep_update BEFORE UPDATE ON submission_delegation BEGIN SELECT RAISE(ABORT, 'append-only: submission_delegation'); END;
CREATE TRIGGER submission_delegation_keep_delete BEFORE DELETE ON submission_delegation BEGIN SELECT RAISE(ABORT, 'append-only: submission_delegation'); END;
