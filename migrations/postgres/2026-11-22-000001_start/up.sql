-- People who sign in. Roles hold for the whole installation; access to a case comes from case_assignment.
CREATE TABLE user_account (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    login TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('rechter', 'griffier', 'advocaat', 'ketenpartner', 'toezichthouder', 'beheerder')),
    password_hash TEXT NOT NULL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at BIGINT NOT NULL
);

-- Revocation list: a token counts only while its session stands here unrevoked.
CREATE TABLE session (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    started_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX session_by_user ON session (user_id);

-- Failed sign-ins, by hash of the name given, also for names that do not exist.
CREATE TABLE sign_in_attempt (
    login_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    failed BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

CREATE TABLE dossier (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    reference TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(reference) BETWEEN 1 AND 100),
    current_version BIGINT NOT NULL CHECK (current_version >= 1),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id)
);

-- Every accepted change is a full snapshot in canonical JSON with its SHA-256.
CREATE TABLE dossier_version (
    dossier_id TEXT COLLATE "C" NOT NULL REFERENCES dossier (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    content TEXT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    created_at BIGINT NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (dossier_id, version)
);

-- Who may see a case, in which role, for whom, and (judges) in which legal domains.
CREATE TABLE case_assignment (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    dossier_id TEXT COLLATE "C" NOT NULL REFERENCES dossier (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('rechter', 'griffier', 'advocaat', 'ketenpartner')),
    person_id TEXT COLLATE "C",
    party_id TEXT COLLATE "C",
    domains TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    ended_at BIGINT,
    CHECK (role <> 'advocaat' OR person_id IS NOT NULL),
    CHECK (role <> 'ketenpartner' OR party_id IS NOT NULL)
);
CREATE UNIQUE INDEX case_assignment_active ON case_assignment (user_id, dossier_id) WHERE ended_at IS NULL;
CREATE INDEX case_assignment_dossier ON case_assignment (dossier_id);

-- What advocates and partners hand in; the clerk takes it into the dossier.
CREATE TABLE submission (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    dossier_id TEXT COLLATE "C" NOT NULL REFERENCES dossier (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('safety_info', 'delivery')),
    on_behalf_of TEXT COLLATE "C" NOT NULL,
    content TEXT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    received_at BIGINT NOT NULL
);
CREATE INDEX submission_dossier ON submission (dossier_id, id);

CREATE TABLE submission_taken (
    submission_id TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES submission (id),
    version BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    taken_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id)
);

-- Generated drafts: documents, problems and receipt in one canonical JSON.
CREATE TABLE draft (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    dossier_id TEXT COLLATE "C" NOT NULL,
    dossier_version BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('gezag', 'omgang', 'gedragsinterventie', 'huisverbod')),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('concept')),
    content TEXT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    created_at BIGINT NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    FOREIGN KEY (dossier_id, dossier_version) REFERENCES dossier_version (dossier_id, version)
);
CREATE INDEX draft_dossier ON draft (dossier_id, id);

-- Hash chains: one per dossier, one named 'system'. Chain and seq together are the place in it.
CREATE TABLE audit_entry (
    chain TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL CHECK (seq >= 1),
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    data TEXT NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (chain, seq)
);

CREATE TABLE audit_head (
    chain TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

-- An anchor fixes the heads of all chains at one moment; its hash can be kept outside.
CREATE TABLE audit_anchor (
    seq BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    heads TEXT NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64)
);

INSERT INTO audit_head (chain, seq, hash) VALUES ('system', 0, '');

-- The command line itself; nobody can sign in with it.
INSERT INTO user_account (id, login, name, role, password_hash, active, created_at)
VALUES ('systeem', 'systeem', 'Systeembeheer', 'beheerder', '', FALSE, 0);

-- Append-only: nothing below may be changed or removed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER dossier_version_keep BEFORE UPDATE OR DELETE ON dossier_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dossier_version_keep_all BEFORE TRUNCATE ON dossier_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_keep BEFORE UPDATE OR DELETE ON submission FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_keep_all BEFORE TRUNCATE ON submission FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_taken_keep BEFORE UPDATE OR DELETE ON submission_taken FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_taken_keep_all BEFORE TRUNCATE ON submission_taken FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_keep BEFORE UPDATE OR DELETE ON draft FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draft_keep_all BEFORE TRUNCATE ON draft FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_keep_all BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_anchor_keep BEFORE UPDATE OR DELETE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_anchor_keep_all BEFORE TRUNCATE ON audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_keep BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION refuse_change();
