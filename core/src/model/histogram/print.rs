//! A histogram as text, as Prometheus prints it: `{count:4, sum:3.5, (1,2]:4}`.

use std::fmt;

use super::{Bucket, FloatHistogram};
use crate::base::number::print_general;

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.lower_inclusive { '[' } else { '(' };
        let close = if self.upper_inclusive { ']' } else { ')' };
        let (lower, upper) = (print_general(self.lower), print_general(self.upper));
        write!(f, "{open}{lower},{upper}{close}:{}", print_general(self.count))
    }
}

impl fmt::Display for FloatHistogram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{count:{}, sum:{}", print_general(self.count), print_general(self.sum))?;
        let buckets = self.negative_buckets().rev().chain(self.zero_bucket()).chain(self.positive_buckets());
        for bucket in buckets {
            write!(f, ", {bucket}")?;
        }
        f.write_str("}")
    }
}
