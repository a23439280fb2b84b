//! Runs the target `docx`; see `tests/fuzz/targets/docx.rs`.
#![no_main]

#[path = "../../../../tests/fuzz/targets/mod.rs"]
#[allow(dead_code, reason = "each program runs one of the targets")]
mod targets;
#[path = "../seeds.rs"]
mod seeds;

libfuzzer_sys::fuzz_target!(init: seeds::write(targets::docx::seeds()), |bytes: &[u8]| targets::docx::check(bytes));
