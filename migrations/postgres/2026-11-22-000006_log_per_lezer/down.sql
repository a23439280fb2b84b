DROP TRIGGER audit_head_anchored ON audit_head;
ALTER TABLE audit_head DROP COLUMN anchored;
DROP INDEX audit_entry_actor;
