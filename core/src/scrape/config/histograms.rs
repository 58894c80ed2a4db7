//! What a job says of histograms.

use super::global::Global;
use crate::model::histogram::{MAX_EXPONENTIAL_SCHEMA, MIN_EXPONENTIAL_SCHEMA};
use crate::yaml::{Node, Read, Reader};

/// Which histograms are taken, and how. What the job does not say is filled in from the global section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histograms {
    scrape_native: Option<bool>,
    convert_classic: Option<bool>,
    always_scrape_classic: Option<bool>,
    bucket_limit: u64,
    min_bucket_factor: f64,
}

impl Histograms {
    /// Whether native histograms are taken where a target hands them over.
    #[must_use]
    pub fn scrapes_native(&self) -> bool {
        self.scrape_native == Some(true)
    }

    /// Whether classic histograms become native ones with custom buckets.
    #[must_use]
    pub fn converts_classic(&self) -> bool {
        self.convert_classic == Some(true)
    }

    /// Whether the series of a classic histogram are kept although there is a native one.
    #[must_use]
    pub fn keeps_classic(&self) -> bool {
        self.always_scrape_classic == Some(true)
    }

    /// The most buckets that a native histogram may have; 0 is no limit.
    #[must_use]
    pub const fn bucket_limit(&self) -> u64 {
        self.bucket_limit
    }

    /// The finest resolution that a native histogram may have: that of buckets which grow by no less than the factor
    /// that the job names.
    ///
    /// Source: Prometheus `scrape/scrape.go`, `pickSchema`.
    #[must_use]
    pub fn finest_schema(&self) -> i32 {
        if self.min_bucket_factor.is_nan() || self.min_bucket_factor <= 1.0 {
            return MAX_EXPONENTIAL_SCHEMA;
        }
        let schema = libm::floor(-libm::log2(libm::log2(self.min_bucket_factor)));
        schema.clamp(f64::from(MIN_EXPONENTIAL_SCHEMA), f64::from(MAX_EXPONENTIAL_SCHEMA)) as i32
    }

    /// Reads a field; `false` where it is none of these.
    pub(super) fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        match name {
            "scrape_native_histograms" => reader.put(&mut self.scrape_native, value)?,
            "convert_classic_histograms_to_nhcb" => reader.put(&mut self.convert_classic, value)?,
            "always_scrape_classic_histograms" => reader.put(&mut self.always_scrape_classic, value)?,
            "native_histogram_bucket_limit" => reader.put(&mut self.bucket_limit, value)?,
            "native_histogram_min_bucket_factor" => reader.put(&mut self.min_bucket_factor, value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Takes what is not said from the global section.
    pub(super) fn inherit(&mut self, global: &Global) {
        self.scrape_native.get_or_insert(global.scrape_native_histograms);
        self.convert_classic.get_or_insert(global.convert_classic_histograms);
        self.always_scrape_classic.get_or_insert(global.always_scrape_classic_histograms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_schema_follows_from_the_least_factor() {
        let finest =
            |min_bucket_factor| Histograms { min_bucket_factor, ..Histograms::default() }.finest_schema();
        let factors = [0.0, 1.0, 1.002, 1.1, 1.5, 2.0, 4.0, 256.0, 65_536.0, 1e9];
        assert_eq!(factors.map(finest), [8, 8, 8, 2, 0, 0, -1, -3, -4, -4]);
    }
}
