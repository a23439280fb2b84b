//! Frameworks on dossiers: their cases hold, and what a finding may never depend on.

mod findings;
mod fixture;
mod framework_files;
mod hinges;
mod lint;
mod pattern;
mod properties;
mod red_lines;
mod schema;
