-- The second lock is a matter of PostgreSQL: SQLite knows no rows that one reader may not see. Only the index is needed here.
CREATE INDEX document_file_sha256 ON document_file (sha256);
