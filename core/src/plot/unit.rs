//! Units: what numbers of a chart are called and how they are written. Knows no axis and no language; a unit's sign is
//! the same in every language.

use super::written::{grouped, six_digits, trimmed};
use crate::base::number::print_plain;

/// A unit, by Grafana's name for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A number as it is.
    #[default]
    None,
    /// A number with k, M, G behind it.
    Short,
    /// 0 to 100.
    Percent,
    /// 0 to 1, shown as 0 to 100.
    PercentShare,
    /// Bytes by 1024: KiB, MiB.
    Bytes,
    /// Bytes by 1000: kB, MB.
    DecimalBytes,
    /// Bytes a second by 1000.
    BytesPerSecond,
    /// Bytes a second by 1024.
    BinaryBytesPerSecond,
    /// Bits by 1000.
    Bits,
    /// Bits a second by 1000.
    BitsPerSecond,
    /// Nanoseconds, and larger units of time from there.
    Nanoseconds,
    /// Microseconds, and others.
    Microseconds,
    /// Milliseconds, and others.
    Milliseconds,
    /// Seconds, and others.
    Seconds,
    /// Minutes, and others.
    Minutes,
    /// Hours, and others.
    Hours,
    /// Anything a second.
    CountsPerSecond,
    /// Requests a second.
    RequestsPerSecond,
    /// Operations a second.
    OperationsPerSecond,
    /// Hertz.
    Hertz,
    /// Degrees Celsius.
    Celsius,
}

/// A magnitude of a unit: a value divided by `factor` is written with `sign`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Magnitude {
    pub factor: f64,
    pub sign: &'static str,
}

const fn of(factor: f64, sign: &'static str) -> Magnitude {
    Magnitude { factor, sign }
}

const KIB: f64 = 1024.0;
const MIB: f64 = KIB * KIB;
const GIB: f64 = MIB * KIB;
const TIB: f64 = GIB * KIB;

/// The magnitudes of each family, from the least up.
const PLAIN: &[Magnitude] = &[of(1.0, "")];
const SHORT: &[Magnitude] = &[of(1.0, ""), of(1e3, "k"), of(1e6, "M"), of(1e9, "G"), of(1e12, "T")];
const PERCENT: &[Magnitude] = &[of(1.0, "%")];
const SHARE: &[Magnitude] = &[of(0.01, "%")];
const BYTES: &[Magnitude] = &[of(1.0, "B"), of(KIB, "KiB"), of(MIB, "MiB"), of(GIB, "GiB"), of(TIB, "TiB")];
const DECIMAL_BYTES: &[Magnitude] =
    &[of(1.0, "B"), of(1e3, "kB"), of(1e6, "MB"), of(1e9, "GB"), of(1e12, "TB")];
const BYTE_RATES: &[Magnitude] =
    &[of(1.0, "B/s"), of(1e3, "kB/s"), of(1e6, "MB/s"), of(1e9, "GB/s"), of(1e12, "TB/s")];
const BINARY_BYTE_RATES: &[Magnitude] =
    &[of(1.0, "B/s"), of(KIB, "KiB/s"), of(MIB, "MiB/s"), of(GIB, "GiB/s"), of(TIB, "TiB/s")];
const BITS: &[Magnitude] =
    &[of(1.0, "bit"), of(1e3, "kbit"), of(1e6, "Mbit"), of(1e9, "Gbit"), of(1e12, "Tbit")];
const BIT_RATES: &[Magnitude] =
    &[of(1.0, "bit/s"), of(1e3, "kbit/s"), of(1e6, "Mbit/s"), of(1e9, "Gbit/s"), of(1e12, "Tbit/s")];
/// In seconds.
const TIME: &[Magnitude] = &[
    of(1e-9, "ns"),
    of(1e-6, "µs"),
    of(1e-3, "ms"),
    of(1.0, "s"),
    of(60.0, "min"),
    of(3600.0, "h"),
    of(86_400.0, "d"),
];
const COUNT_RATES: &[Magnitude] = &[of(1.0, "/s"), of(1e3, "k/s"), of(1e6, "M/s"), of(1e9, "G/s")];
const REQUEST_RATES: &[Magnitude] =
    &[of(1.0, "req/s"), of(1e3, "k req/s"), of(1e6, "M req/s"), of(1e9, "G req/s")];
const OPERATION_RATES: &[Magnitude] =
    &[of(1.0, "ops/s"), of(1e3, "k ops/s"), of(1e6, "M ops/s"), of(1e9, "G ops/s")];
