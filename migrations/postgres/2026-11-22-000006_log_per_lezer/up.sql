-- What one reader did, newest first.
CREATE INDEX audit_entry_actor ON audit_entry (actor, at, chain, seq);

-- How far a chain is fixed by an anchor, so that the next anchor names only the chains that grew.
ALTER TABLE audit_head ADD COLUMN anchored BIGINT NOT NULL DEFAULT 0;
CREATE TRIGGER audit_head_anchored BEFORE UPDATE ON audit_head FOR EACH ROW
    WHEN (NEW.anchored < OLD.anchored OR NEW.anchored > NEW.seq) EXECUTE FUNCTION refuse_change();
