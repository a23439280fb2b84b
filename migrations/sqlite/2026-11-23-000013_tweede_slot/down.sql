DROP INDEX document_file_sha256;
