//! Everything that may stand at a place, before what was typed chooses among it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::place::{After, Here, Kind};
use super::signature::{of_aggregation, of_function};
use super::{Item, ItemKind, Vocabulary};
use crate::base::number::quote;
use crate::base::span::Span;
use crate::model::labels::{METRIC_NAME, is_plain_label_name, is_plain_metric_name};
use crate::model::matcher::Matcher;
use crate::promql::functions;
use crate::promql::syntax::highlight::{TextClass, highlight};
use crate::promql::syntax::operator::{AGGREGATORS, BINARY_OPERATORS};
use crate::promql::syntax::options::Options;
use crate::promql::syntax::token::Keyword;

/// Whole patterns; `‸` is where the cursor stands then.
const PATTERNS: [&str; 4] = [
    "rate(‸[5m])",
    "sum by (job) (rate(‸[5m]))",
    "histogram_quantile(0.9, sum by (le) (rate(‸[5m])))",
    "topk(5, ‸)",
];
/// Lengths that are often wanted.
const LENGTHS: [&str; 6] = ["30s", "1m", "5m", "15m", "1h", "1d"];
/// Metrics whose labels are looked up for a list.
const MAX_METRICS: usize = 8;
/// Names or values that one look-up takes in.
const MAX_NAMES: usize = 10_000;

/// Everything that may stand at `here`.
pub fn candidates(here: &Here, text: &str, options: &Options, vocabulary: &dyn Vocabulary) -> Vec<Item> {
    let mut items = Vec::new();
    match &here.kind {
        // A number is no beginning of a name.
        Kind::Operand(_) if here.typed.starts_with(|c: char| c.is_ascii_digit()) => {}
        Kind::Operand(after) => {
            items.extend(words_behind(*after));
            operands(here, text, options, vocabulary, &mut items);
        }
        Kind::Operator { grouping, ranged } => operators(*grouping, *ranged, options, &mut items),
        Kind::Grouping => items.extend([Keyword::By, Keyword::Without].map(list_keyword)),
        Kind::LabelName(matchers) => {
            let names = vocabulary.label_names(matchers);
            let written = |name: &str| matchers.iter().any(|matcher| *matcher.name == *name);
            let names = names.iter().filter(|name| &***name != METRIC_NAME && !written(name));
            items.extend(names.take(MAX_NAMES).map(|name| label(name, here)));
        }
        Kind::LabelOperator => {
            let symbols = ["=", "!=", "=~", "!~"];
            items.extend(symbols.map(|symbol| item(ItemKind::Keyword, symbol, format!("{symbol}\"‸\""))));
        }
        Kind::LabelValue(label, matchers) => {
            let values = vocabulary.label_values(label, matchers);
            items.extend(values.iter().take(MAX_NAMES).map(|value| {
                let mut item = item(ItemKind::Value, value, quoted(value, here.quote));
                item.caret = item.insert.len() as u32;
                item
            }));
        }
        Kind::ListedLabel => {
            let names = listed(text, vocabulary);
            items.extend(names.iter().take(MAX_NAMES).map(|name| label(name, here)));
        }
        Kind::Length => lengths(&here.typed, &mut items),
        Kind::Instant => items.extend(["start()", "end()"].map(|word| plain(ItemKind::Keyword, word))),
        Kind::Nothing => {}
    }
    items
}

/// An item whose cursor stands at `‸`, or at the end.
fn item(kind: ItemKind, label: &str, insert: String) -> Item {
    let caret = insert.find('‸');
    let insert = insert.replacen('‸', "", 1);
    Item {
        kind,
        label: label.to_owned(),
        caret: caret.unwrap_or(insert.len()) as u32,
        insert,
        matched: Span::default(),
        detail: String::new(),
        help: String::new(),
    }
}

fn plain(kind: ItemKind, word: &str) -> Item {
    item(kind, word, word.to_owned())
}

/// `by (‸)`
fn list_keyword(keyword: Keyword) -> Item {
    item(ItemKind::Keyword, keyword.word(), format!("{} (‸)", keyword.word()))
}

fn words_behind(after: After) -> Vec<Item> {
    use Keyword::{Bool, GroupLeft, GroupRight, Ignoring, On};
    match after {
        After::Operator(op) => {
            let bool_word = op.is_comparison().then(|| plain(ItemKind::Keyword, Bool.word()));
            bool_word.into_iter().chain([On, Ignoring].map(list_keyword)).collect()
        }
        After::Matching => [GroupLeft, GroupRight].map(list_keyword).to_vec(),
        After::Begin | After::Modifier => Vec::new(),
    }
}

