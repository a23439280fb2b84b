-- Only for a database without users in this role.
DROP TABLE submission_delegation;
DROP TABLE delegation;
ALTER TABLE user_account DROP CONSTRAINT user_account_role_check;
ALTER TABLE user_account ADD CONSTRAINT user_account_role_check
    CHECK (role IN ('rechter', 'griffier', 'advocaat', 'ketenpartner', 'toezichthouder', 'beheerder'));
