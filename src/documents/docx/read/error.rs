//! Why a Word file cannot be read back, in words for who uploaded it. Never repeats its content.

/// Why a Word file cannot be read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing was sent.
    #[error("Het bestand is leeg. Kies het Word-bestand dat u hebt bewerkt.")]
    Empty,
    /// Not a zip at all.
    #[error(
        "Dit is geen Word-bestand. Kies het .docx-bestand dat u hier hebt opgehaald en bewerkt; een pdf of een ander bestand kan niet worden teruggelezen."
    )]
    NotZip,
    /// The binary format of before 2007, or a file with a password: both begin the same.
    #[error(
        "Dit is een oud Word-bestand (.doc) of een bestand met een wachtwoord. Open het in Word of LibreOffice, bewaar het als .docx zonder wachtwoord, en kies dat bestand."
    )]
    OldOrLocked,
    /// An OpenDocument text.
    #[error(
        "Dit is een OpenDocument-bestand (.odt). Bewaar het in LibreOffice als Word-bestand (.docx) en kies dat bestand."
    )]
    OpenDocument,
    /// A zip, but no Word file.
    #[error(
        "Dit bestand is wel een ingepakt bestand, maar geen Word-bestand. Kies het .docx-bestand dat u hebt bewerkt."
    )]
    NotWord,
    /// A Word file with macros.
    #[error("Dit Word-bestand heeft macro's. Bewaar het als gewoon .docx-bestand zonder macro's en kies dat bestand.")]
    Macros,
    /// Larger than may be sent.
    #[error("Het bestand is groter dan 8 MB. Haal afbeeldingen en ingesloten bestanden weg en probeer het opnieuw.")]
    TooLarge,
    /// Unpacks to more than may be.
    #[error(
        "Het bestand wordt bij het uitpakken te groot en is daarom niet gelezen. Haal afbeeldingen en ingesloten bestanden weg en probeer het opnieuw."
    )]
    Bomb,
    /// Too many parts.
    #[error("Het bestand bestaat uit te veel onderdelen en is daarom niet gelezen.")]
    TooManyParts,
    /// More text than a decision has.
    #[error("Het bestand heeft meer tekst dan een beslissing kan hebben en is daarom niet gelezen.")]
    TooMuchText,
    /// A document type or foreign entity, with which a file can reach outside itself.
    #[error(
        "Het bestand bevat een onderdeel dat in een Word-bestand niet hoort (een documenttype of verwijzing naar buiten) en is daarom niet gelezen."
    )]
    Foreign,
    /// Damaged.
    #[error("Het Word-bestand is beschadigd en kan niet worden gelezen. Bewaar het opnieuw en probeer het nog eens.")]
    Damaged,
}
