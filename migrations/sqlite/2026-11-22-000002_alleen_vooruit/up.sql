-- What remains may only move forward: heads of chains and versions do not go back, assignments only end,
-- and no dossier, assignment or user disappears.
CREATE TRIGGER audit_head_keep_update BEFORE UPDATE ON audit_head WHEN NEW.chain <> OLD.chain OR NEW.seq < OLD.seq
BEGIN SELECT RAISE(ABORT, 'append-only: audit_head'); END;
CREATE TRIGGER dossier_keep_update BEFORE UPDATE ON dossier WHEN NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by OR NEW.current_version < OLD.current_version
BEGIN SELECT RAISE(ABORT, 'append-only: dossier'); END;
CREATE TRIGGER case_assignment_keep_update BEFORE UPDATE ON case_assignment
WHEN OLD.ended_at IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.dossier_id IS NOT OLD.dossier_id OR NEW.user_id IS NOT OLD.user_id OR NEW.role IS NOT OLD.role OR NEW.person_id IS NOT OLD.person_id OR NEW.party_id IS NOT OLD.party_id OR NEW.domains IS NOT OLD.domains OR NEW.created_at IS NOT OLD.created_at OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE(ABORT, 'append-only: case_assignment'); END;
CREATE TRIGGER dossier_keep_delete BEFORE DELETE ON dossier BEGIN SELECT RAISE(ABORT, 'append-only: dossier'); END;
CREATE TRIGGER case_assignment_keep_delete BEFORE DELETE ON case_assignment BEGIN SELECT RAISE(ABORT, 'append-only: case_assignment'); END;
CREATE TRIGGER user_account_keep_delete BEFORE DELETE ON user_account BEGIN SELECT RAISE(ABORT, 'append-only: user_account'); END;
