//! What can hold back a document, in words for the person who asked for it.

/// Why a document cannot be made. The texts name the place, never the content, so that they can be logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// A character that steers a machine and that no reader sees; it could hide or turn text.
    #[error(
        "Het document kan niet worden gemaakt: {place} bevat een stuurteken (U+{code:04X}). Verwijder dat teken en probeer het opnieuw."
    )]
    ControlCharacter {
        /// Code point of the character.
        code: u32,
        /// Where it stands, for instance "blok 12".
        place: String,
    },
    /// A character the embedded fonts do not have; leaving it out could change a name.
    #[error(
        "De pdf kan niet worden gemaakt: het teken ‘{character}’ (U+{:04X}) zit niet in het lettertype. Schrijf het in Latijns schrift.",
        u32::from(*.character)
    )]
    MissingGlyph {
        /// The character.
        character: char,
    },
    /// A row with more or fewer cells than the heading row.
    #[error(
        "Het document kan niet worden gemaakt: {place} is een tabel met {expected} kolommen, maar rij {row} heeft er {found}."
    )]
    UnevenTable {
        /// Where the table stands.
        place: String,
        /// Row number, from 1.
        row: usize,
        /// Cells in the heading row.
        expected: usize,
        /// Cells in this row.
        found: usize,
    },
    /// A heading level other than 1, 2 or 3.
    #[error("Het document kan niet worden gemaakt: {place} is een kop van niveau {level}; alleen 1, 2 en 3 bestaan.")]
    HeadingLevel {
        /// Where the heading stands.
        place: String,
        /// The level given.
        level: u8,
    },
    /// An embedded font could not be read or subset: a fault in the program, not in the document.
    #[error("De pdf kan niet worden gemaakt: het lettertype {font} is niet te lezen ({reason}).")]
    Font {
        /// Name of the font.
        font: &'static str,
        /// What the font library says.
        reason: String,
    },
    /// The file could not be put together: a fault in the program, not in the document.
    #[error("Het document kan niet worden samengesteld ({reason}).")]
    Assembly {
        /// What the library says.
        reason: String,
    },
}
