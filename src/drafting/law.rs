//! Norms that the templates and the checks cite, each with its link and whether the text in
//! force was read. A reference that is not here cannot be printed as a norm.

use crate::shared::law::is_read;
use crate::shared::source::LegalSource;

/// Code of law by its number in the Basiswettenbestand.
pub(super) const BW1: &str = "BWBR0002656";
pub(super) const RV: &str = "BWBR0001827";
pub(super) const SR: &str = "BWBR0001854";
pub(super) const SV: &str = "BWBR0001903";
pub(super) const AWB: &str = "BWBR0005537";
pub(super) const WTH: &str = "BWBR0024649";
pub(super) const BESLUIT: &str = "BWBR0024658";

/// Statute articles: as cited, code, article.
const ARTICLES: &[(&str, &str, &str)] = &[
    ("art. 1:151 BW", BW1, "151"),
    ("art. 1:251a BW", BW1, "251a"),
    ("art. 1:253a BW", BW1, "253a"),
    ("art. 1:253a lid 2 BW", BW1, "253a"),
    ("art. 1:253n BW", BW1, "253n"),
    ("art. 1:266 BW", BW1, "266"),
    ("art. 1:267 lid 1 BW", BW1, "267"),
    ("art. 1:268 BW", BW1, "268"),
    ("art. 1:268 lid 2 BW", BW1, "268"),
    ("art. 1:268 lid 3 BW", BW1, "268"),
    ("art. 1:268 lid 5 BW", BW1, "268"),
    ("art. 1:377a BW", BW1, "377a"),
    ("art. 1:377a lid 3 BW", BW1, "377a"),
    ("art. 1:377b BW", BW1, "377b"),
    ("art. 1:377e BW", BW1, "377e"),
    ("art. 1:377e lid 2 BW", BW1, "377e"),
    ("art. 1:377g BW", BW1, "377g"),
    ("art. 29 Rv", RV, "29"),
    ("art. 223 Rv", RV, "223"),
    ("art. 288 Rv", RV, "288"),
    ("art. 806 Rv", RV, "806"),
    ("art. 809 Rv", RV, "809"),
    ("art. 815 Rv", RV, "815"),
    ("art. 821 Rv", RV, "821"),
    ("art. 822 Rv", RV, "822"),
    ("art. 824 Rv", RV, "824"),
    ("art. 826 Rv", RV, "826"),
    ("art. 14a Sr", SR, "14a"),
    ("art. 14b Sr", SR, "14b"),
    ("art. 14c Sr", SR, "14c"),
    ("art. 14d Sr", SR, "14d"),
    ("art. 14e Sr", SR, "14e"),
    ("art. 27 Sr", SR, "27"),
    ("art. 38v Sr", SR, "38v"),
    ("art. 38w Sr", SR, "38w"),
    ("art. 184 Sr", SR, "184"),
    ("art. 184a Sr", SR, "184a"),
    ("art. 80 Sv", SV, "80"),
    ("art. 81 Sv", SV, "81"),
    ("art. 86 Sv", SV, "86"),
    ("art. 87 Sv", SV, "87"),
    ("art. 149a Sv", SV, "149a"),
    ("art. 29 Sv", SV, "29"),
    ("art. 217 Sv", SV, "217"),
    ("art. 408 Sv", SV, "408"),
    ("art. 509hh Sv", SV, "509hh"),
    ("art. 3:4 Awb", AWB, "3:4"),
    ("art. 4:8 Awb", AWB, "4:8"),
    ("art. 4:11 Awb", AWB, "4:11"),
    ("art. 6:7 Awb", AWB, "6:7"),
    ("art. 7:1 Awb", AWB, "7:1"),
    ("art. 8:69 lid 1 Awb", AWB, "8:69"),
    ("art. 8:75 Awb", AWB, "8:75"),
    ("art. 8:81 Awb", AWB, "8:81"),
    ("art. 8:86 Awb", AWB, "8:86"),
    ("art. 8:88 Awb", AWB, "8:88"),
    ("art. 8:104 Awb", AWB, "8:104"),
    ("art. 1 Wth", WTH, "1"),
    ("art. 2 lid 1 Wth", WTH, "2"),
    ("art. 2 lid 3 Wth", WTH, "2"),
    ("art. 2 lid 6 Wth", WTH, "2"),
    ("art. 2 lid 8 Wth", WTH, "2"),
    ("art. 3 Wth", WTH, "3"),
    ("art. 6 Wth", WTH, "6"),
    ("art. 7 Wth", WTH, "7"),
    ("art. 8 Wth", WTH, "8"),
    ("art. 9 Wth", WTH, "9"),
    ("art. 11 Wth", WTH, "11"),
    ("art. 13 Wth", WTH, "13"),
    ("art. 2 Besluit tijdelijk huisverbod", BESLUIT, "2"),
];

/// Treaties, without a link of this kind.
const TREATIES: &[&str] = &[
    "art. 31 Verdrag van Istanbul",
    "art. 48 Verdrag van Istanbul",
    "art. 52 Verdrag van Istanbul",
    "art. 53 Verdrag van Istanbul",
    "art. 56 Verdrag van Istanbul",
    "art. 3 IVRK",
    "art. 6 EVRM",
    "art. 8 EVRM",
];

/// The source of a norm as cited in a template or check.
#[must_use]
pub(super) fn find(reference: &str) -> Option<LegalSource> {
    if let Some((cited, code, article)) = ARTICLES.iter().find(|(cited, ..)| *cited == reference) {
        let source = LegalSource::unverified(cited, &format!("jci1.3:c:{code}&artikel={article}"));
        return Some(LegalSource { verified: is_read(cited), ..source });
    }
    let cited = TREATIES.iter().find(|cited| **cited == reference)?;
    Some(LegalSource { verified: is_read(cited), ..LegalSource::unverified(cited, "") })
}

/// Sign behind a source in running text whose text in force was not read. Every document explains it.
pub(super) const UNREAD: &str = "*";

/// A source as it stands in running text, with its ECLI.
pub(super) fn cite(source: &LegalSource) -> String {
    let ecli = if source.ecli.is_empty() { String::new() } else { format!(", {}", source.ecli) };
    let remark = if source.verified { "" } else { UNREAD };
    format!("{}{ecli}{remark}", source.reference)
}
