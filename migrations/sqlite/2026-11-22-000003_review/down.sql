DROP TRIGGER review_step_keep_update;
DROP TRIGGER review_step_keep_delete;
DROP TRIGGER document_code_keep_update;
DROP TRIGGER document_code_keep_delete;
DROP TABLE document_code;
DROP TABLE review_step;
