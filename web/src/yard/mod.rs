//! The Yard page: services with their containers, who calls and who scrapes whom, and what can be done to them.

mod container_sheet;
mod geometry;
mod lanes;
mod measure;
mod order;
mod page;
mod pulses;
mod routes;
mod scrape_lanes;
mod service_card;
mod states;
mod tile;
mod traffic;

pub use page::YardPage;
