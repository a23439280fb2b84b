//! Raw input to a checked dossier: strict parsing, every problem at once with its JSON Pointer.
