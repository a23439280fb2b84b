//! Every article of law that a paper cites, wherever it stands, for the table of norms in its annex.

use super::law;
use crate::documents::model::Block;
use crate::shared::law::{is_read, short_name};
use serde_json::{Value, json};

/// Laws as citations write them, the longer name of two first, in the order of the table; with the number of a code in
/// the Basiswettenbestand. Of BW only book 1 has a link.
const LAWS: &[(&str, &str)] = &[
    ("BW", law::BW1),
    ("Rv", law::RV),
    ("Sr", law::SR),
    ("Sv", law::SV),
    ("Awb", law::AWB),
    ("Wth", law::WTH),
    ("Wet tijdelijk huisverbod", law::WTH),
    ("Besluit tijdelijk huisverbod", law::BESLUIT),
    ("Algemene termijnenwet", "BWBR0002448"),
    ("Wet justitiële en strafvorderlijke gegevens", "BWBR0014194"),
    ("Verdrag van Istanbul", ""),
    ("EVRM", ""),
    ("IVRK", ""),
    ("Richtlijn (EU) 2024/1385", ""),
];

/// One citation: "art. 1:268", " lid 1 onder a", "BW".
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cited {
    number: String,
    part: String,
    law: Law,
}

/// A law: its place in the table, its name, and its number in the Basiswettenbestand.
type Law = (usize, &'static str, &'static str);

fn laws() -> impl Iterator<Item = Law> {
    LAWS.iter().enumerate().map(|(place, (name, code))| (place, *name, *code))
}

impl Cited {
    fn name(&self) -> String {
        format!("art. {}{} {}", self.number, self.part, self.law.1)
    }

    /// The article as a whole, when it was read as a whole or when this part of it was not read either.
    fn into_row(mut self) -> Self {
        let part = std::mem::take(&mut self.part);
        let whole = self.mark();
        self.part = part;
        if whole == self.mark() {
            self.part.clear();
        }
        // One law is not listed under two names.
        let short = short_name(self.law.1);
        self.law = laws().find(|(_, name, _)| *name == short).unwrap_or(self.law);
        self
    }

    fn mark(&self) -> &'static str {
        if is_read(&self.name()) { "geverifieerd" } else { "niet geverifieerd" }
    }

    fn link(&self) -> Option<String> {
        let (_, _, code) = self.law;
        let article = match self.number.split_once(':') {
            Some(("1", article)) if code == law::BW1 => article,
            Some(_) if code == law::BW1 => return None,
            _ => self.number.as_str(),
        };
        (!code.is_empty()).then(|| format!("jci1.3:c:{code}&artikel={article}"))
    }

    /// Place in the table: by law, then by number.
    fn place(&self) -> (usize, Vec<(u32, String)>, String) {
        let parts = self.number.split([':', '-']).map(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            (digits.parse().unwrap_or(0), part.trim_start_matches(|sign: char| sign.is_ascii_digit()).to_owned())
        });
        (self.law.0, parts.collect(), self.part.clone())
    }
}

/// The table of norms: each article that these blocks cite, by law and number. A part of an article has a row of its
/// own only where that part was read and the whole was not.
pub(super) fn norms<'b>(blocks: impl Iterator<Item = &'b Block>) -> Value {
    let cited = blocks.flat_map(Block::text_lines).flat_map(|line| in_text(&line));
    let mut rows: Vec<Cited> = cited.map(Cited::into_row).collect();
    rows.sort_by_key(Cited::place);
    rows.dedup();
    rows.iter().map(|row| json!({ "naam": row.name(), "jci": row.link(), "stand": row.mark() })).collect()
}

/// The citations in a text: "art. 14c en 38v Sr" and "art. 289 jo. art. 45 Sr" are two each.
fn in_text(text: &str) -> Vec<Cited> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("rt. ") {
        let (before, after) = rest.split_at(at);
        rest = after.trim_start_matches("rt. ");
        let starts = before.strip_suffix(['a', 'A']).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        if starts && let Some((cited, left)) = citation(rest) {
            found.extend(cited);
            rest = left;
        }
    }
    found
}

