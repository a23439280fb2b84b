DROP TABLE file_check;
DROP TABLE document_file;
DROP TABLE file_content;
