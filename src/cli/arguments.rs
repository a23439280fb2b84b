//! Arguments and their help, in Dutch.

use super::output::Answer;
use crate::drafting::model::DraftKind;
use crate::identity::Role;
use chrono::NaiveDate;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, error::ErrorKind};
use std::ffi::OsString;
use std::path::PathBuf;

const HELP: &str = "{about}\n\nGebruik: {usage}\n\n{all-args}";

/// Hulpmiddel voor gecombineerde zittingen in zaken van huiselijk geweld.
#[derive(Parser)]
#[command(name = "combizitting", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Brengt een verzonnen gezin door het hele werk en start de site.
    Demo {
        /// Map voor de documenten en de demodatabase.
        #[arg(long, value_name = "MAP", default_value = "demo-output")]
        out: PathBuf,
        /// Start de site niet.
        #[arg(long)]
        no_serve: bool,
    },
    /// Start de dienst; instellingen komen uit de omgeving (zie README).
    Serve,
    /// Toont het JSON-schema van een dossierbestand.
    Schema,
    /// Controleert een dossierbestand en meldt alle problemen tegelijk.
    Check {
        /// Dossierbestand (JSON).
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
    },
    /// Toetst een dossier aan de beoordelingskaders, zonder database.
    Assess {
        /// Dossierbestand (JSON).
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
        /// Alleen dit kader; mag vaker.
        #[arg(long, value_name = "KADER")]
        framework: Vec<String>,
        /// Peildatum (jjjj-mm-dd); zonder opgave vandaag.
        #[arg(long, value_name = "DATUM")]
        on: Option<NaiveDate>,
        /// Uitvoer: text of json.
        #[arg(long, value_enum, value_name = "VORM", default_value_t = Format::Text)]
        format: Format,
    },
    /// Zoekt botsingen, dekking, gaten en termijnen.
    Conflicts {
        /// Dossierbestand (JSON).
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
        /// Peildatum (jjjj-mm-dd); zonder opgave vandaag.
        #[arg(long, value_name = "DATUM")]
        on: Option<NaiveDate>,
        /// Uitvoer: text of json.
        #[arg(long, value_enum, value_name = "VORM", default_value_t = Format::Text)]
        format: Format,
    },
    /// Schrijft conceptbeslissingen en meldt wat afronding tegenhoudt.
    Draft {
        /// Dossierbestand (JSON).
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
        /// Soort concept: gezag, omgang, gedragsinterventie of huisverbod.
        #[arg(long, value_enum, value_name = "SOORT")]
        kind: Kind,
        /// Peildatum (jjjj-mm-dd); zonder opgave vandaag, of bij een oude zaak de laatste dag die het dossier kent.
        #[arg(long, value_name = "DATUM")]
        on: Option<NaiveDate>,
        /// Map voor de documenten.
        #[arg(long, value_name = "MAP")]
        out: PathBuf,
        /// Vormen, met komma's ertussen: pdf,html,docx.
        #[arg(long, value_enum, value_name = "VORMEN", value_delimiter = ',', default_values_t = [FileFormat::Pdf, FileFormat::Html, FileFormat::Docx])]
        format: Vec<FileFormat>,
    },
    /// Beheert de beoordelingskaders.
    Frameworks {
        /// What to do with them.
        #[command(subcommand)]
        action: FrameworksAction,
    },
    /// Maakt de database of werkt haar bij naar deze versie.
    Migrate,
    /// Toetst alle opgeslagen dossiers opnieuw, met alle kernen; gaat na onderbreken verder waar het was.
    Reassess {
        /// Bestand met één regel JSON per dossier; bestaat het al, dan wordt het aangevuld.
        #[arg(long, value_name = "BESTAND")]
        out: PathBuf,
        /// Peildatum (jjjj-mm-dd); zonder opgave die van het bestand, of vandaag.
        #[arg(long, value_name = "DATUM")]
        on: Option<NaiveDate>,
        /// Uitvoer van een eerdere keer: noemt welke bevindingen daarna anders zijn.
        #[arg(long, value_name = "BESTAND")]
        against: Option<PathBuf>,
    },
    /// Maakt een back-up van de hele database, ook terwijl de dienst draait.
    Backup {
        /// Bestand dat wordt gemaakt; het mag nog niet bestaan.
        #[arg(long, value_name = "BESTAND")]
        out: PathBuf,
    },
    /// Zet een back-up terug in een lege database en controleert het logboek.
    Restore {
        /// Bestand met de back-up.
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
    },
    /// Bewaartermijnen en vernietigen.
    Retention {
        /// What to do with them.
        #[command(subcommand)]
        action: RetentionAction,
    },
    /// Logboek.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        action: AuditAction,
    },
    /// Sleutels waarmee sessies worden ondertekend en dossiers verzegeld.
    Key {
        /// What to do with them.
        #[command(subcommand)]
        action: KeyAction,
    },
    /// Gebruikers.
    User {
        /// What to do with them.
        #[command(subcommand)]
        action: UserAction,
    },
}

