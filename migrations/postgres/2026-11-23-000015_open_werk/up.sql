-- What waits for a next step: documents on their way to a seal, and what was handed in and stands in no dossier yet. Kept
-- up by triggers in the transaction of the step itself, so that the list of work reads what is open and never walks past
-- everything that was ever finished. Derived from review_step and submission: a backup leaves it out, and putting one
-- back fills it.
CREATE TABLE open_work (
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('document', 'inzending')),
    id TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    dossier_id TEXT COLLATE "C" NOT NULL REFERENCES dossier (id),
    PRIMARY KEY (kind, id, document)
);
CREATE INDEX open_work_case ON open_work (dossier_id, kind);

INSERT INTO open_work (kind, id, document, dossier_id)
SELECT 'document', r.draft_id, r.document, d.dossier_id FROM review_step AS r JOIN draft AS d ON d.id = r.draft_id
WHERE r.step NOT IN ('verzegeld', 'ingetrokken')
    AND NOT EXISTS (SELECT 1 FROM review_step AS n WHERE n.draft_id = r.draft_id AND n.document = r.document AND n.number > r.number);
INSERT INTO open_work (kind, id, document, dossier_id)
SELECT 'inzending', s.id, '', s.dossier_id FROM submission AS s
WHERE NOT EXISTS (SELECT 1 FROM submission_taken AS t WHERE t.submission_id = s.id);

-- The last step decides, also when a backup puts steps back in another order.
CREATE FUNCTION open_work_of_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM review_step AS n WHERE n.draft_id = NEW.draft_id AND n.document = NEW.document AND n.number > NEW.number) THEN
        RETURN NULL;
    END IF;
    IF NEW.step IN ('verzegeld', 'ingetrokken') THEN
        DELETE FROM open_work WHERE kind = 'document' AND id = NEW.draft_id AND document = NEW.document;
    ELSIF NOT EXISTS (SELECT 1 FROM open_work WHERE kind = 'document' AND id = NEW.draft_id AND document = NEW.document) THEN
        INSERT INTO open_work (kind, id, document, dossier_id)
        SELECT 'document', NEW.draft_id, NEW.document, d.dossier_id FROM draft AS d WHERE d.id = NEW.draft_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION open_work_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO open_work (kind, id, document, dossier_id) VALUES ('inzending', NEW.id, '', NEW.dossier_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION open_work_of_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM open_work WHERE kind = 'inzending' AND id = NEW.submission_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER review_step_open AFTER INSERT ON review_step FOR EACH ROW EXECUTE FUNCTION open_work_of_step();
CREATE TRIGGER submission_open AFTER INSERT ON submission FOR EACH ROW EXECUTE FUNCTION open_work_of_submission();
CREATE TRIGGER submission_done AFTER INSERT ON submission_taken FOR EACH ROW EXECUTE FUNCTION open_work_of_taken();

-- The second lock (`tweede_slot`): the court of the case reads and finishes; whoever hands something in adds it.
DO $$
DECLARE
    system CONSTANT TEXT := '(SELECT slot_systeem())';
    mine CONSTANT TEXT := '(SELECT true FROM case_assignment AS a WHERE a.dossier_id = open_work.dossier_id '
        || 'AND a.user_id = (SELECT slot_account()) AND a.role = (SELECT slot_rol()) AND a.ended_at IS NULL%s LIMIT 1)';
    theirs CONSTANT TEXT := '((SELECT slot_rol()) = ''medewerker'' AND (SELECT true FROM case_assignment AS a '
        || 'WHERE a.dossier_id = open_work.dossier_id AND a.user_id = ANY ((SELECT slot_voor())::text[]) '
        || 'AND a.role = ''advocaat'' AND a.ended_at IS NULL LIMIT 1))';
    court CONSTANT TEXT := system || ' OR ' || format(mine, ' AND a.role IN (''rechter'', ''griffier'')');
BEGIN
    ALTER TABLE open_work ENABLE ROW LEVEL SECURITY;
    ALTER TABLE open_work FORCE ROW LEVEL SECURITY;
    EXECUTE format('CREATE POLICY slot_lezen ON open_work FOR SELECT USING (%s)', court);
    EXECUTE format('CREATE POLICY slot_toevoegen ON open_work FOR INSERT WITH CHECK (%s)',
        court || ' OR (kind = ''inzending'' AND (' || format(mine, '') || ' OR ' || theirs || '))');
    EXECUTE format('CREATE POLICY slot_wijzigen ON open_work FOR UPDATE USING (%s)', system);
    EXECUTE format('CREATE POLICY slot_verwijderen ON open_work FOR DELETE USING (%s)', court);
END
$$;
