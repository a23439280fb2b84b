//! Norms that the templates and the checks cite, each with its link and whether the text in
//! force was read. A reference that is not here cannot be printed as a norm.

use crate::shared::source::LegalSource;

/// Code of law by its number in the Basiswettenbestand.
const BW1: &str = "BWBR0002656";
const RV: &str = "BWBR0001827";
const SR: &str = "BWBR0001854";
const SV: &str = "BWBR0001903";
const AWB: &str = "BWBR0005537";
const WTH: &str = "BWBR0024649";
const BESLUIT: &str = "BWBR0024658";

/// Statute articles: as cited, code, article.
const ARTICLES: &[(&str, &str, &str)] = &[
    ("art. 1:251a BW", BW1, "251a"),
    ("art. 1:253a BW", BW1, "253a"),
    ("art. 1:253n BW", BW1, "253n"),
    ("art. 1:266 BW", BW1, "266"),
    ("art. 1:267 BW", BW1, "267"),
    ("art. 1:268 BW", BW1, "268"),
    ("art. 1:268 lid 3 BW", BW1, "268"),
    ("art. 1:268 lid 5 BW", BW1, "268"),
    ("art. 1:377a BW", BW1, "377a"),
    ("art. 1:377a lid 3 BW", BW1, "377a"),
    ("art. 1:377b BW", BW1, "377b"),
    ("art. 1:377e BW", BW1, "377e"),
    ("art. 223 Rv", RV, "223"),
    ("art. 288 Rv", RV, "288"),
    ("art. 806 Rv", RV, "806"),
    ("art. 809 Rv", RV, "809"),
    ("art. 821 Rv", RV, "821"),
    ("art. 822 Rv", RV, "822"),
    ("art. 824 Rv", RV, "824"),
    ("art. 826 Rv", RV, "826"),
    ("art. 14a Sr", SR, "14a"),
    ("art. 14b Sr", SR, "14b"),
    ("art. 14c Sr", SR, "14c"),
    ("art. 14d Sr", SR, "14d"),
    ("art. 14e Sr", SR, "14e"),
    ("art. 38v Sr", SR, "38v"),
    ("art. 38w Sr", SR, "38w"),
    ("art. 80 Sv", SV, "80"),
    ("art. 408 Sv", SV, "408"),
    ("art. 509hh Sv", SV, "509hh"),
    ("art. 4:8 Awb", AWB, "4:8"),
    ("art. 4:11 Awb", AWB, "4:11"),
    ("art. 6:7 Awb", AWB, "6:7"),
    ("art. 7:1 Awb", AWB, "7:1"),
    ("art. 8:81 Awb", AWB, "8:81"),
    ("art. 8:104 Awb", AWB, "8:104"),
    ("art. 1 Wth", WTH, "1"),
    ("art. 2 Wth", WTH, "2"),
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
    "art. 3 IVRK",
    "art. 6 EVRM",
    "art. 8 EVRM",
];

/// Articles whose text in force was read, as `docs/bronnen.md` accounts for (article and law).
/// Of art. 2 Wth members 1 to 6 were read; member 8 is cited apart.
const READ: &[(&str, &str)] = &[
    ("1:251a", "BW"),
    ("1:266", "BW"),
    ("1:268", "BW"),
    ("1:377a", "BW"),
    ("1:377e", "BW"),
    ("223", "Rv"),
    ("806", "Rv"),
    ("809", "Rv"),
    ("821", "Rv"),
    ("824", "Rv"),
    ("1", "Wth"),
    ("2", "Wth"),
    ("9", "Wth"),
    ("6:7", "Awb"),
    ("2", "huisverbod"),
    ("31", "Istanbul"),
];
/// Citations that look like a read article but cite a part that was not.
const NOT_READ: &[&str] = &["art. 2 lid 8 Wth"];

/// Whether the text in force of every article in a citation was read.
#[must_use]
pub(super) fn is_read(citation: &str) -> bool {
    citation.split("; ").flat_map(|part| part.split(" en ")).flat_map(|part| part.split(" jo. ")).all(|part| {
        let mut words = part.split(' ');
        let article = words.nth(1).unwrap_or_default();
        let law = words.next_back().unwrap_or_default();
        READ.contains(&(article, law)) && !NOT_READ.contains(&part)
    })
}

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

/// How a source stands in an annex: "niet geverifieerd" where the text in force was not read.
#[must_use]
pub(super) fn mark(source: &LegalSource) -> &'static str {
    if source.verified { "geverifieerd" } else { "niet geverifieerd" }
}

/// A source as it stands in running text, with its ECLI.
pub(super) fn cite(source: &LegalSource) -> String {
    let ecli = if source.ecli.is_empty() { String::new() } else { format!(", {}", source.ecli) };
    format!("{}{ecli}{}", source.reference, remark(source))
}

/// In running text only what was not verified is marked; the annex says it of every norm.
fn remark(source: &LegalSource) -> String {
    if source.verified { String::new() } else { format!("; {}", mark(source)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_articles_that_were_read_are_marked_so() {
        for (citation, read) in [
            ("art. 1:268 lid 5 BW", true),
            ("art. 1:268 lid 4 jo. art. 1:267 BW", false),
            ("art. 2 lid 2 Wth", true),
            ("art. 2 lid 8 Wth", false),
            ("art. 9 lid 1 Wth", true),
            ("art. 31 Verdrag van Istanbul", true),
            ("art. 48 Verdrag van Istanbul", false),
            ("art. 38v lid 2 Sr", false),
            ("art. 809 Rv; HR 2013, ECLI:NL:HR:2013:1084", false),
        ] {
            assert_eq!(is_read(citation), read, "{citation}");
        }
    }
}