/// One citation from its first number to the name of its law, and what follows it.
fn citation(text: &str) -> Option<(Vec<Cited>, &str)> {
    let mut articles: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    loop {
        let (number, after) =
            word(rest).filter(|(number, _)| number.starts_with(|sign: char| sign.is_ascii_digit()))?;
        let (part, after) = part_of(after);
        articles.push((number.to_owned(), part));
        let after = after.trim_start();
        let next = ["en art. ", "jo. art. ", "en ", "jo. "].iter().find_map(|joins| after.strip_prefix(joins));
        match next {
            Some(next) => rest = next,
            None => {
                let (law, left) = law_at(after)?;
                let all = articles.into_iter().map(|(number, part)| Cited { number, part, law });
                return Some((all.collect(), left));
            }
        }
    }
}

/// The law whose name a text begins with, and what follows it.
fn law_at(text: &str) -> Option<(Law, &str)> {
    laws().find_map(|law| {
        let left = text.strip_prefix(law.1)?;
        (!left.starts_with(char::is_alphanumeric)).then_some((law, left))
    })
}

/// " lid 1 en 5 onder a" behind a number, as far as it goes.
fn part_of(text: &str) -> (String, &str) {
    let (mut rest, mut part) = (text, String::new());
    for (name, fits) in [("lid", is_member as fn(&str) -> bool), ("onder", is_letter)] {
        let Some(mut after) = rest.strip_prefix(&format!(" {name}")) else { continue };
        let mut joins = " ";
        let mut members = String::new();
        while let Some((member, left)) = after.strip_prefix(joins).and_then(word).filter(|(member, _)| fits(member)) {
            members.push_str(joins);
            members.push_str(member);
            after = left;
            joins = if after.starts_with(", ") { ", " } else { " en " };
        }
        if !members.is_empty() {
            part.push_str(&format!(" {name}{members}"));
            rest = after;
        }
    }
    (part, rest)
}

fn is_member(word: &str) -> bool {
    word.len() < 3 && word.starts_with(|sign: char| sign.is_ascii_digit())
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|sign: char| sign.is_ascii_lowercase())
}

/// The number or letter that a text begins with, and what follows it.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|sign: char| !(sign.is_alphanumeric() || [':', '-'].contains(&sign))).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    // "art. 6: 7" has no number that ends in a colon.
    let word = word.trim_end_matches([':', '-']);
    (!word.is_empty()).then_some((word, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        in_text(text).iter().map(Cited::name).collect()
    }

    #[test]
    fn a_citation_is_found_in_every_form_that_the_papers_write() {
        for (text, expected) in [
            ("De gedragsaanwijzing (art. 509hh lid 1 onder b Sv) geldt.", vec!["art. 509hh lid 1 onder b Sv"]),
            ("Verbod (art. 14c en 38v Sr).", vec!["art. 14c Sr", "art. 38v Sr"]),
            (
                "art. 289 jo. art. 45 Sr*; art. 1:268 lid 1 en 5 BW",
                vec!["art. 289 Sr", "art. 45 Sr", "art. 1:268 lid 1 en 5 BW"],
            ),
            ("art. 822 lid 1 onder a en c Rv, gevraagd", vec!["art. 822 lid 1 onder a en c Rv"]),
            ("Art. 2 lid 2 Wet tijdelijk huisverbod.", vec!["art. 2 lid 2 Wet tijdelijk huisverbod"]),
            ("art. 1:377a BW of art. 1:253a BW", vec!["art. 1:377a BW", "art. 1:253a BW"]),
            ("part. 5 BW; art. onbekend; art. 5; art. 5 Grondwet", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn a_part_has_its_own_row_only_where_it_was_read_and_the_whole_was_not() {
        let row = |text: &str| in_text(text).into_iter().map(Cited::into_row).map(|row| row.name()).collect::<String>();
        assert_eq!(row("art. 1:377a lid 3 onder a BW"), "art. 1:377a BW");
        assert_eq!(row("art. 48 lid 1 Verdrag van Istanbul"), "art. 48 lid 1 Verdrag van Istanbul");
        assert_eq!(row("art. 14c lid 2 Sr"), "art. 14c Sr");
        assert_eq!(row("art. 2 lid 2 Wet tijdelijk huisverbod"), "art. 2 lid 2 Wth");
    }

    #[test]
    fn a_link_names_the_code_and_a_treaty_has_none() {
        let link = |text: &str| in_text(text).first().and_then(Cited::link);
        assert_eq!(link("art. 1:268 lid 2 BW").as_deref(), Some("jci1.3:c:BWBR0002656&artikel=268"));
        assert_eq!(link("art. 8:81 Awb").as_deref(), Some("jci1.3:c:BWBR0005537&artikel=8:81"));
        assert_eq!(link("art. 8 EVRM"), None);
        assert_eq!(link("art. 6:162 BW"), None);
    }
}
