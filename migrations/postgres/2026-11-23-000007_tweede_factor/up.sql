-- The key that seals what is stored of one dossier, or of what belongs to none; wrapped by a master key that is not here.
CREATE TABLE data_key (
    scope TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    master TEXT COLLATE "C" NOT NULL CHECK (length(master) = 16),
    wrapped BYTEA NOT NULL
);
CREATE INDEX data_key_master ON data_key (master);

-- A secret that an app on a phone shares, sealed; it counts once a code of it was given. The step of the last code
-- that was used keeps that code from being used again.
CREATE TABLE second_factor (
    user_id TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES user_account (id),
    sealed BYTEA NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL DEFAULT 0
);

-- Codes for who lost the phone, each for one time.
CREATE TABLE recovery_code (
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    used_at BIGINT,
    PRIMARY KEY (user_id, hash)
);

-- Whether the session began, or went on, with a second factor.
ALTER TABLE session ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TRIGGER data_key_keep_update BEFORE UPDATE ON data_key FOR EACH ROW
    WHEN (NEW.scope <> OLD.scope) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER data_key_keep_delete BEFORE DELETE ON data_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER data_key_keep_truncate BEFORE TRUNCATE ON data_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
