DROP TRIGGER audit_head_anchored;
ALTER TABLE audit_head DROP COLUMN anchored;
DROP INDEX audit_entry_actor;
