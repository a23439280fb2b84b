//! The targets of the fuzzers, run for seconds on their seeds and on changes to them; and everything that the long runs
//! (`benches/fuzz/run`, docs/beproeving.md) ever found.

mod found;
mod targets;

use proptest::prelude::*;
use targets::{docx, frameworks, intake, recurrence, tokens};

/// A change to a seed.
#[derive(Clone, Debug)]
enum Change {
    Byte(usize, u8),
    Cut(usize, usize),
    Put(usize, Vec<u8>),
    Repeat(usize, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = 0..4_096_usize;
    let one = prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (at.clone(), 1..40_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (at.clone(), prop::collection::vec(any::<u8>(), 1..12)).prop_map(|(at, bytes)| Change::Put(at, bytes)),
        (at, 1..40_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ];
    prop::collection::vec(one, 0..6)
}

fn changed(seed: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for change in changes {
        let length = bytes.len();
        let within = |at: usize| if length == 0 { 0 } else { at % length };
        match change {
            Change::Byte(at, byte) if length > 0 => bytes[within(*at)] = *byte,
            Change::Byte(..) => {}
            Change::Cut(at, most) => drop(bytes.drain(within(*at)..length.min(within(*at) + most))),
            Change::Put(at, new) => drop(bytes.splice(within(*at)..within(*at), new.iter().copied())),
            Change::Repeat(at, most) => {
                let part = bytes[within(*at)..length.min(within(*at) + most)].to_vec();
                bytes.splice(within(*at)..within(*at), part);
            }
        }
    }
    bytes
}

/// Runs a target on its seeds and on this many changed ones.
fn run(seeds: Vec<Vec<u8>>, cases: u32, check: fn(&[u8])) {
    seeds.iter().for_each(|seed| check(seed));
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let inputs = (prop::sample::select(seeds), changes());
    let outcome = runner.run(&inputs, |(seed, changes)| {
        check(&changed(&seed, &changes));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn a_dossier_file_is_refused_with_its_place_or_stays_the_same() {
    run(intake::seeds(), 300, intake::check);
}

#[test]
fn a_framework_file_is_refused_with_a_reason_or_stays_the_same() {
    run(frameworks::seeds(), 300, frameworks::check);
}

#[test]
fn a_word_file_that_is_read_back_loses_no_text() {
    run(docx::seeds(), 400, docx::check);
}

#[test]
fn a_token_is_taken_only_when_we_signed_it_for_that_reader() {
    run(tokens::seeds(), 2_000, tokens::check);
}

#[test]
fn a_recurrence_ends_in_time_within_its_bound_and_its_window() {
    run(recurrence::seeds(), 300, recurrence::check);
}
