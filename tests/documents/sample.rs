//! Documents to try the outputs on, with plainly invented content.

use chrono::NaiveDate;
use combizitting::documents::model::{
    Block, DocumentMeta, DocumentModel, Inline, Timeline, TimelineRow, TimelineShape,
};

/// Names as they are written in the Netherlands: Turkish, Polish, Vietnamese, Czech, Romanian and more.
pub const NAMES: [&str; 14] = [
    "Şahin Yıldız-Gökçe",
    "Łukasz Żółkiewski",
    "Đorđević",
    "Nguyễn Thị Phượng",
    "Dvořáková",
    "Ștefănescu",
    "Ťažký",
    "Þórsdóttir",
    "Sjölander",
    "Krūmiņš",
    "Őrsi",
    "Curaçao",
    "IJsbrand van ’t Hoff",
    "Zoë-Anaïs",
];

/// Plain text.
pub fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

/// A paragraph, numbered or not.
pub fn paragraph(number: Option<&str>, content: Vec<Inline>) -> Block {
    Block::Paragraph { number: number.map(str::to_owned), content }
}

/// A heading.
pub fn heading(level: u8, number: Option<&str>, text: &str) -> Block {
    Block::Heading { level, number: number.map(str::to_owned), text: text.to_owned() }
}

/// A cell of plain text.
pub fn cell(content: &str) -> Vec<Inline> {
    vec![text(content)]
}

/// Running text of a document.
pub fn meta() -> DocumentMeta {
    DocumentMeta {
        title: "Beschikking voorlopige voorzieningen".to_owned(),
        author: "Rechtbank Voorbeeldstad, team familierecht".to_owned(),
        running_header: "Zaaknummers C/99/123456 / FA RK 26-1234 en C/99/123457 / JE RK 26-77".to_owned(),
        concept: true,
        control_code: "3fa9c1d2e4b5a687".to_owned(),
        compact: false,
        dated: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
    }
}

/// A model of the given blocks.
pub fn model(blocks: Vec<Block>) -> DocumentModel {
    DocumentModel { meta: meta(), blocks }
}

fn opening() -> Vec<Block> {
    vec![
        heading(1, None, "Beschikking voorlopige voorzieningen van 20 november 2026"),
        Block::Notice {
            heading: "Dit is een concept".to_owned(),
            content: vec![
                text("De rechter heeft deze tekst nog niet vastgesteld. Twee onderdelen ontbreken; zij staan als "),
                Inline::Blank("dagtekening".to_owned()),
                text(" in de tekst."),
            ],
        },
        heading(2, Some("1"), "De procedure"),
        paragraph(
            Some("1.1"),
            vec![
                text("De rechtbank heeft kennisgenomen van het verzoekschrift, ingekomen op 3 november 2026 "),
                Inline::Source("stuk 1, p. 2".to_owned()),
                text(", en van het verweerschrift "),
                Inline::Source("stuk 4".to_owned()),
                text(". De gecombineerde mondelinge behandeling is gehouden op 18 november 2026 om 13.30 uur."),
            ],
        ),
        paragraph(Some("1.2"), vec![text("Verschenen zijn:")]),
        Block::List {
            ordered: false,
            items: vec![
                cell("de moeder, bijgestaan door haar advocaat, mr. A. Voorbeeld;"),
                cell(
                    "de vader, bijgestaan door een tolk in de Poolse taal en door zijn advocaat, die ter zitting \
                      heeft meegedeeld dat de omgangsregeling voorlopig niet meer wordt nagekomen;",
                ),
                vec![text("een vertegenwoordiger van de "), Inline::Strong("Raad".to_owned()), text(".")],
            ],
        },
    ]
}

fn facts() -> Vec<Block> {
    vec![
        heading(2, Some("2"), "De feiten"),
        heading(3, Some("2.1"), "Gezag en verblijf"),
        paragraph(
            Some("2.1.1"),
            vec![
                text("Partijen zijn met elkaar gehuwd. Uit het huwelijk zijn drie kinderen geboren. Zij oefenen "),
                Inline::Emphasis("gezamenlijk".to_owned()),
                text(" het gezag uit als bedoeld in artikel 1:251 BW. De kinderbijdrage is € 1.250,50 per maand."),
            ],
        ),
        Block::Table {
            caption: Some("Maatregelen die nu gelden".to_owned()),
            head: ["Maatregel", "Wie en voor wie", "Vanaf", "Tot"].map(str::to_owned).to_vec(),
            rows: vec![
                vec![
                    cell("Tijdelijk huisverbod"),
                    cell(
                        "Vader; beschermt moeder en de kinderen. Contactverbod met alle gezinsleden, ook via anderen \
                          en via berichtendiensten.",
                    ),
                    cell("10 november 2026, 21.15 uur"),
                    cell("20 november 2026, 21.15 uur"),
                ],
                vec![
                    cell("Gedragsaanwijzing (art. 509hh Sv)"),
                    vec![text("Vader; gebiedsverbod "), Inline::Source("stuk 9".to_owned())],
                    cell("12 november 2026"),
                    vec![Inline::Blank("einddatum".to_owned())],
                ],
            ],
        },
        axis(),
        paragraph(None, vec![text("Namen zoals partijen die voeren: "), text(&NAMES.join(", ")), text(".")]),
    ]
}

