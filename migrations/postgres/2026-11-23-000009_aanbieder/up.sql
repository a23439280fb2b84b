-- Who someone is at a provider of OpenID Connect: linked by an administrator, one user for each subject of an issuer.
CREATE TABLE provider_subject (
    issuer TEXT COLLATE "C" NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject TEXT COLLATE "C" NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
);

-- What counts once: the hash of it, until it would have run out anyway.
CREATE TABLE spent_once (
    hash TEXT COLLATE "C" PRIMARY KEY NOT NULL CHECK (length(hash) = 64),
    ends_at BIGINT NOT NULL
);
CREATE INDEX spent_once_ends ON spent_once (ends_at);

-- Whether the session began at a provider, so that signing out leads there too.
ALTER TABLE session ADD COLUMN by_provider BOOLEAN NOT NULL DEFAULT FALSE;
