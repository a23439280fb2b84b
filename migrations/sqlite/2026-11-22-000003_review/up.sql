-- Steps in the life of one document of a draft. A step that brings a text holds it whole.
CREATE TABLE review_step (
    draft_id TEXT NOT NULL REFERENCES draft (id),
    document TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    step TEXT NOT NULL CHECK (step IN ('aangeboden', 'teruggegeven', 'gewijzigd', 'goedgekeurd', 'verzegeld', 'hersteld', 'ingetrokken')),
    text_version INTEGER NOT NULL CHECK (text_version >= 1),
    reason TEXT NOT NULL,
    content TEXT,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    file_hash TEXT CHECK (file_hash IS NULL OR length(file_hash) = 64),
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (draft_id, document, number)
) STRICT;

-- Codes printed on documents, each with the text it was printed on.
CREATE TABLE document_code (
    code TEXT NOT NULL CHECK (length(code) = 16),
    draft_id TEXT NOT NULL REFERENCES draft (id),
    document TEXT NOT NULL,
    text_version INTEGER NOT NULL CHECK (text_version >= 1),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (code, draft_id, document, text_version)
) STRICT;

CREATE TRIGGER review_step_keep_update BEFORE UPDATE ON review_step BEGIN SELECT RAISE(ABORT, 'append-only: review_step'); END;
CREATE TRIGGER review_step_keep_delete BEFORE DELETE ON review_step BEGIN SELECT RAISE(ABORT, 'append-only: review_step'); END;
CREATE TRIGGER document_code_keep_update BEFORE UPDATE ON document_code BEGIN SELECT RAISE(ABORT, 'append-only: document_code'); END;
CREATE TRIGGER document_code_keep_delete BEFORE DELETE ON document_code BEGIN SELECT RAISE(ABORT, 'append-only: document_code'); END;
