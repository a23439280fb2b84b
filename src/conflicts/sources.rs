//! The sources of law this room rests on, in one table. Which of them were read in their present
//! form stands in `shared::law`.

use crate::shared::law::{READ_RULINGS, is_read};
use crate::shared::source::LegalSource;
use std::sync::OnceLock;

const BW1: &str = "BWBR0002656";
const WTH: &str = "BWBR0024649";
const SR: &str = "BWBR0001854";
const RV: &str = "BWBR0001827";
const SV: &str = "BWBR0001903";
const AWB: &str = "BWBR0005537";

/// A source of law, by its short name in this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Wth1,
    Wth2,
    Wth2Lid9,
    Wth5,
    Wth6,
    Wth9,
    Wth13,
    Sv509hh,
    Sv80,
    Sv81,
    Sv408,
    Sr14c,
    Sr14f,
    Sr38v,
    Rv254,
    Rv339,
    Rv806,
    Rv821,
    Rv822,
    Rv824,
    Awb67,
    Bw253a,
    Bw251a,
    Bw253n,
    Bw268,
    Bw255,
    Bw377a,
    Bw377e,
    Istanbul31,
    Istanbul48,
    Istanbul52,
    Istanbul53,
    RbRot10182,
    RbMaaBq1534,
    Hr20191806,
    Hr20172392,
}

/// How many sources there are.
const COUNT: usize = Source::Hr20172392 as usize + 1;

/// The citation, link and mark of a source, put together once.
pub(super) fn source(of: Source) -> LegalSource {
    static KNOWN: [OnceLock<LegalSource>; COUNT] = [const { OnceLock::new() }; COUNT];
    KNOWN.get(of as usize).map_or_else(|| marked(of), |place| place.get_or_init(|| marked(of)).clone())
}

/// A citation with its mark; what was read stands in one list for every room.
fn marked(of: Source) -> LegalSource {
    let cited = citation(of);
    let read =
        if cited.ecli.is_empty() { is_read(&cited.reference) } else { READ_RULINGS.contains(&cited.ecli.as_str()) };
    LegalSource { verified: read, ..cited }
}

fn citation(of: Source) -> LegalSource {
    let statute = |reference: &str, law: &str, article: &str| {
        LegalSource::unverified(reference, &format!("jci1.3:c:{law}&artikel={article}"))
    };
    let ruling = |reference: &str, ecli: &str| LegalSource::ruling(reference, ecli, false);
    match of {
        Source::Wth1 => statute("art. 1 onder b Wth", WTH, "1"),
        Source::Wth2 => statute("art. 2 lid 1 Wth", WTH, "2"),
        Source::Wth2Lid9 => statute("art. 2 lid 9 Wth", WTH, "2"),
        Source::Wth5 => statute("art. 5 lid 1 Wth", WTH, "5"),
        Source::Wth6 => statute("art. 6 lid 1 Wth", WTH, "6"),
        Source::Wth9 => statute("art. 9 lid 1 Wth", WTH, "9"),
        Source::Wth13 => statute("art. 13 Wth", WTH, "13"),
        Source::Sv509hh => statute("art. 509hh Sv", SV, "509hh"),
        Source::Sv80 => statute("art. 80 Sv", SV, "80"),
        Source::Sv81 => statute("art. 81 Sv", SV, "81"),
        Source::Sv408 => statute("art. 408 lid 1 Sv", SV, "408"),
        Source::Sr14c => statute("art. 14c lid 2 Sr", SR, "14c"),
        Source::Sr14f => statute("art. 14f Sr (tekst 2017; zie nu Boek 6 Sv)", SR, "14f"),
        Source::Sr38v => statute("art. 38v Sr", SR, "38v"),
        Source::Rv254 => statute("art. 254 Rv", RV, "254"),
        Source::Rv339 => statute("art. 339 lid 2 Rv", RV, "339"),
        Source::Rv806 => statute("art. 806 lid 1 Rv", RV, "806"),
        Source::Rv821 => statute("art. 821 Rv", RV, "821"),
        Source::Rv822 => statute("art. 822 lid 1 Rv", RV, "822"),
        Source::Rv824 => statute("art. 824 Rv", RV, "824"),
        Source::Awb67 => statute("art. 6:7 Awb", AWB, "6:7"),
        Source::Bw253a => statute("art. 1:253a BW", BW1, "253a"),
        Source::Bw251a => statute("art. 1:251a BW", BW1, "251a"),
        Source::Bw253n => statute("art. 1:253n BW", BW1, "253n"),
        Source::Bw268 => statute("art. 1:268 lid 5 BW", BW1, "268"),
        Source::Bw255 => statute("art. 1:255-1:260 BW", BW1, "255"),
        Source::Bw377a => statute("art. 1:377a BW", BW1, "377a"),
        Source::Bw377e => statute("art. 1:377e BW", BW1, "377e"),
        Source::Istanbul31 => LegalSource::unverified("art. 31 Verdrag van Istanbul", ""),
        Source::Istanbul48 => LegalSource::unverified("art. 48 Verdrag van Istanbul", ""),
        Source::Istanbul52 => LegalSource::unverified("art. 52 Verdrag van Istanbul", ""),
        Source::Istanbul53 => LegalSource::unverified("art. 53 Verdrag van Istanbul", ""),
        Source::RbRot10182 => ruling("Rb. Rotterdam 11 augustus 2020", "ECLI:NL:RBROT:2020:10182"),
        Source::RbMaaBq1534 => ruling("Rb. Maastricht 21 maart 2011", "ECLI:NL:RBMAA:2011:BQ1534"),
        Source::Hr20191806 => ruling("HR 19 november 2019", "ECLI:NL:HR:2019:1806"),
        Source::Hr20172392 => ruling("HR 2017", "ECLI:NL:HR:2017:2392"),
    }
}

/// Several sources, in the given order.
pub(super) fn sources(of: &[Source]) -> Vec<LegalSource> {
    of.iter().map(|one| source(*one)).collect()
}
