-- A key on a device (WebAuthn) that may be used in the place of a code of the app. Its id is the hash of that of the
-- device, so that one key is of one account. Its public part is sealed: who can write in the database cannot put
-- another in its place.
CREATE TABLE security_key (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 64),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    name TEXT NOT NULL,
    sealed BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;
CREATE INDEX security_key_user ON security_key (user_id);

-- What was asked of a key and not answered yet; it counts once, for a few minutes.
CREATE TABLE key_challenge (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    sealed BLOB NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
