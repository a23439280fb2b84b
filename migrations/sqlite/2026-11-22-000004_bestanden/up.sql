-- Files of documents, by their SHA-256: the same file is stored once.
CREATE TABLE file_content (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    content BLOB NOT NULL
) STRICT;

-- Which file a document has; a new file is a new row, and the last number holds.
CREATE TABLE document_file (
    id TEXT PRIMARY KEY NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    document TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    sha256 TEXT NOT NULL REFERENCES file_content (sha256),
    size INTEGER NOT NULL CHECK (size >= 1),
    pages INTEGER NOT NULL CHECK (pages >= 1),
    stored_at INTEGER NOT NULL,
    stored_by TEXT NOT NULL REFERENCES user_account (id),
    UNIQUE (dossier_id, document, number)
) STRICT;

-- For which parties a file was looked through for shielded data; the last number holds.
CREATE TABLE file_check (
    file_id TEXT NOT NULL REFERENCES document_file (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    content TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    checked_at INTEGER NOT NULL,
    checked_by TEXT NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (file_id, number)
) STRICT;

CREATE TRIGGER file_content_keep_update BEFORE UPDATE ON file_content BEGIN SELECT RAISE(ABORT, 'append-only: file_content'); END;
CREATE TRIGGER file_content_keep_delete BEFORE DELETE ON file_content BEGIN SELECT RAISE(ABORT, 'append-only: file_content'); END;
CREATE TRIGGER document_file_keep_update BEFORE UPDATE ON document_file BEGIN SELECT RAISE(ABORT, 'append-only: document_file'); END;
CREATE TRIGGER document_file_keep_delete BEFORE DELETE ON document_file BEGIN SELECT RAISE(ABORT, 'append-only: document_file'); END;
CREATE TRIGGER file_check_keep_update BEFORE UPDATE ON file_check BEGIN SELECT RAISE(ABORT, 'append-only: file_check'); END;
CREATE TRIGGER file_check_keep_delete BEFORE DELETE ON file_check BEGIN SELECT RAISE(ABORT, 'append-only: file_check'); END;
