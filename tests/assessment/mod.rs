//! Frameworks on dossiers: their cases hold, and what a finding may never depend on.

mod framework_files;
mod schema;
