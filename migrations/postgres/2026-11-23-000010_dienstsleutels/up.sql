-- Public keys by which an organisation that works together proves who it is. One key serves one account, and once
-- withdrawn it never counts again: so the row stays.
CREATE TABLE service_key (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    thumbprint TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(thumbprint) = 43),
    jwk TEXT COLLATE "C" NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    ended_at BIGINT
);
CREATE INDEX service_key_user ON service_key (user_id);
