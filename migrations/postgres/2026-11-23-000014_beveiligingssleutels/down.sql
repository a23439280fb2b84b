DROP TABLE key_challenge;
DROP TABLE security_key;
