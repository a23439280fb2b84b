-- Steps in the life of one document of a draft. A step that brings a text holds it whole.
CREATE TABLE review_step (
    draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
    document TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 1),
    step TEXT COLLATE "C" NOT NULL CHECK (step IN ('aangeboden', 'teruggegeven', 'gewijzigd', 'goedgekeurd', 'verzegeld', 'hersteld', 'ingetrokken')),
    text_version BIGINT NOT NULL CHECK (text_version >= 1),
    reason TEXT NOT NULL,
    content TEXT,
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    file_hash TEXT COLLATE "C" CHECK (file_hash IS NULL OR length(file_hash) = 64),
    made_at BIGINT NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (draft_id, document, number)
);

-- Codes printed on documents, each with the text it was printed on.
CREATE TABLE document_code (
    code TEXT COLLATE "C" NOT NULL CHECK (length(code) = 16),
    draft_id TEXT COLLATE "C" NOT NULL REFERENCES draft (id),
    document TEXT COLLATE "C" NOT NULL,
    text_version BIGINT NOT NULL CHECK (text_version >= 1),
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (code, draft_id, document, text_version)
);

CREATE TRIGGER review_step_keep BEFORE UPDATE OR DELETE ON review_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_step_keep_all BEFORE TRUNCATE ON review_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_code_keep BEFORE UPDATE OR DELETE ON document_code FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_code_keep_all BEFORE TRUNCATE ON document_code FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
