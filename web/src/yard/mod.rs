//! The Yard page: services with their containers, who calls and who scrapes whom, and what can be done to them.

mod asked_for;
mod container_log;
mod container_sheet;
mod curves;
mod geometry;
mod lanes;
mod measure;
mod metrics_page;
mod order;
mod page;
mod page_rows;
mod page_search;
mod pan;
mod pulses;
mod reach;
mod routes;
mod scrape_lanes;
mod scraped;
mod service_card;
mod states;
mod tile;
mod traffic;
mod walk;

pub use asked_for::href_of_target;
pub use page::YardPage;
