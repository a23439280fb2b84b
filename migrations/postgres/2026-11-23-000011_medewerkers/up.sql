-- A role for people of an advocate's office.
ALTER TABLE user_account DROP CONSTRAINT user_account_role_check;
ALTER TABLE user_account ADD CONSTRAINT user_account_role_check
    CHECK (role IN ('rechter', 'griffier', 'advocaat', 'medewerker', 'ketenpartner', 'toezichthouder', 'beheerder'));

-- For whom such a person acts: an advocate's clients, until a moment, unless it was ended before.
CREATE TABLE delegation (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    advocate_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    delegate_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    created_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT,
    CHECK (ends_at > created_at)
);
CREATE UNIQUE INDEX delegation_open ON delegation (advocate_id, delegate_id) WHERE ended_at IS NULL;
CREATE INDEX delegation_delegate ON delegation (delegate_id);

-- What was handed in for an advocate by someone else, and by which right.
CREATE TABLE submission_delegation (
    submission_id TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES submission (id),
    delegation_id TEXT COLLATE "C" NOT NULL REFERENCES delegation (id)
);

CREATE TRIGGER delegation_forward BEFORE UPDATE ON delegation FOR EACH ROW
    WHEN (OLD.ended_at IS NOT NULL OR NEW.id IS DISTINCT FROM OLD.id OR NEW.advocate_id IS DISTINCT FROM OLD.advocate_id OR NEW.delegate_id IS DISTINCT FROM OLD.delegate_id OR NEW.created_at IS DISTINCT FROM OLD.created_at OR NEW.ends_at IS DISTINCT FROM OLD.ends_at)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delegation_keep BEFORE DELETE ON delegation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delegation_keep_all BEFORE TRUNCATE ON delegation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_delegation_keep BEFORE UPDATE OR DELETE ON submission_delegation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_delegation_keep_all BEFORE TRUNCATE ON submission_delegation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
