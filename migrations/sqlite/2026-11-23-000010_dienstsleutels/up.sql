-- Public keys by which an organisation that works together proves who it is. One key serves one account, and once
-- withdrawn it never counts again: so the row stays.
CREATE TABLE service_key (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    thumbprint TEXT NOT NULL UNIQUE CHECK (length(thumbprint) = 43),
    jwk TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL REFERENCES user_account (id),
    ended_at INTEGER
) STRICT;
CREATE INDEX service_key_user ON service_key (user_id);
