//! The hash of a label set by which `limit_ratio` chooses: XXH64 of the labels as Prometheus lays them out in memory.
//!
//! Source: the XXH64 specification; the layout is that of Prometheus's default build.

use crate::model::labels::Labels;

const PRIMES: [u64; 5] = [
    0x9e37_79b1_85eb_ca87,
    0xc2b2_ae3d_27d4_eb4f,
    0x1656_67b1_9e37_79f9,
    0x85eb_ca77_c2b2_ae63,
    0x27d4_eb2f_1656_67c5,
];

/// The hash of a label set.
#[must_use]
pub fn hash(labels: &Labels) -> u64 {
    let mut bytes = Vec::new();
    for label in labels {
        push(&mut bytes, &label.name);
        push(&mut bytes, &label.value);
    }
    xxh64(&bytes)
}

/// A text after its length: one byte, or 255 and three bytes.
fn push(bytes: &mut Vec<u8>, text: &str) {
    match u8::try_from(text.len()) {
        Ok(length) if length < 255 => bytes.push(length),
        _ => {
            bytes.push(255);
            bytes.extend_from_slice(&(text.len() as u64).to_le_bytes()[..3]);
        }
    }
    bytes.extend_from_slice(text.as_bytes());
}

/// XXH64 with seed 0.
fn xxh64(bytes: &[u8]) -> u64 {
    let [first, second, ..] = PRIMES;
    let (stripes, rest) = bytes.as_chunks::<32>();
    let mut hash = if stripes.is_empty() {
        PRIMES[4]
    } else {
        let mut lanes = [first.wrapping_add(second), second, 0, 0_u64.wrapping_sub(first)];
        for stripe in stripes {
            for (lane, word) in lanes.iter_mut().zip(stripe.as_chunks::<8>().0) {
                *lane = round(*lane, u64::from_le_bytes(*word));
            }
        }
        let turned = lanes.iter().zip([1, 7, 12, 18]).map(|(lane, bits)| lane.rotate_left(bits));
        let joined = turned.fold(0, u64::wrapping_add);
        lanes
            .iter()
            .fold(joined, |hash, lane| (hash ^ round(0, *lane)).wrapping_mul(first).wrapping_add(PRIMES[3]))
    };
    hash = hash.wrapping_add(bytes.len() as u64);
    let (words, rest) = rest.as_chunks::<8>();
    for word in words {
        hash = (hash ^ round(0, u64::from_le_bytes(*word))).rotate_left(27);
        hash = hash.wrapping_mul(first).wrapping_add(PRIMES[3]);
    }
    let (halves, rest) = rest.as_chunks::<4>();
    for half in halves {
        hash = (hash ^ u64::from(u32::from_le_bytes(*half)).wrapping_mul(first)).rotate_left(23);
        hash = hash.wrapping_mul(second).wrapping_add(PRIMES[2]);
    }
    for byte in rest {
        hash = (hash ^ u64::from(*byte).wrapping_mul(PRIMES[4])).rotate_left(11).wrapping_mul(first);
    }
    hash = (hash ^ hash >> 33).wrapping_mul(second);
    hash = (hash ^ hash >> 29).wrapping_mul(PRIMES[2]);
    hash ^ hash >> 32
}

fn round(lane: u64, word: u64) -> u64 {
    let [first, second, ..] = PRIMES;
    lane.wrapping_add(word.wrapping_mul(second)).rotate_left(31).wrapping_mul(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hashes() {
        assert_eq!(xxh64(b""), 0xef46_db37_51d8_e999);
        assert_eq!(xxh64(b"a"), 0xd24e_c4f1_a98c_6e5b);
        assert_eq!(xxh64(b"as"), 0x1c33_0fb2_d66b_e179);
        assert_eq!(xxh64(b"asdf"), 0x4158_72f5_99ce_a71e);
        let long = b"Call me Ishmael. Some years ago--never mind how long precisely-";
        assert_eq!(xxh64(long), 0x02a2_e854_70d6_fd96);
    }
}
