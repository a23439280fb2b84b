-- People who sign in. Roles hold for the whole installation; access to a case comes from case_assignment.
CREATE TABLE user_account (
    id TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('rechter', 'griffier', 'advocaat', 'ketenpartner', 'toezichthouder', 'beheerder')),
    password_hash TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- Revocation list: a token counts only while its session stands here unrevoked.
CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    started_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX session_by_user ON session (user_id);

-- Failed sign-ins, by hash of the name given, also for names that do not exist.
CREATE TABLE sign_in_attempt (
    login_hash TEXT PRIMARY KEY NOT NULL,
    failed INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
) STRICT;

CREATE TABLE dossier (
    id TEXT PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL UNIQUE CHECK (length(reference) BETWEEN 1 AND 100),
    current_version INTEGER NOT NULL CHECK (current_version >= 1),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES user_account (id)
) STRICT;

-- Every accepted change is a full snapshot in canonical JSON with its SHA-256.
CREATE TABLE dossier_version (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    content TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (dossier_id, version)
) STRICT;

-- Who may see a case, in which role, for whom, and (judges) in which legal domains.
CREATE TABLE case_assignment (
    id TEXT PRIMARY KEY NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    role TEXT NOT NULL CHECK (role IN ('rechter', 'griffier', 'advocaat', 'ketenpartner')),
    person_id TEXT,
    party_id TEXT,
    domains TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES user_account (id),
    ended_at INTEGER,
    CHECK (role <> 'advocaat' OR person_id IS NOT NULL),
    CHECK (role <> 'ketenpartner' OR party_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX case_assignment_active ON case_assignment (user_id, dossier_id) WHERE ended_at IS NULL;
CREATE INDEX case_assignment_dossier ON case_assignment (dossier_id);

-- What advocates and partners hand in; the clerk takes it into the dossier.
CREATE TABLE submission (
    id TEXT PRIMARY KEY NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    kind TEXT NOT NULL CHECK (kind IN ('safety_info', 'delivery')),
    on_behalf_of TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_dossier ON submission (dossier_id, id);

CREATE TABLE submission_taken (
    submission_id TEXT PRIMARY KEY NOT NULL REFERENCES submission (id),
    version INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    taken_by TEXT NOT NULL REFERENCES user_account (id)
) STRICT;

-- Generated drafts: documents, problems and receipt in one canonical JSON.
CREATE TABLE draft (
    id TEXT PRIMARY KEY NOT NULL,
    dossier_id TEXT NOT NULL,
    dossier_version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gezag', 'omgang', 'gedragsinterventie', 'huisverbod')),
    state TEXT NOT NULL CHECK (state IN ('concept')),
    content TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES user_account (id),
    FOREIGN KEY (dossier_id, dossier_version) REFERENCES dossier_version (dossier_id, version)
) STRICT;
CREATE INDEX draft_dossier ON draft (dossier_id, id);

-- Hash chains: one per dossier, one named 'system'. Chain and seq together are the place in it.
CREATE TABLE audit_entry (
    chain TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    event TEXT NOT NULL,
    data TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (chain, seq)
) STRICT;

CREATE TABLE audit_head (
    chain TEXT PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- An anchor fixes the heads of all chains at one moment; its hash can be kept outside.
CREATE TABLE audit_anchor (
    seq INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    heads TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

INSERT INTO audit_head (chain, seq, hash) VALUES ('system', 0, '');

-- The command line itself; nobody can sign in with it.
INSERT INTO user_account (id, login, name, role, password_hash, active, created_at)
VALUES ('systeem', 'systeem', 'Systeembeheer', 'beheerder', '', 0, 0);

-- Append-only: nothing below may be changed or removed.
CREATE TRIGGER dossier_version_keep_update BEFORE UPDATE ON dossier_version BEGIN SELECT RAISE(ABORT, 'append-only: dossier_version'); END;
CREATE TRIGGER dossier_version_keep_delete BEFORE DELETE ON dossier_version BEGIN SELECT RAISE(ABORT, 'append-only: dossier_version'); END;
CREATE TRIGGER submission_keep_update BEFORE UPDATE ON submission BEGIN SELECT RAISE(ABORT, 'append-only: submission'); END;
CREATE TRIGGER submission_keep_delete BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'append-only: submission'); END;
CREATE TRIGGER submission_taken_keep_update BEFORE UPDATE ON submission_taken BEGIN SELECT RAISE(ABORT, 'append-only: submission_taken'); END;
CREATE TRIGGER submission_taken_keep_delete BEFORE DELETE ON submission_taken BEGIN SELECT RAISE(ABORT, 'append-only: submission_taken'); END;
CREATE TRIGGER draft_keep_update BEFORE UPDATE ON draft BEGIN SELECT RAISE(ABORT, 'append-only: draft'); END;
CREATE TRIGGER draft_keep_delete BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'append-only: draft'); END;
CREATE TRIGGER audit_entry_keep_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'append-only: audit_entry'); END;
CREATE TRIGGER audit_entry_keep_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'append-only: audit_entry'); END;
CREATE TRIGGER audit_anchor_keep_update BEFORE UPDATE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'append-only: audit_anchor'); END;
CREATE TRIGGER audit_anchor_keep_delete BEFORE DELETE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'append-only: audit_anchor'); END;
CREATE TRIGGER audit_head_keep_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'append-only: audit_head'); END;
