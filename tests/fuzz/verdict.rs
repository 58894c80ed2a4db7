//! One input, judged: a panic and a lack of haste are findings like any other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::Target;

/// How long one input may take on a busy machine. Inputs are small; what takes seconds has no budget.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was understood, and everything holds.
    Understood,
    /// It was refused, and everything holds.
    Refused,
    /// Something does not hold.
    Broken(String),
}

/// Runs a target's check on an input.
#[must_use]
pub fn judge(target: &Target, input: &[u8]) -> Outcome {
    let begun = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.check)(input)));
    let took = begun.elapsed();
    match outcome {
        Err(panic) => Outcome::Broken(format!("panics: {}", text_of(panic.as_ref()))),
        Ok(Err(reason)) => Outcome::Broken(reason),
        Ok(Ok(_)) if took > PATIENCE => Outcome::Broken(format!("takes {:.1} s", took.as_secs_f64())),
        Ok(Ok(true)) => Outcome::Understood,
        Ok(Ok(false)) => Outcome::Refused,
    }
}

fn text_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words").to_owned()
}
