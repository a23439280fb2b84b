-- Moments of the current version of each case, so that they are found by time: hearings, and ends of terms.
-- Derived from the dossier in the transaction that stores it; what is missing here is derived again at the start.
CREATE TABLE case_moment (
    dossier_id TEXT COLLATE "C" NOT NULL REFERENCES dossier (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('zitting', 'termijn')),
    number BIGINT NOT NULL CHECK (number >= 1),
    at BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (dossier_id, kind, number)
);
CREATE INDEX case_moment_at ON case_moment (kind, at, dossier_id, number);

-- From which version, and by which rules, the moments of a case were derived.
CREATE TABLE case_moment_state (
    dossier_id TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES dossier (id),
    version BIGINT NOT NULL,
    rules BIGINT NOT NULL
);
