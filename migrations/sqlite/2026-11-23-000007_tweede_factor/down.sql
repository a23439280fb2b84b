ALTER TABLE session DROP COLUMN second_factor;
DROP TABLE recovery_code;
DROP TABLE second_factor;
DROP TABLE data_key;
