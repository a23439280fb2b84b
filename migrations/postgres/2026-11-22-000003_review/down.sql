DROP TABLE document_code;
DROP TABLE review_step;
