//! One relabeling rule: its fields, their defaults and what they may not be together.

use crate::base::number::quote;
use crate::model::labels::is_plain_label_name;
use crate::model::regex::AnchoredRegex;
use crate::scrape::config::ConfigError;
use crate::yaml::{Budget, Content, Dialect, FromNode, Node, Problem, Read, Reader, Resolved, resolve};

/// What a rule does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Writes the replacement into the target label where the regex matches.
    #[default]
    Replace,
    /// Drops what does not match.
    Keep,
    /// Drops what matches.
    Drop,
    /// Drops where source and target label differ.
    KeepEqual,
    /// Drops where source and target label are equal.
    DropEqual,
    /// Writes the hash of the source, modulo `modulus`.
    HashMod,
    /// Copies labels whose name matches to the name that the replacement gives.
    LabelMap,
    /// Removes labels whose name matches.
    LabelDrop,
    /// Removes labels whose name does not match.
    LabelKeep,
    /// Writes the source in lower case.
    Lowercase,
    /// Writes the source in upper case.
    Uppercase,
}

const ACTIONS: [(Action, &str); 11] = [
    (Action::Replace, "replace"),
    (Action::Keep, "keep"),
    (Action::Drop, "drop"),
    (Action::KeepEqual, "keepequal"),
    (Action::DropEqual, "dropequal"),
    (Action::HashMod, "hashmod"),
    (Action::LabelMap, "labelmap"),
    (Action::LabelDrop, "labeldrop"),
    (Action::LabelKeep, "labelkeep"),
    (Action::Lowercase, "lowercase"),
    (Action::Uppercase, "uppercase"),
];

impl Action {
    /// The word of the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        ACTIONS.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }

    /// The action of this name, in whatever case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        ACTIONS.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }
}

/// The regex that stands where none is written.
pub const DEFAULT_REGEX: &str = "(.*)";
/// The separator that stands where none is written.
pub const DEFAULT_SEPARATOR: &str = ";";
/// The replacement that stands where none is written.
pub const DEFAULT_REPLACEMENT: &str = "$1";

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The labels whose values, joined, are matched.
    pub source_labels: Vec<String>,
    /// What stands between the joined values.
    pub separator: String,
    /// The regex as written.
    pub pattern: String,
    /// The regex, anchored at both ends.
    pub regex: AnchoredRegex,
    /// What `hashmod` divides by.
    pub modulus: u64,
    /// The label that is written; may hold `$1` for `replace`.
    pub target_label: String,
    /// What is written; may hold `$1`.
    pub replacement: String,
    /// What is done.
    pub action: Action,
}

/// Two rules are equal when they are written the same.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.source_labels == other.source_labels
            && self.separator == other.separator
            && self.pattern == other.pattern
            && self.modulus == other.modulus
            && self.target_label == other.target_label
            && self.replacement == other.replacement
            && self.action == other.action
    }
}

impl Eq for Rule {}

/// The fields of a rule as written, before the regex is compiled.
struct Written {
    source_labels: Vec<String>,
    separator: String,
    pattern: String,
    modulus: u64,
    target_label: String,
    replacement: String,
    action: String,
}

