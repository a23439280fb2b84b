//! What several test modules share: the demo family and its variants.
#![allow(dead_code, reason = "each test module uses its own part of the support")]

pub mod families;