#[derive(Subcommand)]
pub(super) enum AuditAction {
    /// Rekent alle ketens na en meldt wat niet klopt.
    Verify,
}

#[derive(Subcommand)]
pub(super) enum RetentionAction {
    /// Noemt de zaken waarvan de bewaartermijn om is, met de regel en wat vernietigen tegenhoudt.
    List {
        /// Peildatum (jjjj-mm-dd); zonder opgave vandaag.
        #[arg(long, value_name = "DATUM")]
        on: Option<NaiveDate>,
    },
    /// Schrijft het pakket voor het archief van een zaak waarvoor een voorstel tot vernietigen ligt.
    Package {
        /// Kenmerk van de zaak.
        #[arg(value_name = "KENMERK")]
        reference: String,
        /// Map die wordt gemaakt; zij mag nog niet bestaan.
        #[arg(long, value_name = "MAP")]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
pub(super) enum KeyAction {
    /// Noemt de sleutels en wat er nog mee is verzegeld, nooit de sleutels zelf.
    List,
    /// Maakt een nieuwe sleutel, terwijl de dienst draait; de oude telt nog zolang dat nodig is.
    Rotate {
        /// Welke: sessie of hoofd.
        #[arg(value_enum, value_name = "SLEUTEL")]
        which: WhichKey,
    },
    /// Haalt hoofdsleutels weg waarmee niets meer is verzegeld.
    Forget,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WhichKey {
    Sessie,
    Hoofd,
}

#[derive(Subcommand)]
pub(super) enum UserAction {
    /// Voegt een gebruiker toe; het wachtwoord komt van standaardinvoer.
    Add {
        /// Naam om mee in te loggen.
        #[arg(long, value_name = "NAAM")]
        login: String,
        /// Naam om te tonen.
        #[arg(long, value_name = "NAAM")]
        name: String,
        /// Rol: rechter, griffier, advocaat, ketenpartner, toezichthouder of beheerder.
        #[arg(long, value_name = "ROL")]
        role: Role,
    },
}

#[derive(Subcommand)]
pub(super) enum FrameworksAction {
    /// Controleert kaderbestanden: onbekende feiten, onbereikbare regels, ontbrekende bronnen en gevallen.
    Lint {
        /// Map met kaders; zonder opgave de ingebouwde.
        #[arg(value_name = "MAP")]
        dir: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum FileFormat {
    Pdf,
    Html,
    Docx,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    Gezag,
    Omgang,
    Gedragsinterventie,
    Huisverbod,
}

impl From<Kind> for DraftKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Gezag => Self::Gezag,
            Kind::Omgang => Self::Omgang,
            Kind::Gedragsinterventie => Self::Gedragsinterventie,
            Kind::Huisverbod => Self::Huisverbod,
        }
    }
}

pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Answer> {
    let matches = dutch(Arguments::command()).try_get_matches_from(arguments).map_err(|error| answer(&error))?;
    Arguments::from_arg_matches(&matches).map_err(|error| answer(&error))
}

/// Dutch headings in the help of a command and of all commands below it.
fn dutch(command: clap::Command) -> clap::Command {
    let help = clap::Arg::new("help").short('h').long("help").help("Toont deze uitleg.").action(clap::ArgAction::Help);
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command
        .help_template(HELP)
        .subcommand_help_heading("Opdrachten")
        .subcommand_value_name("OPDRACHT")
        .disable_help_flag(true)
        .arg(help)
        .disable_version_flag(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Argumenten" } else { "Opties" };
            let arg = arg.help_heading(heading);
            if arg.get_action().takes_values() { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        });
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, dutch))
}

fn answer(error: &clap::Error) -> Answer {
    use clap::error::{ContextKind, ContextValue};
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(value)) => value.clone(),
        Some(ContextValue::Strings(values)) => values.join(", "),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Answer::Help(error.render().to_string());
        }
        ErrorKind::MissingRequiredArgument => format!("Er ontbreekt een verplicht argument: {argument}."),
        ErrorKind::UnknownArgument => format!("Dit argument bestaat niet: {argument}."),
        ErrorKind::InvalidSubcommand => {
            format!("Deze opdracht bestaat niet: {}.", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "Er ontbreekt een opdracht.".to_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = text(ContextKind::ValidValue);
            let hint = if valid.is_empty() { String::new() } else { format!(" Mogelijk: {valid}.") };
            format!("Deze waarde past niet bij {argument}.{hint}")
        }
        _ => "De opdracht is niet begrepen.".to_owned(),
    };
    Answer::Misunderstood(message)
}
