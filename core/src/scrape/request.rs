//! The request that fetches a page: its headers as Prometheus sends them.

use std::sync::Arc;

use super::compatibility::Compatibility;
use super::config::{ScrapeConfig, ScrapeProtocol};
use crate::base::number::print_plain;
use crate::base::time::Millis;

/// Header names with values, in sending order.
pub fn headers(
    config: &ScrapeConfig,
    timeout: Millis,
    compatibility: Compatibility,
) -> Arc<[(String, String)]> {
    let encoding = if config.enable_compression { "gzip" } else { "identity" };
    let seconds = match compatibility {
        Compatibility::V2_13 => format!("{:.6}", timeout.as_secs_f64()),
        Compatibility::V3 => print_plain(timeout.as_secs_f64()),
    };
    [
        ("Accept", accept(config, compatibility)),
        ("Accept-Encoding", encoding.to_owned()),
        ("User-Agent", compatibility.user_agent().to_owned()),
        ("X-Prometheus-Scrape-Timeout-Seconds", seconds),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// The formats that are asked for, with weights that fall from the first on.
fn accept(config: &ScrapeConfig, compatibility: Compatibility) -> String {
    if compatibility == Compatibility::V2_13 {
        return "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
            .to_owned();
    }
    // Five protocols exist; the first of however many are asked for gets the weight above them all.
    let mut weight = 6;
    let mut values = Vec::new();
    for protocol in &config.scrape_protocols {
        // Only the newer text formats know an escaping.
        let names_escaping =
            matches!(protocol, ScrapeProtocol::PrometheusText1_0_0 | ScrapeProtocol::OpenMetricsText1_0_0);
        let escaping =
            if names_escaping { format!(";escaping={}", config.names.escaping()) } else { String::new() };
        values.push(format!("{}{escaping};q=0.{weight}", protocol.accept()));
        weight -= 1;
    }
    values.push(format!("*/*;q=0.{weight}"));
    values.join(",")
}
