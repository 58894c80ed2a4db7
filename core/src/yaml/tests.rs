//! What is read, what is refused, and in which words.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::base::time::Millis;

#[derive(Debug, Default, PartialEq)]
struct Sample {
    name: String,
    every: Millis,
    on: bool,
    many: Vec<u64>,
    labels: BTreeMap<String, String>,
}

impl FromNode for Sample {
    fn go_type() -> String {
        "test.plain".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut sample = Self::default();
        let clean = reader.structure(node, "test.plain", |reader, name, value| {
            match name {
                "name" => reader.put(&mut sample.name, value)?,
                "every" => reader.put(&mut sample.every, value)?,
                "on" => reader.put(&mut sample.on, value)?,
                "many" => reader.put(&mut sample.many, value)?,
                "labels" => reader.put(&mut sample.labels, value)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if clean && sample.name == "bad" {
            return Err(Problem::at(node.place, "bad name"));
        }
        Ok(Some(sample))
    }
}

fn read_sample(text: &str) -> Result<Sample, Error> {
    read(text, Budget::default(), Dialect::V2, |reader, node| {
        Ok(Sample::from_node(reader, node)?.unwrap_or_default())
    })
}

fn refusal(text: &str) -> String {
    read_sample(text).map_or_else(|error| error.to_string(), |value| format!("accepted: {value:?}"))
}

#[test]
fn fields_are_read_by_type() {
    let text = "name: 12\nevery: 1m30s\non: yes\nmany: [1, 0x10, 1_000]\nlabels: {a: 1, b: \"x\"}\n";
    let sample = read_sample(text).unwrap();
    assert_eq!(sample.name, "12");
    assert_eq!(sample.every, Millis::from_secs(90));
    assert!(sample.on);
    assert_eq!(sample.many, [1, 16, 1000]);
    assert_eq!(sample.labels["a"], "1");
    assert_eq!(read_sample("name:\nmany: ~\n").unwrap(), Sample::default());
    assert_eq!(read_sample("").unwrap(), Sample::default());
    assert_eq!(read_sample("# nothing\n").unwrap(), Sample::default());
}

#[test]
fn all_type_errors_are_told_in_order_with_their_lines() {
    let text = "nam: a\nmany: 3\non: maybe\nevery: [1]\nname: b\nname: c\nlabels:\n  x: {}\n";
    assert_eq!(
        refusal(text),
        "yaml: unmarshal errors:
  line 1: field nam not found in type test.plain
  line 2: cannot unmarshal !!int `3` into []uint
  line 3: cannot unmarshal !!str `maybe` into bool
  line 4: cannot unmarshal !!seq into string
  line 6: field name already set in type test.plain
  line 8: cannot unmarshal !!map into string"
    );
    assert_eq!(
        refusal("labels: {a: 1, a: 2}"),
        "yaml: unmarshal errors:\n  line 1: key \"a\" already set in map"
    );
    assert_eq!(refusal("- a"), "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into test.plain");
    assert_eq!(
        refusal("just a long text"),
        "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `just a ...` into test.plain"
    );
}

#[test]
fn version_three_words_doubled_keys_differently() {
    let error = read("a: 1\na: 2\n", Budget::default(), Dialect::V3, |reader, node| {
        reader.structure(node, "T", |_, _, _| Ok(true))
    });
    assert_eq!(
        error.unwrap_err().to_string(),
        "yaml: unmarshal errors:\n  line 2: mapping key \"a\" already defined at line 1"
    );
}

#[test]
fn a_value_that_makes_no_sense_stops_reading_and_keeps_its_place() {
    let error = read_sample("name: a\nevery: 5\nfoo: 1\n").unwrap_err();
    assert_eq!(error.to_string(), "not a valid duration string: \"5\"");
    assert_eq!(error.place().unwrap().to_string(), "2:8");
    assert_eq!(refusal("name: bad"), "bad name");
    // A check of the whole waits until the types are right.
    assert!(refusal("name: bad\nfoo: 1").starts_with("yaml: unmarshal errors"));
}

#[test]
fn syntax_errors_speak_like_go() {
    for (text, expected) in [
        ("a: b: c", "yaml: line 1: mapping values are not allowed in this context"),
        ("a:\n\tb: 1", "yaml: line 2: found character that cannot start any token"),
        ("a: @x", "yaml: line 1: found character that cannot start any token"),
        ("a: [1, 2", "yaml: line 1: did not find expected ',' or ']'"),
        ("a:\n  b: 1\n c: 2\n", "yaml: line 3: did not find expected key"),
        ("name\nevery: 1s", "yaml: line 2: mapping values are not allowed in this context"),
        ("a: *x", "yaml: unknown anchor 'x' referenced"),
        ("a: \"x", "yaml: line 1: found unexpected end of stream"),
    ] {
        assert_eq!(refusal(text), expected, "{text}");
    }
}

#[test]
fn aliases_and_merge_keys_bring_in_what_is_not_written_out() {
    let text = "x: &base {name: base, on: true}\ny:\n  <<: *base\n  name: own\n";
    let root = compose(text, Budget::default()).unwrap();
    let y = root.get("y").unwrap();
    assert_eq!(y.get("name").unwrap().text(), Some("own"));
    assert_eq!(y.get("on").unwrap().text(), Some("true"));
    assert_eq!(y.get("on").unwrap().place.line, 1);
    assert_eq!(y.pairs().len(), 2);
    let error = compose("a: {<<: 3}", Budget::default()).unwrap_err();
    assert_eq!(error.to_string(), "yaml: line 1: map merge requires map or sequence of maps as the value");
    let error = compose("a: &a [*a]", Budget::default()).unwrap_err();
    assert_eq!(error.to_string(), "yaml: anchor 'a' value contains itself");
}

#[test]
fn a_null_empties_a_field_in_version_two_and_leaves_it_in_version_three() {
    let field = |dialect| {
        read("path:", Budget::default(), dialect, |reader, node| {
            let mut path = "/metrics".to_owned();
            reader.structure(node, "T", |reader, _, value| reader.put(&mut path, value).map(|()| true))?;
            Ok(path)
        })
    };
    assert_eq!(field(Dialect::V2), Ok(String::new()));
    assert_eq!(field(Dialect::V3), Ok("/metrics".to_owned()));
}

#[test]
fn columns_count_bytes() {
    let root = compose("{é: ü, b: c}", Budget::default()).unwrap();
    assert_eq!(root.pairs()[1].0.place.to_string(), "1:10");
}

#[test]
fn too_much_is_refused_within_the_budget() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    assert_eq!(refusal(&bomb), "yaml: document contains excessive aliasing");
    let deep = "[".repeat(5000);
    assert_eq!(refusal(&deep), "yaml: line 1: exceeded max depth");
    let levels: String = (0..101).map(|level| format!("{}- \n", " ".repeat(level))).collect();
    assert_eq!(refusal(&levels), "yaml: line 101: exceeded max depth of 100");
    let nested_anchors: String = (0..99).map(|level| format!("&a{level} [")).collect();
    assert!(refusal(&nested_anchors).starts_with("yaml: "));
    let wide = "- 1\n".repeat(100_000);
    assert_eq!(refusal(&wide), "yaml: document has more than 100000 nodes");
    let long = format!("name: {}", "x".repeat(1 << 20));
    assert_eq!(refusal(&long), "yaml: input is longer than 1048576 bytes");
}

#[test]
fn what_is_no_text_is_refused_at_its_place() {
    let error = compose("name: x\nä: \u{1}", Budget::default()).unwrap_err();
    assert_eq!(error.place().map(|place| place.to_string()).as_deref(), Some("2:5"));
    assert_eq!(error.to_string(), "yaml: line 2: control characters are not allowed");
    assert_eq!(refusal("a: \0"), "yaml: line 1: control characters are not allowed");
    assert_eq!(refusal("# c\n%YAML 1.2\n---\na: b"), "yaml: line 2: found incompatible YAML document");
    assert!(compose("%YAML 1.1\n---\na: b", Budget::default()).is_ok());
    assert!(compose("\u{feff}a: b", Budget::default()).is_ok());
}

#[test]
fn plain_scalars_mean_what_yaml_1_1_says() {
    let meaning = |text: &str| {
        let root = compose(&format!("[{text}]"), Budget::default()).unwrap();
        resolve(&root.items()[0]).unwrap()
    };
    assert_eq!(meaning("~"), Resolved::Null);
    assert_eq!(meaning("off"), Resolved::Bool(false));
    assert_eq!(meaning("0755"), Resolved::Int(493));
    assert_eq!(meaning("-0b11"), Resolved::Int(-3));
    assert_eq!(meaning("18446744073709551615"), Resolved::Uint(u64::MAX));
    assert_eq!(meaning("1e3"), Resolved::Float(1000.0));
    assert_eq!(meaning("-.inf"), Resolved::Float(f64::NEG_INFINITY));
    assert_eq!(meaning("2026-11-21"), Resolved::Timestamp);
    assert_eq!(meaning("10.0.0.1"), Resolved::Str);
    assert_eq!(meaning("15s"), Resolved::Str);
    assert_eq!(meaning("'true'"), Resolved::Str);
    assert_eq!(meaning("!!str 5"), Resolved::Str);
    assert_eq!(meaning("!!float 5"), Resolved::Float(5.0));
}

#[test]
fn binary_is_decoded() {
    assert_eq!(read_sample("name: !!binary aGk=").unwrap().name, "hi");
    assert_eq!(refusal("name: !!binary a"), "yaml: !!binary value contains invalid base64 data");
    assert_eq!(refusal("name: !!binary /w=="), "!!binary value is not UTF-8");
}

const SEED_TEXT: &str =
    "name: &n 'a b'\nevery: 1m\non: yes\nmany: [1, 2]\nlabels: {a: *n, <<: {b: c}}\nx: |\n  y\n";

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        edits in proptest::collection::vec((0_usize..SEED_TEXT.len(), "[-a:\\[\\]{}&*!|>'\"%@`,#?~<\n\t \\\\0é]{0,3}"), 0..8)
    ) {
        let mut text = SEED_TEXT.to_owned();
        for (at, insert) in edits {
            let end = (at + 2).min(text.len());
            if at <= end && text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, &insert);
            }
        }
        let _ = refusal(&text);
    }
}
