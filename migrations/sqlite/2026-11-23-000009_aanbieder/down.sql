ALTER TABLE session DROP COLUMN by_provider;
DROP TABLE spent_once;
DROP TABLE provider_subject;
