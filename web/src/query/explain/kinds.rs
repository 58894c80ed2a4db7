//! A sentence for each kind of node: what it makes of what lies below it.

use scrapeyard_core::lab::view::{NodeKind, NodeReport};

use super::fragment::text_of;
use crate::texts::Texts;

/// The sentence; nothing of what speaks for itself.
pub fn sentence(texts: &Texts, report: &NodeReport, expression: &str) -> Option<String> {
    let text = text_of(report, expression);
    match report.kind {
        NodeKind::Literal => None,
        NodeKind::Selector => Some(texts.say("kind-selector")),
        NodeKind::Window => Some(texts.say("kind-window")),
        NodeKind::Subquery => Some(texts.say("kind-subquery")),
        NodeKind::Call | NodeKind::Aggregation => texts.find_one(&format!("function-{}", first_word(text))),
        NodeKind::Binary if report.group_count > 0 => Some(texts.say("kind-matching")),
        NodeKind::Binary => None,
        NodeKind::Sign => Some(texts.say("kind-sign")),
    }
}

/// The name of a function or an aggregation stands first.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn the_name_ends_before_its_bracket() {
        assert_eq!(first_word("sum by (a) (b)"), "sum");
        assert_eq!(first_word("count_values(\"x\", b)"), "count_values");
        assert_eq!(first_word("한글"), "");
    }
}
