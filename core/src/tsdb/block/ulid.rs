//! The names of blocks: 48 bits of time and 80 of chance in 26 letters and digits (ULID).

/// Crockford's base 32: no I, L, O, U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Writes a ULID: milliseconds since the Unix epoch, of which 48 bits count, and 80 bits that tell apart.
pub(super) fn print(millis: i64, distinction: u128) -> String {
    let time = millis.clamp(0, (1 << 48) - 1) as u128;
    let number = (time << 80) | (distinction & ((1 << 80) - 1));
    (0..26).rev().map(|place| char::from(DIGITS[(number >> (place * 5)) as usize & 31])).collect()
}

/// Whether a text is a ULID. Letters may be small.
pub(super) fn is_ulid(text: &str) -> bool {
    let is_digit = |byte: u8| DIGITS.contains(&byte.to_ascii_uppercase());
    text.len() == 26 && text.bytes().all(is_digit) && text.as_bytes()[0] <= b'7'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_and_a_known_one() {
        assert_eq!(print(i64::MAX, u128::MAX), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assert_eq!(print(-5, 0), "00000000000000000000000000");
        // The example of the specification: 1469918176385 is 01ARYZ6S41.
        assert!(print(1_469_918_176_385, 1).starts_with("01ARYZ6S41"));
        assert!(is_ulid("01DXXFZDYD1MQW6079WK0K6EDQ"));
        assert!(!is_ulid("8ZZZZZZZZZZZZZZZZZZZZZZZZZ") && !is_ulid("01DXXFZDYD1MQW6079WK0K6EDU"));
    }
}
