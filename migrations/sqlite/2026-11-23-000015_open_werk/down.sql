DROP TRIGGER submission_done;
DROP TRIGGER submission_open;
DROP TRIGGER review_step_done;
DROP TRIGGER review_step_open;
DROP TABLE open_work;
