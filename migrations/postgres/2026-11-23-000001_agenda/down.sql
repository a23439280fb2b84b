DROP TABLE case_moment_state;
DROP TABLE case_moment;
