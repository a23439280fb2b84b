//! Append-only audit entries, hash-chained per dossier, written in the transaction they record.
