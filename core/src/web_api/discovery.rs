//! `targets` and `scrape_pools`: what is scraped, and what relabeling dropped.

use super::global_url::{GlobalUrl, global_url};
use super::server::Source;
use super::status::date;
use super::tables::{Answer, Asked, told};
use crate::base::json::{Object, write_list, write_text};
use crate::model::labels::Labels;
use crate::promql::api::write_labels;
use crate::scrape::{PoolReport, TargetReport};

fn pools(source: &Source) -> &[PoolReport] {
    source.scraping.as_ref().map_or(&[], |scraping| &scraping.pools)
}

/// `scrape_pools`
pub fn scrape_pools(asked: &Asked<'_>) -> Answer {
    told(&mut |json| {
        let mut object = Object::begin(json);
        write_list(object.field("scrapePools"), pools(asked.source), |json, pool| {
            write_text(json, &pool.job)
        });
        object.end();
    })
}

/// `targets`
pub fn targets(asked: &Asked<'_>) -> Answer {
    let state = asked.form.first("state").to_ascii_lowercase();
    let wanted = |one: &str| state.is_empty() || state == "any" || state == one;
    let wish = asked.form.first("scrapePool");
    let all = pools(asked.source);
    let chosen = || all.iter().filter(|pool| wish.is_empty() || *pool.job == *wish);
    let mut active: Vec<&TargetReport> = Vec::new();
    let mut dropped: Vec<(&Labels, &str)> = Vec::new();
    if wanted("active") {
        active.extend(chosen().flat_map(|pool| &pool.targets));
    }
    if wanted("dropped") {
        dropped.extend(
            chosen().flat_map(|pool| pool.dropped.iter().map(|target| (&target.discovered, &*pool.job))),
        );
    }
    told(&mut |json| {
        let mut object = Object::begin(json);
        write_list(object.field("activeTargets"), &active, |json, target| {
            write_target(json, target, asked.source);
        });
        write_list(object.field("droppedTargets"), &dropped, |json, (discovered, pool)| {
            let mut object = Object::begin(json);
            write_labels(object.field("discoveredLabels"), discovered);
            object.text("scrapePool", pool);
            object.end();
        });
        if wanted("dropped") {
            let mut counts = Object::begin(object.field("droppedTargetCounts"));
            for pool in all {
                counts.plain(&pool.job, pool.dropped_count);
            }
            counts.end();
        } else {
            object.plain("droppedTargetCounts", "null");
        }
        object.end();
    })
}

fn write_target(json: &mut String, target: &TargetReport, source: &Source) {
    let own = GlobalUrl {
        listen_address: &source.server.listen_address,
        scheme: "http",
        host: &format!("{}:{}", source.server.host, port(&source.server.listen_address)),
    };
    let mut object = Object::begin(json);
    write_labels(object.field("discoveredLabels"), &target.discovered);
    write_labels(object.field("labels"), &target.labels);
    object
        .text("scrapePool", &target.job)
        .text("scrapeUrl", &target.url)
        .text("globalUrl", &global_url(&target.url, &own))
        .text("lastError", &target.last_error)
        .text("lastScrape", &target.last_scrape.map_or_else(|| "0001-01-01T00:00:00Z".to_owned(), date))
        .plain("lastScrapeDuration", target.last_duration_seconds)
        .text("health", target.health.name())
        .text("scrapeInterval", &target.interval.to_string())
        .text("scrapeTimeout", &target.timeout.to_string());
    object.end();
}

fn port(address: &str) -> &str {
    address.rsplit_once(':').map_or("", |(_, port)| port)
}