/// A time axis with every shape.
pub fn axis() -> Block {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day);
    let row = |part: &str, shape, label: &str, from, until, what: &str| TimelineRow {
        part: part.to_owned(),
        shape,
        label: label.to_owned(),
        from,
        until,
        when: "19 nov 2026".to_owned(),
        what: vec![text(what), Inline::Source("stuk 9".to_owned())],
    };
    let rows = vec![
        row("Zitting", TimelineShape::Square, "19 nov", day(11, 19), day(11, 19), "Combizitting "),
        row("Termijn", TimelineShape::Diamond, "19 nov", day(12, 11), day(12, 11), "Begin van de zitting "),
        row("Feit", TimelineShape::Dot, "F1", day(10, 31), day(10, 31), "F1 Łukasz zou hebben geduwd "),
        row("Feit", TimelineShape::Dot, "F2", day(11, 2), day(11, 2), "F2 Een tweede feit "),
        row("Maatregel", TimelineShape::Bar, "M1", day(11, 10), day(11, 20), "M1 tijdelijk huisverbod "),
        row("Maatregel", TimelineShape::Open, "M2", day(11, 20), None, "M2 verlenging "),
        row("Gat", TimelineShape::Gap, "", day(12, 8), None, "veilig wonen "),
    ];
    let on = NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day");
    Block::Timeline(Timeline { caption: "Alles met een dag".to_owned(), on, rows })
}

/// A document with every kind of block.
pub fn complete() -> DocumentModel {
    let mut blocks = opening();
    blocks.extend(facts());
    blocks.push(heading(2, Some("3"), "De beoordeling"));
    for index in 1..=9 {
        blocks.push(consideration(3, index));
    }
    blocks.push(heading(2, Some("4"), "De beslissing"));
    blocks.push(paragraph(Some("4.1"), vec![text("De rechtbank:")]));
    blocks.push(Block::List {
        ordered: true,
        items: (1..=11).map(|index| cell(&format!("bepaalt onderdeel {index} van de voorlopige regeling;"))).collect(),
    });
    blocks.push(Block::PageBreak);
    blocks.push(heading(1, None, "Bijlage: verantwoording van het kader"));
    blocks.push(Block::Table {
        caption: None,
        head: ["Criterium", "Uitkomst", "Bron"].map(str::to_owned).to_vec(),
        rows: (1..=60)
            .map(|index| {
                vec![
                    cell(&format!("Criterium {index}: is de veiligheid van het kind tijdens de omgang geborgd?")),
                    cell(if index % 3 == 0 { "Oordeel van de rechter nodig" } else { "Gegevens ontbreken" }),
                    cell("artikel 1:377a BW, derde lid"),
                ]
            })
            .collect(),
    });
    model(blocks)
}

/// A numbered consideration of some length.
pub fn consideration(chapter: usize, index: usize) -> Block {
    paragraph(
        Some(&format!("{chapter}.{index}")),
        vec![
            text(
                "Bij de beoordeling van het verzoek tot vaststelling van een voorlopige omgangsregeling stelt de \
                  rechtbank het belang van de kinderen voorop. Uit het raadsrapport blijkt dat de \
                  ondertoezichtstelling en de uithuisplaatsing zijn overwogen, maar dat vrijwillige hulpverlening \
                  vooralsnog toereikend wordt geacht ",
            ),
            Inline::Source(format!("stuk {index}, p. {chapter}")),
            text(
                ". De vader betwist dat; volgens hem zijn de echtscheidings- en gezagsgeschillen de oorzaak van de \
                  spanningen. De moeder woont op het adres van haar ouders in Noord-Holland. Dat standpunt leidt \
                  niet tot een andere uitkomst.",
            ),
        ],
    )
}

/// About thirty pages.
pub fn long() -> DocumentModel {
    let mut blocks = vec![heading(1, None, "Lange beschikking")];
    for chapter in 1..=12 {
        blocks.push(heading(2, Some(&chapter.to_string()), "Een hoofdstuk van de beoordeling"));
        for index in 1..=15 {
            blocks.push(consideration(chapter, index));
        }
    }
    model(blocks)
}

/// What breaks weak outputs: long words, markup, wide tables, cells longer than a page.
pub fn hostile() -> DocumentModel {
    let endless = "https://voorbeeld.example/".to_owned() + &"pad/naar/stuk-".repeat(30);
    model(vec![
        heading(2, Some("1.2.3.4.5"), "<script>alert('&')</script> \"aanhaling\" & co"),
        paragraph(Some("10.10.10"), vec![text(&endless), text(" en "), text(&"x".repeat(400))]),
        paragraph(None, vec![text("]]> --> <!-- &amp; &#0; </w:t> %s {{titel}} \\n (haakje) \\")]),
        paragraph(None, vec![text("Regel een\nRegel twee\tmet een tab\r\nRegel drie  met  dubbele  spaties")]),
        paragraph(None, Vec::new()),
        paragraph(Some("1"), vec![Inline::Strong("half".to_owned()), Inline::Emphasis("woord".to_owned())]),
        paragraph(Some("1"), vec![text("Zelfde nummer; e\u{301}e\u{301}n los accent, na\u{ef}ef en 12\u{a0}000.")]),
        Block::List { ordered: true, items: Vec::new() },
        Block::List { ordered: false, items: vec![Vec::new(), cell("tweede")] },
        Block::Table { caption: Some("Leeg".to_owned()), head: Vec::new(), rows: Vec::new() },
        Block::Table {
            caption: Some("Breed".to_owned()),
            head: (1..=9).map(|index| format!("Kolomkop{index}")).collect(),
            rows: vec![(1..=9).map(|_| cell("hulpverleningsgeschiedenis onbekend")).collect()],
        },
        Block::Table {
            caption: Some("Hoog".to_owned()),
            head: vec!["Stuk".to_owned(), "Inhoud".to_owned()],
            rows: vec![vec![cell("verklaring"), cell(&"Zij verklaarde daarover uitvoerig. ".repeat(300))]],
        },
        Block::PageBreak,
        Block::PageBreak,
        Block::Notice { heading: String::new(), content: cell(&"Afgeschermd onderdeel. ".repeat(250)) },
        heading(3, None, "Kop aan het eind"),
    ])
}
