//! Runs the target `recurrence`; see `tests/fuzz/targets/recurrence.rs`.
#![no_main]

#[path = "../../../../tests/fuzz/targets/mod.rs"]
#[allow(dead_code, reason = "each program runs one of the targets")]
mod targets;
#[path = "../seeds.rs"]
mod seeds;

libfuzzer_sys::fuzz_target!(init: seeds::write(targets::recurrence::seeds()), |bytes: &[u8]| targets::recurrence::check(bytes));
