//! What the parser accepts: the feature switches of a Prometheus server, and the budgets.

/// The longest expression that is read, in bytes.
pub const MAX_BYTES: u32 = 64 * 1024;
/// How deep a tree may be: the recursion of everything that walks it is bounded by this. Operators that follow each
/// other lie in one level.
pub const MAX_DEPTH: u32 = 200;
/// How many operators may follow each other, as in `a + b + c`.
pub const MAX_OPERATORS: u32 = 3000;

/// The switches. The default is a server without feature flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Functions and aggregators marked as experimental (`promql-experimental-functions`).
    pub experimental_functions: bool,
    /// Arithmetic on lengths of time (`foo[5m * 2]`), on by default.
    pub length_expressions: bool,
    /// `anchored` and `smoothed` (`promql-extended-range-selectors`).
    pub extended_selectors: bool,
    /// `fill`, `fill_left` and `fill_right` (`promql-binop-fill-modifiers`).
    pub fill_modifiers: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            experimental_functions: false,
            length_expressions: true,
            extended_selectors: false,
            fill_modifiers: false,
        }
    }
}

impl Options {
    /// Everything switched on.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            experimental_functions: true,
            length_expressions: true,
            extended_selectors: true,
            fill_modifiers: true,
        }
    }
}
