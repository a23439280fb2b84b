//! Users, roles, passwords, sessions and their revocation.