const HERTZ: &[Magnitude] = &[of(1.0, "Hz"), of(1e3, "kHz"), of(1e6, "MHz"), of(1e9, "GHz")];
const CELSIUS: &[Magnitude] = &[of(1.0, "°C")];

impl Unit {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 21] = [
        Self::None,
        Self::Short,
        Self::PercentShare,
        Self::Percent,
        Self::Seconds,
        Self::Milliseconds,
        Self::Microseconds,
        Self::Nanoseconds,
        Self::Minutes,
        Self::Hours,
        Self::Bytes,
        Self::DecimalBytes,
        Self::BytesPerSecond,
        Self::BinaryBytesPerSecond,
        Self::Bits,
        Self::BitsPerSecond,
        Self::CountsPerSecond,
        Self::RequestsPerSecond,
        Self::OperationsPerSecond,
        Self::Hertz,
        Self::Celsius,
    ];

    /// Grafana's name, as panels write it in `unit`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Short => "short",
            Self::Percent => "percent",
            Self::PercentShare => "percentunit",
            Self::Bytes => "bytes",
            Self::DecimalBytes => "decbytes",
            Self::BytesPerSecond => "Bps",
            Self::BinaryBytesPerSecond => "binBps",
            Self::Bits => "decbits",
            Self::BitsPerSecond => "bps",
            Self::Nanoseconds => "ns",
            Self::Microseconds => "µs",
            Self::Milliseconds => "ms",
            Self::Seconds => "s",
            Self::Minutes => "m",
            Self::Hours => "h",
            Self::CountsPerSecond => "cps",
            Self::RequestsPerSecond => "reqps",
            Self::OperationsPerSecond => "ops",
            Self::Hertz => "hertz",
            Self::Celsius => "celsius",
        }
    }

    /// Its name in plain letters, the end of its text's key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Microseconds => "us",
            other => other.id(),
        }
    }

    /// The unit of Grafana's name; some have several. `None` for one that is not known here: the name is then kept
    /// by whoever read it, and the values are drawn as they are.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Some(match id {
            "" => Self::None,
            "us" | "μs" => Self::Microseconds,
            "bits" => Self::Bits,
            "binbps" => Self::BitsPerSecond,
            "rps" | "wps" | "iops" => Self::OperationsPerSecond,
            "dtdurations" | "clocks" => Self::Seconds,
            "dtdurationms" | "clockms" => Self::Milliseconds,
            _ => return Self::ALL.into_iter().find(|unit| unit.id() == id),
        })
    }

    /// The magnitudes from the least up, with the factor by which a value comes to their common measure.
    const fn family(self) -> (&'static [Magnitude], f64) {
        match self {
            Self::None => (PLAIN, 1.0),
            Self::Short => (SHORT, 1.0),
            Self::Percent => (PERCENT, 1.0),
            Self::PercentShare => (SHARE, 1.0),
            Self::Bytes => (BYTES, 1.0),
            Self::DecimalBytes => (DECIMAL_BYTES, 1.0),
            Self::BytesPerSecond => (BYTE_RATES, 1.0),
            Self::BinaryBytesPerSecond => (BINARY_BYTE_RATES, 1.0),
            Self::Bits => (BITS, 1.0),
            Self::BitsPerSecond => (BIT_RATES, 1.0),
            Self::Nanoseconds => (TIME, 1e-9),
            Self::Microseconds => (TIME, 1e-6),
            Self::Milliseconds => (TIME, 1e-3),
            Self::Seconds => (TIME, 1.0),
            Self::Minutes => (TIME, 60.0),
            Self::Hours => (TIME, 3600.0),
            Self::CountsPerSecond => (COUNT_RATES, 1.0),
            Self::RequestsPerSecond => (REQUEST_RATES, 1.0),
            Self::OperationsPerSecond => (OPERATION_RATES, 1.0),
            Self::Hertz => (HERTZ, 1.0),
            Self::Celsius => (CELSIUS, 1.0),
        }
    }

    /// The magnitude in which `value` is at least one, or the least there is; zero is written in the unit itself. The
    /// factor is in the unit's own measure.
    pub(super) fn magnitude(self, value: f64) -> Magnitude {
        let (family, measure) = self.family();
        let size = value.abs() * measure;
        // What would be rounded up to the next magnitude counts as it: 999.9999 ms is 1 s.
        let fits = |one: &&Magnitude| size >= one.factor * (1.0 - 1e-6);
        let found = if size == 0.0 || !size.is_finite() {
            family.iter().find(|one| one.factor == measure)
        } else {
            family.iter().rev().find(fits)
        };
        let magnitude = found.or(family.first()).copied().unwrap_or(of(1.0, ""));
        Magnitude { factor: magnitude.factor / measure, ..magnitude }
    }

    /// A value as tooltip, legend and table show it: `12.3 ms`, `1.5 MiB`, `45.2 %`; a bare number with six digits.
    /// `decimals` demands so many. What is no number is written as Prometheus writes it.
    #[must_use]
    pub fn shown(self, value: f64, decimals: Option<u8>) -> String {
        if !value.is_finite() {
            return print_plain(value);
        }
        let magnitude = self.magnitude(value);
        let scaled = value / magnitude.factor;
        let number = match decimals {
            Some(decimals) => grouped(&format!("{scaled:.*}", usize::from(decimals.min(15)))),
            None if self == Self::None => six_digits(value),
            None => four_digits(scaled),
        };
        if magnitude.sign.is_empty() { number } else { format!("{number} {}", magnitude.sign) }
    }
}

