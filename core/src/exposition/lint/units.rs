//! Units in metric names: base units, what should be one, and abbreviations. Converts nothing.

/// What stands for a unit and should be written out.
pub(super) const ABBREVIATED: &str = "s ms us ns sec b kb mb gb tb pb m h d";

/// Base units with the units that should be told in them.
const UNITS: &str = "amperes:amperes bytes:bytes,bits celsius:celsius,fahrenheit,rankine grams:grams,pounds,ounces \
                     joules:joules,calories kelvin:kelvin,kelvins meters:meters,inches,yards,miles metres:metres \
                     seconds:seconds,minutes,hours,days,weeks volts:volts";

/// Multiples and parts. `mibi` is promtool's own.
const PREFIXES: &str =
    "pico nano micro milli centi deci deca hecto kilo kibi mega mibi giga gibi tera tebi peta pebi";

/// The first unit in a metric's name, with the base unit that it should be told in.
pub(super) fn of(name: &str) -> Option<(&'static str, &str)> {
    name.split('_').find_map(|part| {
        let plain = PREFIXES.split(' ').filter_map(|prefix| part.strip_prefix(prefix));
        let base = std::iter::once(part).chain(plain).find_map(base_of)?;
        Some((base, part))
    })
}

fn base_of(unit: &str) -> Option<&'static str> {
    UNITS.split(' ').find_map(|row| {
        let (base, units) = row.split_once(':')?;
        units.split(',').any(|known| known == unit).then_some(base)
    })
}
