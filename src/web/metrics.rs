//! Prometheus metrics in text format 0.0.4: counts and durations per route, no personal data.
//! Routes come from the endpoint table, so the number of series is bounded.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// Upper bounds of the duration buckets in seconds.
const BUCKETS: [f64; 7] = [0.005, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0];

#[derive(Default)]
struct Series {
    by_status: BTreeMap<u16, u64>,
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

/// Counts of answered requests, and the outcome of the check of the audit trail at the start.
#[derive(Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<(&'static str, &'static str), Series>>,
    trail_problems: OnceLock<usize>,
}

impl Metrics {
    /// Remembers how many things did not agree in the audit trail when the service started.
    pub fn trail_checked(&self, problems: usize) {
        // Only the first check counts, the one at the start.
        let _ = self.trail_problems.set(problems);
    }

    /// Counts one answered request.
    pub fn observe(&self, method: &'static str, route: &'static str, status: u16, took: Duration) {
        let mut all = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let series = all.entry((route, method)).or_default();
        *series.by_status.entry(status).or_default() += 1;
        series.count += 1;
        series.seconds += took.as_secs_f64();
        for (bound, count) in BUCKETS.iter().zip(&mut series.buckets) {
            if took.as_secs_f64() <= *bound {
                *count += 1;
            }
        }
    }

    /// All series as text.
    #[must_use]
    pub fn render(&self) -> String {
        let all = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        if let Some(problems) = self.trail_problems.get() {
            out.push_str("# HELP combizitting_logboek_problemen Wat bij de start niet klopte in het logboek.\n");
            out.push_str("# TYPE combizitting_logboek_problemen gauge\n");
            // Writing to a String cannot fail.
            let _ = writeln!(out, "combizitting_logboek_problemen {problems}");
        }
        out.push_str("# HELP combizitting_http_requests_total Beantwoorde aanvragen.\n");
        out.push_str("# TYPE combizitting_http_requests_total counter\n");
        for ((route, method), series) in all.iter() {
            for (status, count) in &series.by_status {
                // Writing to a String cannot fail.
                let _ = writeln!(
                    out,
                    "combizitting_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
                );
            }
        }
        out.push_str("# HELP combizitting_http_request_seconds Duur van aanvragen.\n");
        out.push_str("# TYPE combizitting_http_request_seconds histogram\n");
        for ((route, method), series) in all.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\"");
            let name = "combizitting_http_request_seconds";
            for (bound, count) in BUCKETS.iter().zip(&series.buckets) {
                let _ = writeln!(out, "{name}_bucket{{{labels},le=\"{bound}\"}} {count}");
            }
            let _ = writeln!(out, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", series.count);
            let _ = writeln!(out, "{name}_sum{{{labels}}} {}", series.seconds);
            let _ = writeln!(out, "{name}_count{{{labels}}} {}", series.count);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up_and_name_only_the_route() {
        let metrics = Metrics::default();
        metrics.observe("GET", "/zaken/{dossier}", 200, Duration::from_millis(10));
        metrics.observe("GET", "/zaken/{dossier}", 404, Duration::from_secs(60));
        let text = metrics.render();
        assert!(text.contains("_bucket{method=\"GET\",route=\"/zaken/{dossier}\",le=\"0.005\"} 0"), "{text}");
        assert!(text.contains("le=\"0.02\"} 1") && text.contains("le=\"+Inf\"} 2"), "{text}");
        assert!(text.contains("status=\"404\"} 1"), "{text}");
    }
}
