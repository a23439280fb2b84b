//! One list of what was read: the program's, and the one a lawyer reads in `docs/bronnen.md`.

use combizitting::assessment::builtin;
use combizitting::shared::law::{READ_ARTICLES, READ_RULINGS, is_read, short_name};
use std::collections::BTreeSet;

type Entry = (String, String, Option<(u8, u8)>);

/// Rows of the tables under a heading: first cell and mark.
fn rows() -> Vec<(String, String, String)> {
    let text = include_str!("../../docs/bronnen.md");
    let mut heading = String::new();
    let mut rows = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title.to_owned();
        }
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if line.starts_with("| ") && cells.len() == 4 {
            rows.push((heading.clone(), cells[0].to_owned(), cells[3].to_owned()));
        }
    }
    rows
}

/// Articles of a first cell: "Wth 2 lid 1 tot en met 6", "1:267 lid 1", "Sr 14a, 14b".
fn articles(heading: &str, cell: &str) -> Vec<Entry> {
    let named = ["Algemene termijnenwet", "Verdrag van Istanbul", "Wth", "Besluit", "Sr", "Sv", "Awb", "EVRM"];
    let by_heading = match heading {
        title if title.starts_with("Burgerlijk Wetboek") => "BW",
        title if title.starts_with("Burgerlijke rechtsvordering") => "Rv",
        _ => "",
    };
    let law = named.iter().find(|law| cell.starts_with(**law)).copied().unwrap_or(by_heading);
    let rest = cell.strip_prefix(law).unwrap_or(cell).trim();
    let mut found = Vec::new();
    for part in rest.split(", ") {
        let (article, members) = match part.split_once(" lid ") {
            Some((article, members)) => {
                let (first, last) = members.split_once(" tot en met ").unwrap_or((members, members));
                (article, Some((first.parse().unwrap(), last.parse().unwrap())))
            }
            None => (part, None),
        };
        match article.split_once(" tot en met ") {
            Some((first, last)) => {
                let (first, last): (u8, u8) = (first.parse().unwrap(), last.parse().unwrap());
                found.extend((first..=last).map(|number| (short_name(law).to_owned(), number.to_string(), members)));
            }
            None => found.push((short_name(law).to_owned(), article.to_owned(), members)),
        }
    }
    found
}

#[test]
fn the_list_of_what_was_read_agrees_with_the_account_for_lawyers() {
    let marked = |mark: &str| matches!(mark, "ja" | "deels");
    let statutes = |heading: &str| !heading.starts_with("Rechtspraak") && !heading.starts_with("Onderzoek");
    let told: BTreeSet<Entry> = rows()
        .iter()
        .filter(|(heading, _, mark)| statutes(heading) && marked(mark))
        .flat_map(|(heading, cell, _)| articles(heading, cell))
        .collect();
    let known: BTreeSet<Entry> = READ_ARTICLES
        .iter()
        .map(|(law, article, members)| ((*law).to_owned(), (*article).to_owned(), *members))
        .collect();
    assert_eq!(told, known);
    let rulings: BTreeSet<String> = rows()
        .iter()
        .filter(|(heading, _, mark)| heading.starts_with("Rechtspraak") && mark == "ja")
        .map(|(_, cell, _)| format!("ECLI:NL:{cell}"))
        .collect();
    assert_eq!(rulings, READ_RULINGS.iter().map(|ecli| (*ecli).to_owned()).collect());
}

#[test]
fn frameworks_mark_the_same_articles_and_rulings_as_read() {
    let mut wrong = Vec::new();
    for loaded in builtin().expect("the built-in frameworks load").frameworks() {
        for criterion in &loaded.framework.criteria {
            for source in &criterion.sources {
                let read = if source.reference.starts_with("art. ") {
                    is_read(&source.reference)
                } else if source.ecli.starts_with("ECLI:NL:") {
                    READ_RULINGS.contains(&source.ecli.as_str())
                } else {
                    continue;
                };
                if read != source.verified {
                    wrong.push(format!("{}/{}: {}", loaded.framework.id, criterion.id, source.reference));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
