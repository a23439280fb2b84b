-- Content as it is sealed (AES-256-GCM); then the readable column is empty. What was stored before is sealed by the service
-- when it starts: that is the one change that what may only be added to allows.
ALTER TABLE dossier_version ADD COLUMN sealed BYTEA;
ALTER TABLE submission ADD COLUMN sealed BYTEA;
ALTER TABLE draft ADD COLUMN sealed BYTEA;
ALTER TABLE review_step ADD COLUMN sealed BYTEA;
ALTER TABLE file_content ADD COLUMN sealed BYTEA;
ALTER TABLE unfinished_form ADD COLUMN sealed BYTEA;

DROP TRIGGER dossier_version_keep ON dossier_version;
CREATE TRIGGER dossier_version_keep BEFORE DELETE ON dossier_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_version_keep_update BEFORE UPDATE ON dossier_version FOR EACH ROW
    WHEN (NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS NOT DISTINCT FROM ''
        AND NEW.dossier_id IS NOT DISTINCT FROM OLD.dossier_id AND NEW.version IS NOT DISTINCT FROM OLD.version AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.created_at IS NOT DISTINCT FROM OLD.created_at AND NEW.created_by IS NOT DISTINCT FROM OLD.created_by))
    EXECUTE FUNCTION refuse_change();
DROP TRIGGER submission_keep ON submission;
CREATE TRIGGER submission_keep BEFORE DELETE ON submission FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_keep_update BEFORE UPDATE ON submission FOR EACH ROW
    WHEN (NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS NOT DISTINCT FROM ''
        AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.dossier_id IS NOT DISTINCT FROM OLD.dossier_id AND NEW.user_id IS NOT DISTINCT FROM OLD.user_id AND NEW.kind IS NOT DISTINCT FROM OLD.kind AND NEW.on_behalf_of IS NOT DISTINCT FROM OLD.on_behalf_of AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.received_at IS NOT DISTINCT FROM OLD.received_at))
    EXECUTE FUNCTION refuse_change();
DROP TRIGGER draft_keep ON draft;
CREATE TRIGGER draft_keep BEFORE DELETE ON draft FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_keep_update BEFORE UPDATE ON draft FOR EACH ROW
    WHEN (NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS NOT DISTINCT FROM ''
        AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.dossier_id IS NOT DISTINCT FROM OLD.dossier_id AND NEW.dossier_version IS NOT DISTINCT FROM OLD.dossier_version AND NEW.kind IS NOT DISTINCT FROM OLD.kind AND NEW.state IS NOT DISTINCT FROM OLD.state AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.created_at IS NOT DISTINCT FROM OLD.created_at AND NEW.created_by IS NOT DISTINCT FROM OLD.created_by))
    EXECUTE FUNCTION refuse_change();
DROP TRIGGER review_step_keep ON review_step;
CREATE TRIGGER review_step_keep BEFORE DELETE ON review_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_step_keep_update BEFORE UPDATE ON review_step FOR EACH ROW
    WHEN (NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS NOT DISTINCT FROM ''
        AND NEW.draft_id IS NOT DISTINCT FROM OLD.draft_id AND NEW.document IS NOT DISTINCT FROM OLD.document AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.step IS NOT DISTINCT FROM OLD.step AND NEW.text_version IS NOT DISTINCT FROM OLD.text_version AND NEW.reason IS NOT DISTINCT FROM OLD.reason AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.file_hash IS NOT DISTINCT FROM OLD.file_hash AND NEW.made_at IS NOT DISTINCT FROM OLD.made_at AND NEW.made_by IS NOT DISTINCT FROM OLD.made_by))
    EXECUTE FUNCTION refuse_change();
DROP TRIGGER file_content_keep ON file_content;
CREATE TRIGGER file_content_keep BEFORE DELETE ON file_content FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_content_keep_update BEFORE UPDATE ON file_content FOR EACH ROW
    WHEN (NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND OLD.content IS NOT NULL AND NEW.content IS NOT DISTINCT FROM ''::bytea
        AND NEW.sha256 IS NOT DISTINCT FROM OLD.sha256))
    EXECUTE FUNCTION refuse_change();

-- What is still to be sealed is found without reading everything.
CREATE INDEX dossier_version_open ON dossier_version (dossier_id) WHERE sealed IS NULL;
CREATE INDEX submission_open ON submission (id) WHERE sealed IS NULL;
CREATE INDEX draft_open ON draft (id) WHERE sealed IS NULL;
CREATE INDEX review_step_open ON review_step (draft_id) WHERE sealed IS NULL AND content IS NOT NULL;
CREATE INDEX file_content_open ON file_content (sha256) WHERE sealed IS NULL;
CREATE INDEX unfinished_form_open ON unfinished_form (user_id) WHERE sealed IS NULL;
