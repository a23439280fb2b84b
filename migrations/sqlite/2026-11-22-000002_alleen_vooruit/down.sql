DROP TRIGGER audit_head_keep_update;
DROP TRIGGER dossier_keep_update;
DROP TRIGGER case_assignment_keep_update;
DROP TRIGGER dossier_keep_delete;
DROP TRIGGER case_assignment_keep_delete;
DROP TRIGGER user_account_keep_delete;
