//! Makes a new input of an old one: pieces go, come, move, double and change.

use scrapeyard_core::base::random::Stream;

/// The longest input, in bytes: what is longer teaches nothing new and takes longer.
const LONGEST: usize = 8 * 1024;
/// Numbers at edges of all kinds.
const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "2",
    "NaN",
    "Inf",
    "-Inf",
    "1e308",
    "-1e308",
    "5e-324",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e400",
    "0x1p-2",
    "0.1",
    "-0",
];

/// A mutated copy of `input`; `other` lends parts.
pub fn mutated(input: &[u8], other: &[u8], pieces: &[&str], random: &mut Stream) -> Vec<u8> {
    let mut bytes = input.to_vec();
    // Mostly a little: what is changed much is refused at its first byte.
    let changes = 1 + random.below(3) + if random.chance(0.1) { random.below(12) } else { 0 };
    for _ in 0..changes {
        change(&mut bytes, other, pieces, random);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, other: &[u8], pieces: &[&str], random: &mut Stream) {
    let at = random.below(bytes.len() as u64 + 1) as usize;
    let longest = if random.chance(0.2) { 64 } else { 6 };
    let length = 1 + random.below(longest) as usize;
    let until = (at + length).min(bytes.len());
    match random.below(9) {
        0 => drop(bytes.drain(at..until)),
        1 => insert(bytes, at, one_of(pieces, random).as_bytes()),
        2 => drop(bytes.splice(at..until, one_of(pieces, random).bytes())),
        3 => {
            let from = random.below(other.len() as u64 + 1) as usize;
            let lent = &other[from..(from + length * 2).min(other.len())];
            insert(bytes, at, lent);
        }
        4 => {
            let doubled = bytes[at..until].to_vec();
            insert(bytes, at, &doubled);
        }
        5 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.bits() as u8;
            }
        }
        6 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        7 => replace_number(bytes, at, random),
        _ => swap_lines(bytes, random),
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    bytes.splice(at..at, what.iter().copied());
}

fn one_of<'p>(pieces: &[&'p str], random: &mut Stream) -> &'p str {
    pieces.get(random.below(pieces.len() as u64) as usize).copied().unwrap_or("")
}

/// Puts another number in the place of the next one.
fn replace_number(bytes: &mut Vec<u8>, from: usize, random: &mut Stream) {
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|place| from + place) else {
        return;
    };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number =
        if random.chance(0.5) { one_of(NUMBERS, random).to_owned() } else { random.below(100).to_string() };
    bytes.splice(start..start + length, number.bytes());
}

/// Exchanges two lines, so that what belongs together comes apart.
fn swap_lines(bytes: &mut Vec<u8>, random: &mut Stream) {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let count = lines.len() as u64;
    if count < 2 {
        return;
    }
    lines.swap(random.below(count) as usize, random.below(count) as usize);
    *bytes = lines.join(&b'\n');
}
