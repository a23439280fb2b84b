-- The key that seals what is stored of one dossier, or of what belongs to none; wrapped by a master key that is not here.
CREATE TABLE data_key (
    scope TEXT PRIMARY KEY NOT NULL,
    master TEXT NOT NULL CHECK (length(master) = 16),
    wrapped BLOB NOT NULL
) STRICT;
CREATE INDEX data_key_master ON data_key (master);

-- A secret that an app on a phone shares, sealed; it counts once a code of it was given. The step of the last code
-- that was used keeps that code from being used again.
CREATE TABLE second_factor (
    user_id TEXT PRIMARY KEY NOT NULL REFERENCES user_account (id),
    sealed BLOB NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Codes for who lost the phone, each for one time.
CREATE TABLE recovery_code (
    user_id TEXT NOT NULL REFERENCES user_account (id),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    used_at INTEGER,
    PRIMARY KEY (user_id, hash)
) STRICT;

-- Whether the session began, or went on, with a second factor.
ALTER TABLE session ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0 CHECK (second_factor IN (0, 1));

CREATE TRIGGER data_key_keep_update BEFORE UPDATE ON data_key WHEN NEW.scope <> OLD.scope
BEGIN SELECT RAISE(ABORT, 'append-only: data_key'); END;
CREATE TRIGGER data_key_keep_delete BEFORE DELETE ON data_key BEGIN SELECT RAISE(ABORT, 'append-only: data_key'); END;
