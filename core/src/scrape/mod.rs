//! Layer 4: what Prometheus does to collect: configuration, discovery, targets, schedule, ingestion. It is handed a
//! page of text or a failure, never the yard, so it could scrape anything.
