DROP TRIGGER submission_done ON submission_taken;
DROP TRIGGER submission_open ON submission;
DROP TRIGGER review_step_open ON review_step;
DROP FUNCTION open_work_of_taken();
DROP FUNCTION open_work_of_submission();
DROP FUNCTION open_work_of_step();
DROP TABLE open_work;
