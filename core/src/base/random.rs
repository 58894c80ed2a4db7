//! Reproducible randomness: one seed, many named streams.
//!
//! Each owner (a container, a traffic source) draws from a stream of its own name, so scaling one service never
//! disturbs the draws of another. Distributions are inversions over `libm`: the same bits natively and in wasm.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

/// What a lab's randomness starts from. The same seed and the same journal give the same yard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seed(pub u64);

/// A source of random numbers that belongs to one named owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream(Pcg64Mcg);

impl Seed {
    /// The stream of the owner called `name`; the same seed and name give the same stream.
    #[must_use]
    pub fn stream(self, name: &str) -> Stream {
        Stream(Pcg64Mcg::seed_from_u64(self.derive(name)))
    }

    /// A number that depends on the seed and `name` alone (FNV-1a, then a finishing mix of splitmix64).
    #[must_use]
    pub fn derive(self, name: &str) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in self.0.to_le_bytes().into_iter().chain(name.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    }
}

impl Stream {
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `[0, 1)`, uniform, with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number in `[0, bound)`, uniform; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        // A multiplication of 64 by 64 bits maps the range without a division; its bias is below 2^-32 for any
        // bound the lab uses.
        ((u128::from(self.bits()) * u128::from(bound)) >> 64) as u64
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A waiting time with the given mean, exponentially distributed: the gap between arrivals of a Poisson process.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.uniform())
    }

    /// A normally distributed number (Box and Muller's form, one of its two values).
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        mean + deviation * radius * libm::cos(2.0 * std::f64::consts::PI * self.uniform())
    }

    /// A positive number whose logarithm is normal: `median` is its middle, `spread` the deviation of the logarithm.
    /// The usual shape of latencies.
    pub fn log_normal(&mut self, median: f64, spread: f64) -> f64 {
        median * libm::exp(self.normal(0.0, spread))
    }

    /// Puts the items into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_depend_on_seed_and_name_only() {
        let draw = |seed, name| Seed(seed).stream(name).bits();
        assert_eq!(draw(1, "a"), draw(1, "a"));
        assert_ne!(draw(1, "a"), draw(1, "b"));
        assert_ne!(draw(1, "a"), draw(2, "a"));
    }

    #[test]
    fn means_are_right() {
        let mut stream = Seed(7).stream("means");
        let mean = |draw: &mut dyn FnMut() -> f64| (0..20_000).map(|_| draw()).sum::<f64>() / 20_000.0;
        assert!((mean(&mut || stream.uniform()) - 0.5).abs() < 0.01);
        assert!((mean(&mut || stream.exponential(3.0)) - 3.0).abs() < 0.1);
        assert!((mean(&mut || stream.normal(5.0, 2.0)) - 5.0).abs() < 0.1);
        assert!((mean(&mut || stream.below(10) as f64) - 4.5).abs() < 0.1);
    }
}
