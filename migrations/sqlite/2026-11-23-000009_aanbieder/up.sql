-- Who someone is at a provider of OpenID Connect: linked by an administrator, one user for each subject of an issuer.
CREATE TABLE provider_subject (
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
) STRICT;

-- What counts once: the hash of it, until it would have run out anyway.
CREATE TABLE spent_once (
    hash TEXT PRIMARY KEY NOT NULL CHECK (length(hash) = 64),
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX spent_once_ends ON spent_once (ends_at);

-- Whether the session began at a provider, so that signing out leads there too.
ALTER TABLE session ADD COLUMN by_provider INTEGER NOT NULL DEFAULT 0 CHECK (by_provider IN (0, 1));
