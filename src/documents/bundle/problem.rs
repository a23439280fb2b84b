//! What holds a file or a bundle back, in words for the person who brought it.

use crate::documents::DocumentError;

/// Why a file cannot be in a bundle. The texts never repeat content of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfProblem {
    /// No PDF by its content.
    #[error("Dit is geen pdf-bestand. Zet het stuk om naar pdf en kies dat bestand.")]
    NotPdf,
    /// A PDF that cannot be read to its end.
    #[error(
        "Deze pdf is niet heel: hij is niet te lezen. Haal het bestand opnieuw op bij de bron, of druk het af naar een nieuwe pdf."
    )]
    Unreadable,
    /// Encrypted, also when it opens without a password.
    #[error(
        "Deze pdf is versleuteld of met een wachtwoord beveiligd. Sla hem op zonder beveiliging en kies dat bestand."
    )]
    Encrypted,
    /// Larger than allowed.
    #[error("Deze pdf is te groot: {size} MB. De grens is {most} MB. Splits het stuk of verklein de afbeeldingen.")]
    TooLarge {
        /// Size in whole megabytes, rounded up.
        size: usize,
        /// Limit in whole megabytes.
        most: usize,
    },
    /// Unpacks to more than can be worked on.
    #[error(
        "Deze pdf is uitgepakt te groot om veilig te verwerken. Druk hem af naar een nieuwe pdf en kies dat bestand."
    )]
    Bomb,
    /// No pages.
    #[error("Deze pdf heeft geen bladzijden.")]
    NoPages,
    /// Too many pages.
    #[error("Deze pdf heeft meer dan {most} bladzijden. Splits het stuk.")]
    TooManyPages {
        /// Limit.
        most: usize,
    },
    /// The page tree leads back to itself, or to something that is no page.
    #[error("De bladzijden van deze pdf zijn niet goed geordend. Druk het stuk af naar een nieuwe pdf.")]
    PageTree,
    /// A page without a usable size.
    #[error("Bladzijde {page} van deze pdf heeft geen bruikbare maat. Druk het stuk af naar een nieuwe pdf.")]
    PageSize {
        /// Page, from 1.
        page: usize,
    },
    /// The content of a page is packed in a way we cannot unpack.
    #[error("Bladzijde {page} van deze pdf is niet uit te pakken. Druk het stuk af naar een nieuwe pdf.")]
    Packing {
        /// Page, from 1.
        page: usize,
    },
    /// Scripts.
    #[error("In deze pdf zit een script (JavaScript). Druk het stuk af naar een nieuwe pdf en kies dat bestand.")]
    Script,
    /// An action that starts, sends or fetches something.
    #[error("In deze pdf zit een opdracht die iets start of verstuurt. Druk het stuk af naar een nieuwe pdf.")]
    Action,
    /// Embedded files or a portfolio.
    #[error("In deze pdf zitten andere bestanden. Voeg die als eigen stuk toe en kies een pdf zonder bijlagen erin.")]
    EmbeddedFiles,
    /// A form of which the fields are no part of the pages (XFA), or are drawn by the reading program.
    #[error("Deze pdf is een formulier dat nog kan veranderen. Druk het ingevulde formulier af naar een nieuwe pdf.")]
    LiveForm,
    /// Content of a stream that stands outside the file.
    #[error("Deze pdf verwijst voor zijn inhoud naar een ander bestand. Druk het stuk af naar een nieuwe pdf.")]
    OutsideContent,
    /// Layers that are hidden.
    #[error(
        "In deze pdf zijn lagen verborgen. Wat een ander dan ziet is niet zeker. Druk het stuk af naar een nieuwe pdf."
    )]
    HiddenLayers,
    /// Sound, film or other moving content.
    #[error("Op bladzijde {page} van deze pdf staat beeld of geluid dat niet op papier kan. Lever dat apart aan.")]
    Multimedia {
        /// Page, from 1.
        page: usize,
    },
    /// Text marked to be blacked out that still is there.
    #[error(
        "Op bladzijde {page} is tekst gemarkeerd om weg te lakken, maar die tekst staat er nog. Pas het weglakken toe en kies het nieuwe bestand."
    )]
    UnappliedRedaction {
        /// Page, from 1.
        page: usize,
    },
    /// A mark or a field that has no image of its own.
    #[error(
        "Op bladzijde {page} staat een opmerking of ingevuld veld dat niet op de bladzijde zelf is getekend. Druk het stuk af naar een nieuwe pdf."
    )]
    Marking {
        /// Page, from 1.
        page: usize,
    },
    /// Nested deeper than makes sense.
    #[error("Deze pdf is te diep genest om veilig te verwerken. Druk het stuk af naar een nieuwe pdf.")]
    Nesting,
}

/// Why a bundle could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// One of our own papers.
    #[error(transparent)]
    Paper(#[from] DocumentError),
    /// The file of a document.
    #[error("Stuk {number} kan niet in de bundel: {problem}")]
    File {
        /// Number of the document in the bundle.
        number: usize,
        /// What is wrong with it.
        problem: PdfProblem,
    },
    /// The file has another number of pages than was counted when it came in.
    #[error("Stuk {number} kan niet in de bundel: het bestand heeft een ander aantal bladzijden dan is vastgelegd.")]
    OtherPages {
        /// Number of the document in the bundle.
        number: usize,
    },
    /// The file could not be fetched.
    #[error("Stuk {number} kan niet in de bundel: het bestand is niet op te halen.")]
    Missing {
        /// Number of the document in the bundle.
        number: usize,
    },
    /// The bundle could not be written.
    #[error("De bundel kan niet worden weggeschreven.")]
    Write(#[from] std::io::Error),
    /// More pages or documents than a bundle can have, or an index that does not settle.
    #[error("De bundel is te groot om samen te stellen. Kies minder zaken.")]
    TooLarge,
}
