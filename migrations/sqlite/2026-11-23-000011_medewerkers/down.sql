-- Only for a database without users in this role.
DROP TABLE submission_delegation;
DROP TABLE delegation;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''advocaat'', ''medewerker'', ''ketenpartner''', '''advocaat'', ''ketenpartner''')
    WHERE type = 'table' AND name = 'user_account';
PRAGMA writable_schema = RESET;
