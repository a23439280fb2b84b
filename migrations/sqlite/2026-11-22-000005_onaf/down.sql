DROP TABLE unfinished_form;
