-- Content as it is sealed (AES-256-GCM); then the readable column is empty. What was stored before is sealed by the service
-- when it starts: that is the one change that what may only be added to allows.
ALTER TABLE dossier_version ADD COLUMN sealed BLOB;
ALTER TABLE submission ADD COLUMN sealed BLOB;
ALTER TABLE draft ADD COLUMN sealed BLOB;
ALTER TABLE review_step ADD COLUMN sealed BLOB;
ALTER TABLE file_content ADD COLUMN sealed BLOB;
ALTER TABLE unfinished_form ADD COLUMN sealed BLOB;

DROP TRIGGER dossier_version_keep_update;
CREATE TRIGGER dossier_version_keep_update BEFORE UPDATE ON dossier_version
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS ''
    AND NEW.dossier_id IS OLD.dossier_id AND NEW.version IS OLD.version AND NEW.hash IS OLD.hash AND NEW.created_at IS OLD.created_at AND NEW.created_by IS OLD.created_by)
BEGIN SELECT RAISE(ABORT, 'append-only: dossier_version'); END;
DROP TRIGGER submission_keep_update;
CREATE TRIGGER submission_keep_update BEFORE UPDATE ON submission
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS ''
    AND NEW.id IS OLD.id AND NEW.dossier_id IS OLD.dossier_id AND NEW.user_id IS OLD.user_id AND NEW.kind IS OLD.kind AND NEW.on_behalf_of IS OLD.on_behalf_of AND NEW.hash IS OLD.hash AND NEW.received_at IS OLD.received_at)
BEGIN SELECT RAISE(ABORT, 'append-only: submission'); END;
DROP TRIGGER draft_keep_update;
CREATE TRIGGER draft_keep_update BEFORE UPDATE ON draft
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS ''
    AND NEW.id IS OLD.id AND NEW.dossier_id IS OLD.dossier_id AND NEW.dossier_version IS OLD.dossier_version AND NEW.kind IS OLD.kind AND NEW.state IS OLD.state AND NEW.hash IS OLD.hash AND NEW.created_at IS OLD.created_at AND NEW.created_by IS OLD.created_by)
BEGIN SELECT RAISE(ABORT, 'append-only: draft'); END;
DROP TRIGGER review_step_keep_update;
CREATE TRIGGER review_step_keep_update BEFORE UPDATE ON review_step
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS ''
    AND NEW.draft_id IS OLD.draft_id AND NEW.document IS OLD.document AND NEW.number IS OLD.number AND NEW.step IS OLD.step AND NEW.text_version IS OLD.text_version AND NEW.reason IS OLD.reason AND NEW.hash IS OLD.hash AND NEW.file_hash IS OLD.file_hash AND NEW.made_at IS OLD.made_at AND NEW.made_by IS OLD.made_by)
BEGIN SELECT RAISE(ABORT, 'append-only: review_step'); END;
DROP TRIGGER file_content_keep_update;
CREATE TRIGGER file_content_keep_update BEFORE UPDATE ON file_content
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS x''
    AND NEW.sha256 IS OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'append-only: file_content'); END;

-- What is still to be sealed is found without reading everything.
CREATE INDEX dossier_version_open ON dossier_version (dossier_id) WHERE sealed IS NULL;
CREATE INDEX submission_open ON submission (id) WHERE sealed IS NULL;
CREATE INDEX draft_open ON draft (id) WHERE sealed IS NULL;
CREATE INDEX review_step_open ON review_step (draft_id) WHERE sealed IS NULL AND content IS NOT NULL;
CREATE INDEX file_content_open ON file_content (sha256) WHERE sealed IS NULL;
CREATE INDEX unfinished_form_open ON unfinished_form (user_id) WHERE sealed IS NULL;
