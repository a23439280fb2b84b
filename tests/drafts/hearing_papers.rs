//! Hearing sheets and hearing files as a judge reads them on the bench.

use super::{sheets_and_files, text_of};
use crate::support::families::demo;
use combizitting::drafting::model::Draft;

fn named(drafts: &[Draft], name: &str) -> String {
    text_of(drafts.iter().find(|draft| draft.name == name).expect(name))
}

/// What stands between two headings.
fn section<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split(from).nth(1).unwrap_or_else(|| panic!("{from}: {text}"));
    rest.split(to).next().unwrap_or(rest)
}

#[test]
fn a_sheet_names_every_request_of_its_matter_also_what_is_asked_first() {
    let (sheets, _) = sheets_and_files(&demo());
    let sheet = named(&sheets, "zittingsblad-omgang");
    let asked = section(&sheet, "Wat voorligt", "Beslissende vragen");
    for request in demo().requests.iter().filter(|request| request.matter.as_str() == "m-zorg") {
        assert!(asked.contains(request.content.trim_end_matches('.')), "{}: {asked}", request.content);
    }
    let place = |words: &str| asked.find(words).expect(words);
    assert!(place("alleen met het gezag") < place("subsidiair het gezag"), "{asked}");
}

#[test]
fn the_axis_of_a_sheet_has_its_own_hearing_and_what_is_in_force() {
    let (sheets, _) = sheets_and_files(&demo());
    for sheet in &sheets {
        let text = text_of(sheet);
        let axis = section(&text, "Tijdas en termijnen", "Wat niet is gebruikt");
        for measure in ["M1 tijdelijk huisverbod", "M3 gedragsaanwijzing"] {
            assert!(axis.contains(measure), "{}: {measure}: {axis}", sheet.name);
        }
    }
    let divorce = named(&sheets, "zittingsblad-echtscheiding");
    assert!(
        section(&divorce, "Tijdas en termijnen", "Wat niet")
            .contains("Mondelinge behandeling in de echtscheidingszaak")
    );
}

#[test]
fn the_sheet_of_a_divorce_asks_what_the_divorce_turns_on() {
    let (sheets, _) = sheets_and_files(&demo());
    let divorce = named(&sheets, "zittingsblad-echtscheiding");
    let asked = section(&divorce, "Beslissende vragen", "\nWie\n");
    assert!(asked.contains("Is het huwelijk duurzaam ontwricht") && asked.contains("art. 1:151 BW"), "{asked}");
    assert!(asked.contains("ouderschapsplan") && !asked.contains("Klopt dat?"), "{asked}");
    assert!(asked.contains("staat op het blad van de zaken waarin dat is verzocht"), "{asked}");
}

#[test]
fn a_fact_is_not_put_to_a_child_and_the_papers_that_tell_of_it_are_named() {
    let (sheets, _) = sheets_and_files(&demo());
    for sheet in &sheets {
        assert!(!text_of(sheet).contains("alleen door de rechter in een kindgesprek"), "{}", sheet.name);
    }
    let omgang = named(&sheets, "zittingsblad-omgang");
    let choking = section(&omgang, "bij de keel hebben gegrepen", "F9");
    for paper in
        ["Proces-verbaal van aangifte, p. 2", "Letselbeschrijving met foto's, p. 2", "Brief van de huisarts, p. 1"]
    {
        assert!(choking.contains(paper), "{paper}: {choking}");
    }
    assert!(
        !choking.contains("een letselbeschrijving of een brief")
            && choking.contains("andere stukken uit het strafdossier")
    );
    let threat = section(&omgang, "stuurde berichten waarin hij dreigde", "Niet op dit blad");
    assert!(threat.contains("Bas Fictief-Zandman erkent gedeeltelijk"), "{threat}");
}

#[test]
fn where_not_all_findings_fit_those_that_no_question_names_come_first() {
    let (sheets, _) = sheets_and_files(&demo());
    let omgang = named(&sheets, "zittingsblad-omgang");
    let found = section(&omgang, "Bevindingen per norm", "Tijdas en termijnen");
    assert!(found.contains("Niet op dit blad: ") && !found.contains("ernstig nadeel"), "{found}");
    assert!(found.contains("Botst contact of overdracht door Bas Fictief-Zandman"), "{found}");
}

#[test]
fn a_question_can_be_read_aloud_and_a_hole_that_the_plan_leaves_is_told_once() {
    let (sheets, _) = sheets_and_files(&demo());
    let omgang = named(&sheets, "zittingsblad-omgang");
    assert!(omgang.contains("hebben gegrepen tot zij geen lucht kreeg\". Klopt dat?"), "{omgang}");
    assert!(omgang.contains("voor de ontwikkeling van Liv? En voor Noor en Sem?"), "{omgang}");
    let holes = section(&omgang, "Eerste tijd zonder bescherming", "Veiligheid op de zitting");
    assert!(holes.contains("vanaf 10 februari 2027 om 17.00 uur, ook als het plan wordt gevolgd."), "{holes}");
    assert_eq!(holes.matches("10 februari 2027").count(), 1, "{holes}");
}

#[test]
fn what_asks_for_attention_is_told_in_a_few_words() {
    let (sheets, _) = sheets_and_files(&demo());
    for sheet in sheets.iter().filter(|sheet| text_of(sheet).contains("Ook deze vragen aandacht")) {
        let text = text_of(sheet);
        let line = text.lines().find(|line| line.starts_with("Ook deze vragen aandacht: ")).expect("a line");
        let points =
            line.trim_start_matches("Ook deze vragen aandacht: ").split(". De zittingsmap").next().expect("points");
        assert!(
            points.split("; ").all(|point| point.split_once(": ").is_some_and(|(_, told)| told.len() > 10)),
            "{line}"
        );
    }
}

#[test]
fn the_criminal_sheet_knows_the_statement_of_a_child_and_each_sheet_what_is_heard_at_the_same_time() {
    let (sheets, _) = sheets_and_files(&demo());
    let criminal = named(&sheets, "zittingsblad-strafzaak");
    let children = section(&criminal, "\nKinderen\n", "Maatregelen op de peildatum");
    assert!(
        children.contains("heeft een verklaring afgelegd (Proces-verbaal studioverhoor minderjarige"),
        "{children}"
    );
    assert!(!children.contains("gelegenheid is gegeven"), "{children}");
    for (name, beside) in [("zittingsblad-strafzaak", 3), ("zittingsblad-omgang", 3), ("zittingsblad-echtscheiding", 0)]
    {
        let sheet = named(&sheets, name);
        let runs = section(&sheet, "Wat verder loopt", "Wat niet is gebruikt");
        assert_eq!(runs.matches("op dezelfde zitting").count(), beside, "{name}: {runs}");
    }
}

#[test]
fn a_hearing_file_tells_what_a_party_is_in_each_matter_and_is_no_draft() {
    let (_, files) = sheets_and_files(&demo());
    let family = named(&files, "zittingsmap-familie");
    assert!(family.contains("verwerende partij in C/10/900002; belanghebbende in C/10/900004"), "{family}");
    for file in &files {
        let text = text_of(file);
        let annex = text.split("Bijlage: verantwoording").nth(1).expect("an annex");
        assert!(!annex.contains("ontwerp"), "{}: {annex}", file.name);
    }
    let review = named(&files, "zittingsmap-bestuur");
    assert!(
        review.contains("in het dossier van deze zaak zijn gevoegd")
            && !review.contains("De strafrechter gebruikt ze niet")
    );
}
