//! The only room that knows SQL connections: one binary, SQLite or PostgreSQL.
