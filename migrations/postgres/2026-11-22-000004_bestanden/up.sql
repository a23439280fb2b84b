-- Files of documents, by their SHA-256: the same file is stored once.
CREATE TABLE file_content (
    sha256 TEXT COLLATE "C" PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    content BYTEA NOT NULL
);

-- Which file a document has; a new file is a new row, and the last number holds.
CREATE TABLE document_file (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    dossier_id TEXT COLLATE "C" NOT NULL REFERENCES dossier (id),
    document TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 1),
    sha256 TEXT COLLATE "C" NOT NULL REFERENCES file_content (sha256),
    size BIGINT NOT NULL CHECK (size >= 1),
    pages BIGINT NOT NULL CHECK (pages >= 1),
    stored_at BIGINT NOT NULL,
    stored_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    UNIQUE (dossier_id, document, number)
);

-- For which parties a file was looked through for shielded data; the last number holds.
CREATE TABLE file_check (
    file_id TEXT COLLATE "C" NOT NULL REFERENCES document_file (id),
    number BIGINT NOT NULL CHECK (number >= 1),
    content TEXT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    checked_at BIGINT NOT NULL,
    checked_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (file_id, number)
);

CREATE TRIGGER file_content_keep BEFORE UPDATE OR DELETE ON file_content FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_content_keep_all BEFORE TRUNCATE ON file_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_file_keep BEFORE UPDATE OR DELETE ON document_file FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_file_keep_all BEFORE TRUNCATE ON document_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_check_keep BEFORE UPDATE OR DELETE ON file_check FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_check_keep_all BEFORE TRUNCATE ON file_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
