-- Moments of the current version of each case, so that they are found by time: hearings, and ends of terms.
-- Derived from the dossier in the transaction that stores it; what is missing here is derived again at the start.
CREATE TABLE case_moment (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    kind TEXT NOT NULL CHECK (kind IN ('zitting', 'termijn')),
    number INTEGER NOT NULL CHECK (number >= 1),
    at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (dossier_id, kind, number)
) STRICT;
CREATE INDEX case_moment_at ON case_moment (kind, at, dossier_id, number);

-- From which version, and by which rules, the moments of a case were derived.
CREATE TABLE case_moment_state (
    dossier_id TEXT PRIMARY KEY NOT NULL REFERENCES dossier (id),
    version INTEGER NOT NULL,
    rules INTEGER NOT NULL
) STRICT;