/// Four digits, of which zeros at the end are left out.
fn four_digits(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e15).contains(&magnitude) {
        return format!("{value:.2e}");
    }
    let whole_digits = libm::floor(libm::log10(magnitude)) as i32 + 1;
    let decimals = (4 - whole_digits).clamp(0, 6) as usize;
    grouped(trimmed(&format!("{value:.decimals$}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_the_magnitude_that_fits_them() {
        for (unit, value, shown) in [
            (Unit::None, 5.123_456_789, "5.12346"),
            (Unit::None, 123_456_789.0, "123,456,789"),
            (Unit::Short, 1_500.0, "1.5 k"),
            (Unit::Short, 3.0, "3"),
            (Unit::Bytes, 1_572_864.0, "1.5 MiB"),
            (Unit::Bytes, 0.0, "0 B"),
            (Unit::Bytes, 1023.0, "1,023 B"),
            (Unit::DecimalBytes, 11_800_000.0, "11.8 MB"),
            (Unit::BytesPerSecond, 2_048.0, "2.048 kB/s"),
            (Unit::Seconds, 0.0123, "12.3 ms"),
            (Unit::Seconds, 0.0, "0 s"),
            (Unit::Seconds, 90.0, "1.5 min"),
            (Unit::Seconds, -0.25, "-250 ms"),
            (Unit::Milliseconds, 1_500.0, "1.5 s"),
            (Unit::Milliseconds, 999.999_999, "1 s"),
            (Unit::Milliseconds, 0.0, "0 ms"),
            (Unit::Percent, 45.236, "45.24 %"),
            (Unit::PercentShare, 0.4523, "45.23 %"),
            (Unit::PercentShare, 0.0, "0 %"),
            (Unit::RequestsPerSecond, 5.449_9, "5.45 req/s"),
            (Unit::RequestsPerSecond, 12_000.0, "12 k req/s"),
            (Unit::CountsPerSecond, 0.03, "0.03 /s"),
            (Unit::Seconds, f64::NAN, "NaN"),
            (Unit::Bytes, f64::INFINITY, "+Inf"),
            (Unit::Seconds, 1e-300, "1.00e-291 ns"),
        ] {
            assert_eq!(unit.shown(value, None), shown, "{unit:?} {value}");
        }
        assert_eq!(Unit::Seconds.shown(0.012_34, Some(0)), "12 ms");
        assert_eq!(Unit::None.shown(1234.5, Some(2)), "1,234.50");
        assert_eq!(Unit::None.shown(0.1, Some(255)).len(), 17);
    }

    #[test]
    fn ids_lead_back_to_their_units() {
        for unit in Unit::ALL {
            assert_eq!(Unit::of_id(unit.id()), Some(unit));
        }
        assert_eq!(Unit::of_id("us"), Some(Unit::Microseconds));
        assert_eq!(Unit::of_id("furlongs"), None);
    }

    #[test]
    fn every_magnitude_rises() {
        for unit in Unit::ALL {
            let (family, measure) = unit.family();
            assert!(family.is_sorted_by(|one, next| one.factor < next.factor), "{unit:?}");
            let own = if unit == Unit::PercentShare { 0.01 } else { measure };
            assert!(family.iter().any(|one| one.factor == own), "{unit:?} has its own sign");
        }
    }
}
