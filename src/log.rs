//! Log lines of the service: JSON, one a line. Our own lines carry ids and route patterns, never
//! content. Libraries are heard from level INFO up only, whatever the operator asks: below that a
//! template engine or a database driver tells the values it works with.

use tracing::Level;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Starts writing log lines; `wanted` is as in RUST_LOG, and `info` when it cannot be read.
/// False when this process had a log already; then that one stays.
#[must_use]
pub fn start<W>(wanted: &str, to: W) -> bool
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let asked = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new("info"));
    let own = filter_fn(|about| about.target().starts_with("combizitting") || *about.level() <= Level::INFO);
    let lines = tracing_subscriber::fmt::layer().json().with_writer(to).with_filter(asked.and(own));
    tracing_subscriber::registry().with(lines).try_init().is_ok()
}
