//! The smallest input that still shows what was found.

use super::Target;
use super::verdict::{Outcome, judge};

/// Most tries: shrinking is for the reader, not for its own sake.
const TRIES: u32 = 4_000;

/// Leaves out parts, long ones first, as long as the check still fails. Gives the input and its reason.
pub fn smallest(target: &Target, input: &[u8], reason: String) -> (Vec<u8>, String) {
    let (mut best, mut best_reason) = (input.to_vec(), reason);
    let mut tries = 0;
    let mut length = best.len().div_ceil(2);
    while length > 0 && tries < TRIES {
        let (mut at, mut shorter) = (0, false);
        while at < best.len() && tries < TRIES {
            let mut smaller = best[..at].to_vec();
            smaller.extend_from_slice(&best[(at + length).min(best.len())..]);
            tries += 1;
            match judge(target, &smaller) {
                Outcome::Broken(reason) => (best, best_reason, shorter) = (smaller, reason, true),
                _ => at += length,
            }
        }
        // Single bytes are tried until nothing more goes.
        length = if length == 1 && shorter { 1 } else { length / 2 };
    }
    (best, best_reason)
}
