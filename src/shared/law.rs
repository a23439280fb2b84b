//! Which sources of law were read in their present form: one list for every room.
//!
//! `docs/bronnen.md` accounts for it (what was read, where, when); a test holds the two to each
//! other. A citation that is not wholly in this list is shown as not verified.

/// An article that was read: law, article, and the members that were read when not all of it was.
pub type ReadArticle = (&'static str, &'static str, Option<(u8, u8)>);

/// Articles whose text in force was read.
pub const READ_ARTICLES: &[ReadArticle] = &[
    ("BW", "1:251a", None),
    ("BW", "1:266", None),
    ("BW", "1:267", Some((1, 1))),
    ("BW", "1:268", None),
    ("BW", "1:377a", None),
    ("BW", "1:377b", None),
    ("BW", "1:377e", None),
    ("Rv", "19", None),
    ("Rv", "223", None),
    ("Rv", "806", None),
    ("Rv", "809", None),
    ("Rv", "821", None),
    ("Rv", "824", None),
    ("Wth", "1", None),
    ("Wth", "2", Some((1, 6))),
    ("Wth", "9", None),
    ("Besluit", "2", None),
    ("Awb", "6:7", None),
    ("Atw", "1", None),
    ("Atw", "2", None),
    ("Atw", "3", None),
    ("Atw", "4", None),
    ("Istanbul", "26", None),
    ("Istanbul", "31", None),
    ("Istanbul", "48", Some((1, 1))),
    ("Istanbul", "51", None),
];

/// Rulings of which the passage that is relied on was read.
pub const READ_RULINGS: &[&str] = &["ECLI:NL:HR:2013:1084", "ECLI:NL:GHARL:2021:5781"];

/// Short name of a law as citations write it.
#[must_use]
pub fn short_name(law: &str) -> &str {
    match law.trim() {
        "Wet tijdelijk huisverbod" => "Wth",
        "Besluit tijdelijk huisverbod" => "Besluit",
        "Algemene termijnenwet" => "Atw",
        "Verdrag van Istanbul" => "Istanbul",
        other => other,
    }
}

/// Whether everything in a citation was read: "art. 1:268 lid 1 en 5 BW", several with "; " or " jo. ".
#[must_use]
pub fn is_read(citation: &str) -> bool {
    let mut law = "";
    // From the end, because "art. 1:268 jo. art. 1:267 BW" names the law once.
    citation.rsplit("; ").flat_map(|part| part.rsplit(" jo. ")).all(|part| match part.trim().strip_prefix("art. ") {
        None => READ_RULINGS.iter().any(|ecli| part.ends_with(ecli)),
        Some(rest) => {
            let article = Article::read(rest);
            if !article.law.is_empty() {
                law = article.law;
            }
            article.is_in(short_name(law))
        }
    })
}

/// A citation taken apart.
struct Article<'c> {
    number: &'c str,
    members: Vec<u8>,
    law: &'c str,
}

impl<'c> Article<'c> {
    fn read(rest: &'c str) -> Self {
        let (number, mut rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut members = Vec::new();
        if let Some(after) = rest.strip_prefix("lid ") {
            rest = after;
            while let Some((word, after)) = next_member(rest) {
                members.push(word);
                rest = after;
            }
        }
        if let Some(after) = rest.strip_prefix("onder ") {
            rest = after.split_once(' ').map_or("", |(_, law)| law);
        }
        Self { number, members, law: rest.trim() }
    }

    fn is_in(&self, law: &str) -> bool {
        if let Some((first, last)) = self.number.split_once('-') {
            return match (first.parse::<u16>(), last.parse::<u16>()) {
                (Ok(first), Ok(last)) => (first..=last).all(|number| self.is_listed(law, &number.to_string())),
                _ => false,
            };
        }
        self.is_listed(law, self.number)
    }

    fn is_listed(&self, law: &str, number: &str) -> bool {
        READ_ARTICLES.iter().filter(|(known, article, _)| *known == law && *article == number).any(|(_, _, members)| {
            match members {
                None => true,
                Some((first, last)) => {
                    !self.members.is_empty() && self.members.iter().all(|member| (first..=last).contains(&member))
                }
            }
        })
    }
}

/// The next member of "1 en 5 BW" and what follows it.
fn next_member(rest: &str) -> Option<(u8, &str)> {
    let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let member = word.trim_end_matches(',').parse().ok()?;
    Some((member, after.strip_prefix("en ").unwrap_or(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_read_counts_as_read() {
        for (citation, read) in [
            ("art. 1:268 BW", true),
            ("art. 1:268 lid 5 BW", true),
            ("art. 1:268 lid 1 en 5 BW", true),
            ("art. 1:267 lid 1 BW", true),
            ("art. 1:267 BW", false),
            ("art. 1:268 lid 4 jo. art. 1:267 BW", false),
            ("art. 1:268 lid 4 jo. art. 1:267 lid 1 BW", true),
            ("art. 1 onder b Wth", true),
            ("art. 2 lid 2 Wth", true),
            ("art. 2 lid 8 Wth", false),
            ("art. 2 lid 4 en 8 Wth", false),
            ("art. 2 Wth", false),
            ("art. 2 Besluit tijdelijk huisverbod", true),
            ("art. 9 lid 1 Wet tijdelijk huisverbod", true),
            ("art. 1-4 Algemene termijnenwet", true),
            ("art. 1-5 Algemene termijnenwet", false),
            ("art. 31 Verdrag van Istanbul", true),
            ("art. 48 Verdrag van Istanbul", false),
            ("art. 31 EVRM", false),
            ("art. 1:377a lid 3 onder c BW", true),
            ("art. 38v lid 2 Sr", false),
            ("art. 14c en 38v Sr", false),
            ("art. 809 Rv; HR 2013, ECLI:NL:HR:2013:1084", true),
            ("art. 809 Rv; HR 2014, ECLI:NL:HR:2014:748", false),
            ("algemene kennis", false),
        ] {
            assert_eq!(is_read(citation), read, "{citation}");
        }
    }
}
