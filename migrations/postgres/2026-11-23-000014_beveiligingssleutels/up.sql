-- A key on a device (WebAuthn) that may be used in the place of a code of the app. Its id is the hash of that of the
-- device, so that one key is of one account. Its public part is sealed: who can write in the database cannot put
-- another in its place.
CREATE TABLE security_key (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL CHECK (length(id) = 64),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    name TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    added_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX security_key_user ON security_key (user_id);

-- What was asked of a key and not answered yet; it counts once, for a few minutes.
CREATE TABLE key_challenge (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    sealed BYTEA NOT NULL,
    ends_at BIGINT NOT NULL
);
