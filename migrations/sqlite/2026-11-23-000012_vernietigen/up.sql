-- Destruction of a case: proposed by one, confirmed by another, after a package for the archive was made. What was
-- confirmed here is the only thing that opens the locks below, and only for that one case; the audit trail stays shut.
CREATE TABLE destruction (
    id TEXT PRIMARY KEY NOT NULL,
    dossier_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    rule TEXT NOT NULL,
    due_on TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
    proposed_at INTEGER NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES user_account (id),
    withdrawn_at INTEGER,
    withdrawn_by TEXT REFERENCES user_account (id),
    package_hash TEXT CHECK (package_hash IS NULL OR length(package_hash) = 64),
    package_seq INTEGER,
    confirmed_at INTEGER,
    confirmed_by TEXT REFERENCES user_account (id),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    CHECK (confirmed_at IS NULL OR (confirmed_by IS NOT NULL AND package_hash IS NOT NULL AND withdrawn_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX destruction_open ON destruction (dossier_id) WHERE withdrawn_at IS NULL;
CREATE TRIGGER destruction_keep_update BEFORE UPDATE ON destruction
WHEN OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.dossier_id IS NOT OLD.dossier_id OR NEW.reference IS NOT OLD.reference OR NEW.rule IS NOT OLD.rule OR NEW.due_on IS NOT OLD.due_on OR NEW.reason IS NOT OLD.reason OR NEW.proposed_at IS NOT OLD.proposed_at OR NEW.proposed_by IS NOT OLD.proposed_by
BEGIN SELECT RAISE(ABORT, 'append-only: destruction'); END;
CREATE TRIGGER destruction_keep_delete BEFORE DELETE ON destruction BEGIN SELECT RAISE(ABORT, 'append-only: destruction'); END;

DROP TRIGGER dossier_keep_delete;
CREATE TRIGGER dossier_keep_delete BEFORE DELETE ON dossier WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'append-only: dossier'); END;
DROP TRIGGER data_key_keep_delete;
CREATE TRIGGER data_key_keep_delete BEFORE DELETE ON data_key WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.scope)
BEGIN SELECT RAISE(ABORT, 'append-only: data_key'); END;
DROP TRIGGER dossier_version_keep_delete;
CREATE TRIGGER dossier_version_keep_delete BEFORE DELETE ON dossier_version WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id)
BEGIN SELECT RAISE(ABORT, 'append-only: dossier_version'); END;
DROP TRIGGER case_assignment_keep_delete;
CREATE TRIGGER case_assignment_keep_delete BEFORE DELETE ON case_assignment WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id)
BEGIN SELECT RAISE(ABORT, 'append-only: case_assignment'); END;
DROP TRIGGER submission_keep_delete;
CREATE TRIGGER submission_keep_delete BEFORE DELETE ON submission WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id)
BEGIN SELECT RAISE(ABORT, 'append-only: submission'); END;
DROP TRIGGER draft_keep_delete;
CREATE TRIGGER draft_keep_delete BEFORE DELETE ON draft WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id)
BEGIN SELECT RAISE(ABORT, 'append-only: draft'); END;
DROP TRIGGER document_file_keep_delete;
CREATE TRIGGER document_file_keep_delete BEFORE DELETE ON document_file WHEN NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL AND x.dossier_id = OLD.dossier_id)
BEGIN SELECT RAISE(ABORT, 'append-only: document_file'); END;
DROP TRIGGER submission_taken_keep_delete;
CREATE TRIGGER submission_taken_keep_delete BEFORE DELETE ON submission_taken WHEN NOT EXISTS (SELECT 1 FROM destruction AS x JOIN submission AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.submission_id)
BEGIN SELECT RAISE(ABORT, 'append-only: submission_taken'); END;
DROP TRIGGER submission_delegation_keep_delete;
CREATE TRIGGER submission_delegation_keep_delete BEFORE DELETE ON submission_delegation WHEN NOT EXISTS (SELECT 1 FROM destruction AS x JOIN submission AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.submission_id)
BEGIN SELECT RAISE(ABORT, 'append-only: submission_delegation'); END;
DROP TRIGGER review_step_keep_delete;
CREATE TRIGGER review_step_keep_delete BEFORE DELETE ON review_step WHEN NOT EXISTS (SELECT 1 FROM destruction AS x JOIN draft AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.draft_id)
BEGIN SELECT RAISE(ABORT, 'append-only: review_step'); END;
DROP TRIGGER document_code_keep_delete;
CREATE TRIGGER document_code_keep_delete BEFORE DELETE ON document_code WHEN NOT EXISTS (SELECT 1 FROM destruction AS x JOIN draft AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.draft_id)
BEGIN SELECT RAISE(ABORT, 'append-only: document_code'); END;
DROP TRIGGER file_check_keep_delete;
CREATE TRIGGER file_check_keep_delete BEFORE DELETE ON file_check WHEN NOT EXISTS (SELECT 1 FROM destruction AS x JOIN document_file AS p ON p.dossier_id = x.dossier_id WHERE x.confirmed_at IS NOT NULL AND p.id = OLD.file_id)
BEGIN SELECT RAISE(ABORT, 'append-only: file_check'); END;
-- The content of a file is of every case that has it: it goes with the last of them.
DROP TRIGGER file_content_keep_delete;
CREATE TRIGGER file_content_keep_delete BEFORE DELETE ON file_content WHEN EXISTS (SELECT 1 FROM document_file AS f WHERE f.sha256 = OLD.sha256)
    OR NOT EXISTS (SELECT 1 FROM destruction AS x WHERE x.confirmed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'append-only: file_content'); END;
