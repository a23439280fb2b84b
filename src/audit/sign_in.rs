//! What can be recorded about how people sign in, each with its Dutch text.

use serde::{Deserialize, Serialize};

/// A change of what signs a user in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// The user changed the own password; the other sessions ended.
    OwnPassword,
    /// The user took a second factor into use; the other sessions ended.
    SecondFactorAdded,
    /// The second factor was taken away, by the user or an administrator.
    SecondFactorRemoved,
    /// The user had new recovery codes made; those before no longer count.
    RecoveryCodesMade,
    /// The user gave a recovery code in the place of a code of the app.
    RecoveryCodeUsed,
    /// The user added a key on a device.
    SecurityKeyAdded,
    /// The user took such a key away.
    SecurityKeyRemoved,
    /// An administrator said who the user is at the provider.
    ProviderLinked,
    /// An administrator took that away; the sessions ended.
    ProviderUnlinked,
    /// An administrator registered a public key of an organisation; what signed a person in was taken away.
    ServiceKeyAdded,
    /// An administrator withdrew such a key; the sessions ended.
    ServiceKeyEnded,
}

impl AccountChange {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::OwnPassword,
        Self::SecondFactorAdded,
        Self::SecondFactorRemoved,
        Self::RecoveryCodesMade,
        Self::RecoveryCodeUsed,
        Self::SecurityKeyAdded,
        Self::SecurityKeyRemoved,
        Self::ProviderLinked,
        Self::ProviderUnlinked,
        Self::ServiceKeyAdded,
        Self::ServiceKeyEnded,
    ];

    /// As a clause in Dutch that follows the name of who did it.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::OwnPassword => "heeft het eigen wachtwoord gewijzigd; de andere sessies zijn beëindigd",
            Self::SecondFactorAdded => "heeft een tweede factor in gebruik genomen",
            Self::SecondFactorRemoved => "heeft de tweede factor van een gebruiker verwijderd",
            Self::RecoveryCodesMade => "heeft nieuwe herstelcodes laten maken",
            Self::RecoveryCodeUsed => "heeft een herstelcode gebruikt in plaats van de app",
            Self::SecurityKeyAdded => "heeft een beveiligingssleutel toegevoegd om zich mee aan te melden",
            Self::SecurityKeyRemoved => "heeft een eigen beveiligingssleutel verwijderd",
            Self::ProviderLinked => "heeft een gebruiker gekoppeld aan een kenmerk bij de aanbieder van aanmelden",
            Self::ProviderUnlinked => "heeft de koppeling van een gebruiker met de aanbieder van aanmelden verwijderd",
            Self::ServiceKeyAdded => "heeft een sleutel van een systeem vastgelegd; een wachtwoord telt daar niet meer",
            Self::ServiceKeyEnded => "heeft een sleutel van een systeem ingetrokken",
        }
    }
}

/// Why an assertion of an organisation was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssertionRefusal {
    /// It is no assertion.
    Unreadable,
    /// There is no key that counts for who it says it is of.
    NoKey,
    /// It was not signed by that key, or says something else than it must.
    Wrong,
    /// It has run out, or is valid for too long.
    Time,
    /// It was used before.
    Again,
}

impl AssertionRefusal {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Unreadable, Self::NoKey, Self::Wrong, Self::Time, Self::Again];

    /// In Dutch, as it follows "kreeg als systeem geen token:".
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Unreadable => "de verklaring is niet te lezen",
            Self::NoKey => "er is geen sleutel die telt",
            Self::Wrong => "de verklaring klopt niet",
            Self::Time => "de verklaring is verlopen of te lang geldig",
            Self::Again => "de verklaring was al gebruikt",
        }
    }
}

/// Why who came back from a provider was not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderRefusal {
    /// What came back belongs to no sign-in that was begun in that browser, or one that took too long.
    NotBegun,
    /// It came back for the second time.
    Again,
    /// The provider said no.
    ByProvider,
    /// The code was not exchanged for a proof, or the provider could not be reached.
    NoProof,
    /// The proof is not that of this provider, for this site, for this sign-in, of now.
    WrongProof,
    /// The subject is linked to nobody.
    Nobody,
    /// The account is closed.
    Closed,
    /// Too many attempts that failed.
    Locked,
}

impl ProviderRefusal {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NotBegun,
        Self::Again,
        Self::ByProvider,
        Self::NoProof,
        Self::WrongProof,
        Self::Nobody,
        Self::Closed,
        Self::Locked,
    ];

    /// In Dutch, as it follows "kon zich niet aanmelden bij de aanbieder:".
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::NotBegun => "wat terugkwam hoort bij geen begonnen aanmelding",
            Self::Again => "wat terugkwam was al gebruikt",
            Self::ByProvider => "de aanbieder weigerde",
            Self::NoProof => "de aanbieder gaf geen bewijs",
            Self::WrongProof => "het bewijs van de aanbieder klopte niet",
            Self::Nobody => "het kenmerk is aan niemand gekoppeld",
            Self::Closed => "het account is gesloten",
            Self::Locked => "te veel pogingen, tijdelijk gesloten",
        }
    }
}