/// Metrics, functions, aggregations and patterns.
fn operands(here: &Here, text: &str, options: &Options, vocabulary: &dyn Vocabulary, items: &mut Vec<Item>) {
    let is_called = text[here.replaced.end as usize..].trim_start().starts_with('(');
    let call = |name: &str, has_arguments: bool| match (is_called, has_arguments) {
        (true, _) => name.to_owned(),
        (false, true) => format!("{name}(‸)"),
        (false, false) => format!("{name}()"),
    };
    for metric in vocabulary.metrics().iter().take(MAX_NAMES) {
        // Other names have to be written in braces and quotes.
        let insert =
            if is_plain_metric_name(metric) { metric.to_string() } else { format!("{{{}}}", quote(metric)) };
        items.push(item(ItemKind::Metric, metric, insert));
    }
    let allowed = |experimental: bool| !experimental || options.experimental_functions;
    for function in functions::all().iter().filter(|function| allowed(function.experimental)) {
        let insert = call(function.name, !function.arguments.is_empty());
        let mut item = item(ItemKind::Function, function.name, insert);
        item.detail = of_function(function).to_string();
        items.push(item);
    }
    for (op, name) in AGGREGATORS.iter().filter(|(op, _)| allowed(op.is_experimental())) {
        let mut item = item(ItemKind::Aggregation, name, call(name, true));
        item.detail = of_aggregation(*op).to_string();
        items.push(item);
    }
    for pattern in PATTERNS {
        items.push(item(ItemKind::Pattern, &pattern.replace('‸', "…"), pattern.to_owned()));
    }
}

fn operators(grouping: bool, ranged: bool, options: &Options, items: &mut Vec<Item>) {
    if grouping {
        items.extend([Keyword::By, Keyword::Without].map(list_keyword));
    }
    if ranged && options.extended_selectors {
        let words = [Keyword::Anchored, Keyword::Smoothed];
        items.extend(words.map(|keyword| plain(ItemKind::Keyword, keyword.word())));
    }
    items.push(plain(ItemKind::Keyword, Keyword::Offset.word()));
    items.push(plain(ItemKind::Keyword, "@"));
    items.extend(BINARY_OPERATORS.iter().map(|(_, symbol, _)| plain(ItemKind::Keyword, symbol)));
}

fn label(name: &str, here: &Here) -> Item {
    let insert = if here.quote.is_none() && is_plain_label_name(name) {
        name.to_owned()
    } else {
        quoted(name, here.quote)
    };
    item(ItemKind::Label, name, insert)
}

/// A text in the quotes that were opened, or in double ones where it needs escapes.
fn quoted(text: &str, opened: Option<char>) -> String {
    match opened {
        Some(opened @ ('\'' | '`')) if !text.contains([opened, '\\', '\n']) => {
            format!("{opened}{text}{opened}")
        }
        _ => quote(text),
    }
}

/// The labels of the metrics that the expression names; of all where it names none.
fn listed(text: &str, vocabulary: &dyn Vocabulary) -> BTreeSet<Arc<str>> {
    let mut metrics: Vec<&str> = Vec::new();
    for (span, class) in highlight(text) {
        let name = span.of(text);
        if class == TextClass::Metric && !metrics.contains(&name) && metrics.len() < MAX_METRICS {
            metrics.push(name);
        }
    }
    let of = |metric: &str| vocabulary.label_names(&[Matcher::equal(METRIC_NAME, metric)]);
    let mut names: BTreeSet<Arc<str>> = metrics.into_iter().flat_map(of).collect();
    if names.is_empty() {
        names.extend(vocabulary.label_names(&[]));
    }
    names.remove(METRIC_NAME);
    names
}

/// The usual lengths, or those with the number that was typed.
fn lengths(typed: &str, items: &mut Vec<Item>) {
    let number = typed.trim_end_matches(|c: char| !c.is_ascii_digit());
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        items.extend(LENGTHS.map(|length| plain(ItemKind::Duration, length)));
    } else {
        let units = ["s", "m", "h", "d"];
        items.extend(units.map(|unit| plain(ItemKind::Duration, &format!("{number}{unit}"))));
    }
}
