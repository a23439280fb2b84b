-- What remains may only move forward: heads of chains and versions do not go back, assignments only end,
-- and no dossier, assignment or user disappears.
CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.chain <> OLD.chain OR NEW.seq < OLD.seq)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_forward BEFORE UPDATE ON dossier FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by OR NEW.current_version < OLD.current_version)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_assignment_forward BEFORE UPDATE ON case_assignment FOR EACH ROW
    WHEN (OLD.ended_at IS NOT NULL OR NEW.id IS DISTINCT FROM OLD.id OR NEW.dossier_id IS DISTINCT FROM OLD.dossier_id OR NEW.user_id IS DISTINCT FROM OLD.user_id OR NEW.role IS DISTINCT FROM OLD.role OR NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.party_id IS DISTINCT FROM OLD.party_id OR NEW.domains IS DISTINCT FROM OLD.domains OR NEW.created_at IS DISTINCT FROM OLD.created_at OR NEW.created_by IS DISTINCT FROM OLD.created_by)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_keep BEFORE DELETE ON dossier FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_assignment_keep BEFORE DELETE ON case_assignment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER user_account_keep BEFORE DELETE ON user_account FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_keep_all BEFORE TRUNCATE ON dossier FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_assignment_keep_all BEFORE TRUNCATE ON case_assignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER user_account_keep_all BEFORE TRUNCATE ON user_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_keep_all BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
