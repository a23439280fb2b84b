-- Destruction of a case: proposed by one, confirmed by another, after a package for the archive was made. What was
-- confirmed here is the only thing that opens the locks below, and only for that one case; the audit trail stays shut.
CREATE TABLE destruction (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    dossier_id TEXT COLLATE "C" NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    due_on TEXT COLLATE "C" NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
    proposed_at BIGINT NOT NULL,
    proposed_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    withdrawn_at BIGINT,
    withdrawn_by TEXT COLLATE "C" REFERENCES user_account (id),
    package_hash TEXT COLLATE "C" CHECK (package_hash IS NULL OR length(package_hash) = 64),
    package_seq BIGINT,
    confirmed_at BIGINT,
    confirmed_by TEXT COLLATE "C" REFERENCES user_account (id),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    CHECK (confirmed_at IS NULL OR (confirmed_by IS NOT NULL AND package_hash IS NOT NULL AND withdrawn_at IS NULL))
);
CREATE UNIQUE INDEX destruction_open ON destruction (dossier_id) WHERE withdrawn_at IS NULL;
CREATE TRIGGER destruction_keep_update BEFORE UPDATE ON destruction FOR EACH ROW
    WHEN (OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR NEW.id IS DISTINCT FROM OLD.id OR NEW.dossier_id IS DISTINCT FROM OLD.dossier_id OR NEW.reference IS DISTINCT FROM OLD.reference OR NEW.rule IS DISTINCT FROM OLD.rule OR NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.proposed_at IS DISTINCT FROM OLD.proposed_at OR NEW.proposed_by IS DISTINCT FROM OLD.proposed_by)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER destruction_keep BEFORE DELETE ON destruction FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER destruction_keep_all BEFORE TRUNCATE ON destruction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A condition of a trigger may not look into another table, so the function does.
CREATE FUNCTION refuse_unless_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed BOOLEAN;
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'dossier' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.id);
    WHEN 'data_key' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.scope);
    WHEN 'dossier_version' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id);
    WHEN 'case_assignment' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id);
    WHEN 'submission' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id);
    WHEN 'draft' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id);
    WHEN 'document_file' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id);
    WHEN 'submission_taken' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x JOIN submission AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.submission_id);
    WHEN 'submission_delegation' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x JOIN submission AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.submission_id);
    WHEN 'review_step' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x JOIN draft AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.draft_id);
    WHEN 'document_code' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x JOIN draft AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.draft_id);
    WHEN 'file_check' THEN allowed := EXISTS (SELECT 1 FROM destruction AS x JOIN document_file AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.file_id);
    -- The content of a file is of every case that has it: it goes with the last of them.
    WHEN 'file_content' THEN allowed := NOT (EXISTS (SELECT 1 FROM document_file AS f WHERE f.sha256 = OLD.sha256)
    OR NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL));
    END CASE;
    IF allowed THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER dossier_keep ON dossier;
CREATE TRIGGER dossier_keep BEFORE DELETE ON dossier FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER data_key_keep_delete ON data_key;
CREATE TRIGGER data_key_keep_delete BEFORE DELETE ON data_key FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER dossier_version_keep ON dossier_version;
CREATE TRIGGER dossier_version_keep BEFORE DELETE ON dossier_version FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER case_assignment_keep ON case_assignment;
CREATE TRIGGER case_assignment_keep BEFORE DELETE ON case_assignment FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER submission_keep ON submission;
CREATE TRIGGER submission_keep BEFORE DELETE ON submission FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER draft_keep ON draft;
CREATE TRIGGER draft_keep BEFORE DELETE ON draft FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER document_file_keep ON document_file;
CREATE TRIGGER document_file_keep BEFORE UPDATE ON document_file FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_file_keep_delete BEFORE DELETE ON document_file FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER submission_taken_keep ON submission_taken;
CREATE TRIGGER submission_taken_keep BEFORE UPDATE ON submission_taken FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_taken_keep_delete BEFORE DELETE ON submission_taken FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER submission_delegation_keep ON submission_delegation;
CREATE TRIGGER submission_delegation_keep BEFORE UPDATE ON submission_delegation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_delegation_keep_delete BEFORE DELETE ON submission_delegation FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER review_step_keep ON review_step;
CREATE TRIGGER review_step_keep BEFORE DELETE ON review_step FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER document_code_keep ON document_code;
CREATE TRIGGER document_code_keep BEFORE UPDATE ON document_code FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_code_keep_delete BEFORE DELETE ON document_code FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER file_check_keep ON file_check;
CREATE TRIGGER file_check_keep BEFORE UPDATE ON file_check FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_check_keep_delete BEFORE DELETE ON file_check FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
DROP TRIGGER file_content_keep ON file_content;
CREATE TRIGGER file_content_keep BEFORE DELETE ON file_content FOR EACH ROW EXECUTE FUNCTION refuse_unless_destroyed();
