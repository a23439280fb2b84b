-- What waits for a next step: documents on their way to a seal, and what was handed in and stands in no dossier yet. Kept
-- up by triggers in the transaction of the step itself, so that the list of work reads what is open and never walks past
-- everything that was ever finished. Derived from review_step and submission: a backup leaves it out, and putting one
-- back fills it.
CREATE TABLE open_work (
    kind TEXT NOT NULL CHECK (kind IN ('document', 'inzending')),
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    PRIMARY KEY (kind, id, document)
) STRICT;
CREATE INDEX open_work_case ON open_work (dossier_id, kind);

INSERT INTO open_work (kind, id, document, dossier_id)
SELECT 'document', r.draft_id, r.document, d.dossier_id FROM review_step AS r JOIN draft AS d ON d.id = r.draft_id
WHERE r.step NOT IN ('verzegeld', 'ingetrokken')
    AND NOT EXISTS (SELECT 1 FROM review_step AS n WHERE n.draft_id = r.draft_id AND n.document = r.document AND n.number > r.number);
INSERT INTO open_work (kind, id, document, dossier_id)
SELECT 'inzending', s.id, '', s.dossier_id FROM submission AS s
WHERE NOT EXISTS (SELECT 1 FROM submission_taken AS t WHERE t.submission_id = s.id);

-- The last step decides, also when a backup puts steps back in another order.
CREATE TRIGGER review_step_open AFTER INSERT ON review_step
WHEN NEW.step NOT IN ('verzegeld', 'ingetrokken')
    AND NOT EXISTS (SELECT 1 FROM review_step AS n WHERE n.draft_id = NEW.draft_id AND n.document = NEW.document AND n.number > NEW.number)
    AND NOT EXISTS (SELECT 1 FROM open_work AS o WHERE o.kind = 'document' AND o.id = NEW.draft_id AND o.document = NEW.document)
BEGIN INSERT INTO open_work (kind, id, document, dossier_id)
    SELECT 'document', NEW.draft_id, NEW.document, d.dossier_id FROM draft AS d WHERE d.id = NEW.draft_id; END;
CREATE TRIGGER review_step_done AFTER INSERT ON review_step
WHEN NEW.step IN ('verzegeld', 'ingetrokken')
    AND NOT EXISTS (SELECT 1 FROM review_step AS n WHERE n.draft_id = NEW.draft_id AND n.document = NEW.document AND n.number > NEW.number)
BEGIN DELETE FROM open_work WHERE kind = 'document' AND id = NEW.draft_id AND document = NEW.document; END;
CREATE TRIGGER submission_open AFTER INSERT ON submission
BEGIN INSERT INTO open_work (kind, id, document, dossier_id) VALUES ('inzending', NEW.id, '', NEW.dossier_id); END;
CREATE TRIGGER submission_done AFTER INSERT ON submission_taken
BEGIN DELETE FROM open_work WHERE kind = 'inzending' AND id = NEW.submission_id; END;