/// Reads a list of rules; `empty` is the error for a null among them.
///
/// # Errors
/// When a rule is null, has an unknown action or a regex that is none.
pub fn read_rules(reader: &mut Reader, node: &Node, empty: &str) -> Read<Vec<Rule>> {
    if !node.is_null() && !matches!(node.content, Content::Sequence(_)) {
        reader.mismatch(node, "[]*relabel.Config");
    }
    let mut rules = Vec::new();
    for item in node.items() {
        if item.is_null() {
            return Err(Problem::at(item.place, empty));
        }
        if let Some(rule) = Rule::from_node(reader, item)? {
            rule.validate(false).map_err(|text| Problem::at(item.place, text))?;
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// Reads a text that is a list of rules and nothing else.
///
/// # Errors
/// When it is none, with the place.
pub fn parse_rules(text: &str) -> Result<Vec<Rule>, ConfigError> {
    let rules = |reader: &mut Reader, node: &Node| read_rules(reader, node, "empty or null relabeling rule");
    crate::yaml::read(text, Budget::default(), Dialect::V2, rules).map_err(ConfigError::from)
}

impl FromNode for Rule {
    fn go_type() -> String {
        "relabel.plain".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut written = Written {
            source_labels: Vec::new(),
            separator: DEFAULT_SEPARATOR.to_owned(),
            pattern: DEFAULT_REGEX.to_owned(),
            modulus: 0,
            target_label: String::new(),
            replacement: DEFAULT_REPLACEMENT.to_owned(),
            action: "replace".to_owned(),
        };
        let mut place = node.place;
        let clean = reader.structure(node, "relabel.plain", |reader, name, value| {
            match name {
                "source_labels" => read_labels(reader, value, &mut written.source_labels)?,
                "separator" => reader.put(&mut written.separator, value)?,
                "regex" => {
                    place = value.place;
                    reader.put(&mut written.pattern, value)?;
                }
                "modulus" if !is_whole(value) => reader.mismatch(value, "uint64"),
                "modulus" => reader.put(&mut written.modulus, value)?,
                "target_label" => reader.put(&mut written.target_label, value)?,
                "replacement" => reader.put(&mut written.replacement, value)?,
                "action" => {
                    reader.put(&mut written.action, value)?;
                    if value.is_null() {
                        return Err(Problem::at(value.place, "relabel action cannot be empty"));
                    }
                    if Action::parse(&written.action).is_none() {
                        let text = format!("unknown relabel action {}", quote(&written.action));
                        return Err(Problem::at(value.place, text));
                    }
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let regex = AnchoredRegex::new(&written.pattern).map_err(|error| {
            let error = error.to_string();
            let prefix =
                if error.starts_with("error parsing regexp") { "" } else { "error parsing regexp: " };
            Problem::at(place, format!("{prefix}{}", as_anchored(&error, &written.pattern)))
        })?;
        Ok(clean.then(|| Self {
            source_labels: written.source_labels,
            separator: written.separator,
            pattern: written.pattern,
            regex,
            modulus: written.modulus,
            target_label: written.target_label,
            replacement: written.replacement,
            action: Action::parse(&written.action).unwrap_or_default(),
        }))
    }
}

/// Prometheus anchors a pattern before it reads it, which shows where the reader ran to the end.
fn as_anchored(error: &str, pattern: &str) -> String {
    match error.strip_suffix('`') {
        Some(open) if error.contains("missing closing ]") => format!("{open})$`"),
        Some(_) if error.contains("missing closing )") || error.contains("unexpected )") => {
            error.replace(&format!("`{pattern}`"), &format!("`^(?s:{pattern})$`"))
        }
        _ => error.to_owned(),
    }
}

fn is_whole(node: &Node) -> bool {
    match resolve(node) {
        Some(Resolved::Int(number)) => number >= 0,
        Some(Resolved::Float(number)) => number >= 0.0,
        resolved => matches!(resolved, Some(Resolved::Uint(_) | Resolved::Null)),
    }
}

/// Label names, none of them empty.
fn read_labels(reader: &mut Reader, node: &Node, names: &mut Vec<String>) -> Read<()> {
    if !node.is_null() && !matches!(node.content, Content::Sequence(_)) {
        reader.mismatch(node, "model.LabelNames");
        return Ok(());
    }
    reader.put(names, node)?;
    match node.items().iter().find(|item| item.text() == Some("")) {
        Some(empty) => Err(Problem::at(empty.place, "\"\" is not a valid label name")),
        None => Ok(()),
    }
}

impl Rule {
    /// Checks what the fields mean together. `legacy`: label names must be of the old kind.
    ///
    /// # Errors
    /// In Prometheus's words.
    pub fn validate(&self, legacy: bool) -> Result<(), String> {
        use Action::{
            DropEqual, HashMod, KeepEqual, LabelDrop, LabelKeep, LabelMap, Lowercase, Replace, Uppercase,
        };
        let action = self.action.name();
        let target = &self.target_label;
        let is_label = |name: &str| if legacy { is_plain_label_name(name) } else { !name.is_empty() };
        let invalid =
            |text: &str, what: &str| format!("{} is invalid '{what}' for {action} action", quote(text));
        if self.modulus == 0 && self.action == HashMod {
            return Err("relabel configuration for hashmod requires non-zero modulus".to_owned());
        }
        let writes = matches!(self.action, Replace | HashMod | Lowercase | Uppercase | KeepEqual | DropEqual);
        if writes && target.is_empty() {
            return Err(format!("relabel configuration for {action} action requires 'target_label' value"));
        }
        let target_fits = match self.action {
            Replace if target.contains('$') => !legacy || is_template(target),
            _ if writes => is_label(target),
            _ => true,
        };
        if !target_fits {
            return Err(invalid(target, "target_label"));
        }
        let replaced = self.replacement != DEFAULT_REPLACEMENT;
        if matches!(self.action, Lowercase | Uppercase | KeepEqual | DropEqual) && replaced {
            return Err(format!("'replacement' can not be set for {action} action"));
        }
        let replacement = &self.replacement;
        let is_name = if legacy { is_template(replacement) } else { !replacement.is_empty() };
        if self.action == LabelMap && !is_name {
            return Err(invalid(replacement, "replacement"));
        }
        let plain = self.modulus == 0 && self.separator == DEFAULT_SEPARATOR && !replaced;
        if matches!(self.action, DropEqual | KeepEqual) && !(plain && self.pattern == DEFAULT_REGEX) {
            return Err(format!(
                "{action} action requires only 'source_labels' and `target_label`, and no other fields"
            ));
        }
        let regex_only = plain && self.source_labels.is_empty() && target.is_empty();
        if matches!(self.action, LabelDrop | LabelKeep) && !regex_only {
            return Err(format!("{action} action requires only 'regex', and no other fields"));
        }
        Ok(())
    }
}

/// Whether a text is made of letters, digits, `_` and references such as `$1` or `${name}`, as a label name with
/// references must be: it begins with a letter, `_` or a reference.
fn is_template(text: &str) -> bool {
    let mut rest = text;
    let mut first = true;
    while !rest.is_empty() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = match rest.strip_prefix('$') {
            Some(after) => match after.strip_prefix('{') {
                Some(name) => match name.find(|c| !is_word(c)) {
                    Some(end) if end > 0 && name[end..].starts_with('}') => end + 3,
                    _ => return false,
                },
                None => match after.find(|c| !is_word(c)).unwrap_or(after.len()) {
                    0 => return false,
                    end => end + 1,
                },
            },
            None => {
                let Some(character) = rest.chars().next().filter(|c| is_word(*c)) else {
                    return false;
                };
                if first && character.is_ascii_digit() {
                    return false;
                }
                1
            }
        };
        rest = &rest[length..];
        first = false;
    }
    !first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_shown_as_prometheus_reads_it() {
        let told =
            |pattern: &str| as_anchored(&AnchoredRegex::new(pattern).unwrap_err().to_string(), pattern);
        assert!(told("(").ends_with("missing closing ): `^(?s:()$`"));
        assert!(told("[a").ends_with("missing closing ]: `[a)$`"));
    }

    #[test]
    fn templates_begin_like_a_label_name() {
        for text in ["a", "$1", "${1}_x", "_a$name", "a1", "$1a"] {
            assert!(is_template(text), "{text}");
        }
        for text in ["", "1a", "$", "${}", "a-b", "${1", "$-"] {
            assert!(!is_template(text), "{text}");
        }
    }
}
