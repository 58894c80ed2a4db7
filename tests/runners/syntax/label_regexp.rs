//! `label_regexp.jsonl`: what Prometheus's matcher of regular expressions makes of patterns. Its shortcuts are given
//! as trees of small matchers; here such a tree is an oracle: on many texts it must say what we say.

use scrapeyard_core::model::regex::AnchoredRegex;
use serde_json::Value;

use super::{Verdict, bytes_of, text_of};

pub fn run(case: &Value) -> Verdict {
    let value = |at: usize| &case["value"][at];
    Verdict::of(match case["func"].as_str().unwrap_or("") {
        "TestOptimizeConcatRegex" => required(case),
        "TestFindSetMatches" => alternatives(&text_of(value(0)), value(1), value(2) == true),
        "TestNewFastRegexMatcher" => oracle(&text_of(value(0)), value(1)),
        "TestOptimizeEqualOrPrefixStringMatchers" => merged(&case["case"]),
        "TestNewEqualMultiStringMatcher" => listed(&case["case"]),
        "TestEqualMultiStringMatcher_Matches" => multi(&case["case"]),
        "TestPrefixCaseInsensitiveMatchLen" => folded(value(0), value(1), value(2), "(?s:.*)", true),
        "TestSuffixCaseInsensitiveMatchLen" => folded(value(0), value(1), value(2), "(?s:.*)", false),
        _ => verdicts(&text_of(&case["pattern"]), case),
    })
}

fn regex(pattern: &str) -> Result<AnchoredRegex, String> {
    AnchoredRegex::new(pattern).map_err(|error| format!("{pattern}: {error}"))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text_of).collect()
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, expected: &T, actual: &T) -> Result<(), String> {
    if expected == actual { Ok(()) } else { Err(format!("{what}: expected {expected:?}, got {actual:?}")) }
}

fn required(case: &Value) -> Result<(), String> {
    let pattern = text_of(&case["regex"]);
    let compiled = regex(&pattern)?;
    let required = compiled.required();
    // Ours are case-sensitive only.
    let prefix =
        if case["isCaseInsensitivePrefix"] == true { String::new() } else { text_of(&case["prefix"]) };
    equal(&pattern, &prefix, &required.prefix)?;
    equal(&pattern, &prefix.as_str(), &compiled.prefix())?;
    equal(&pattern, &text_of(&case["suffix"]), &required.suffix)?;
    equal(&pattern, &texts(&case["contains"]), &required.contains)
}

fn alternatives(pattern: &str, expected: &Value, case_sensitive: bool) -> Result<(), String> {
    let compiled = regex(pattern)?;
    let actual = compiled.alternatives().map(<[_]>::to_vec);
    let expected = if case_sensitive { Some(texts(expected)) } else { None };
    equal(pattern, &expected, &actual)
}

/// The texts and their look-alikes, one after the other and with ends that must not match.
fn probes(seeds: &[String]) -> Vec<String> {
    let mut probes = vec![String::new(), "\n".to_owned(), "x".to_owned(), "é".to_owned()];
    for seed in seeds {
        for text in [seed.clone(), seed.to_lowercase(), seed.to_uppercase()] {
            for (before, behind) in [("", ""), ("x", ""), ("", "y"), ("a\n", "\nb"), ("", "\n"), ("é", "é")]
            {
                probes.push(format!("{before}{text}{behind}"));
            }
            probes
                .extend(seeds.iter().flat_map(|other| [format!("{text}{other}"), format!("{text}-{other}")]));
        }
    }
    probes
}

/// The words of a pattern, to make texts of.
fn words(pattern: &str) -> Vec<String> {
    let words = pattern.split(|c: char| !c.is_alphanumeric() && !"-_/".contains(c));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn oracle(pattern: &str, matcher: &Value) -> Result<(), String> {
    let compiled = regex(pattern)?;
    // Prometheus tests the literals that must occur before it asks the small matchers, so these may accept more.
    let only_necessary = !compiled.required().prefix.is_empty()
        || !compiled.required().suffix.is_empty()
        || !compiled.required().contains.is_empty();
    for probe in probes(&words(pattern)) {
        let ours = compiled.is_match(&probe);
        let fits = match accepts(matcher, &probe)? {
            Some(theirs) if only_necessary => theirs || !ours,
            Some(theirs) => theirs == ours,
            None => true,
        };
        if !fits {
            return Err(format!("{pattern} on {probe:?}: {ours}, unlike {matcher}"));
        }
    }
    Ok(())
}

/// What a small matcher says of a text; none where the table gives no matcher.
fn accepts(matcher: &Value, text: &str) -> Result<Option<bool>, String> {
    let all = |matchers: &Value| -> Result<Vec<bool>, String> {
        let matchers = matchers.as_array().into_iter().flatten();
        matchers.map(|one| accepts(one, text).map(|said| said == Some(true))).collect()
    };
    if matcher.is_array() {
        return Ok(Some(all(matcher)?.contains(&true)));
    }
    if matcher["_call"] == "orStringMatcher" {
        return Ok(Some(all(&matcher["args"][0])?.contains(&true)));
    }
    if matcher.is_null() {
        return Ok(None);
    }
    let same = |one: &str, other: &str, sensitive: bool| {
        if sensitive { one == other } else { one.to_lowercase() == other.to_lowercase() }
    };
    let sensitive = matcher["caseSensitive"] == true;
    Ok(Some(match matcher["type"].as_str().unwrap_or("") {
        "trueMatcher" => true,
        "emptyStringMatcher" => text.is_empty(),
        "anyNonEmptyStringMatcher" => !text.is_empty(),
        "anyStringWithoutNewlineMatcher" => !text.contains('\n'),
        "zeroOrOneCharacterStringMatcher" => text.chars().count() <= 1,
        "equalStringMatcher" => same(text, &text_of(&matcher["s"]), sensitive),
        "equalMultiStringSliceMatcher" => {
            texts(&matcher["values"]).iter().any(|value| same(text, value, sensitive))
        }
        "literalPrefixSensitiveStringMatcher" => match text.strip_prefix(&text_of(&matcher["prefix"])) {
            Some(rest) => accepts(&matcher["right"], rest)? == Some(true),
            None => false,
        },
        "literalPrefixInsensitiveStringMatcher" => {
            let prefix = text_of(&matcher["prefix"]).to_lowercase();
            match text.to_lowercase().strip_prefix(&prefix) {
                Some(rest) => accepts(&matcher["right"], rest)? == Some(true),
                None => false,
            }
        }
        "literalSuffixStringMatcher" => match text.strip_suffix(&text_of(&matcher["suffix"])) {
            Some(rest) => accepts(&matcher["left"], rest)? == Some(true),
            None => false,
        },
        "containsStringMatcher" => contains(matcher, text)?,
        other => return Err(format!("a matcher that the runner does not know: {other}")),
    }))
}

fn contains(matcher: &Value, text: &str) -> Result<bool, String> {
    // A side that is not given must be empty.
    let side =
        |matcher: &Value, text: &str| accepts(matcher, text).map(|said| said.unwrap_or(text.is_empty()));
    for part in texts(&matcher["substrings"]) {
        for (at, _) in text.match_indices(&part) {
            if side(&matcher["left"], &text[..at])? && side(&matcher["right"], &text[at + part.len()..])? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn verdicts(pattern: &str, case: &Value) -> Result<(), String> {
    let compiled = regex(pattern)?;
    for (name, expected) in [("expectedMatches", true), ("expectedNotMatches", false)] {
        for text in texts(&case[name]) {
            equal(&format!("{pattern} on {text:?}"), &expected, &compiled.is_match(&text))?;
        }
    }
    Ok(())
}

fn escaped(text: &str) -> String {
    format!("\\Q{text}\\E")
}

/// The pattern of one of Prometheus's small matchers.
fn pattern_of(matcher: &Value) -> String {
    if let Some(matchers) = matcher.as_array() {
        return format!("(?:{})", matchers.iter().map(pattern_of).collect::<Vec<_>>().join("|"));
    }
    let literal = |name: &str| escaped(&text_of(&matcher[name]));
    match matcher["type"].as_str().unwrap_or("") {
        "equalStringMatcher" if matcher["caseSensitive"] == true => literal("s"),
        "equalStringMatcher" => format!("(?i:{})", literal("s")),
        "literalPrefixSensitiveStringMatcher" => format!("{}[^\n]*", literal("prefix")),
        _ => {
            let parts: Vec<String> = texts(&matcher["substrings"]).iter().map(|part| escaped(part)).collect();
            format!(".*(?:{}).*", parts.join("|"))
        }
    }
}

/// Prometheus merges alternatives into one list where all are plain texts of one case; our list is that of the
/// pattern.
fn merged(case: &Value) -> Result<(), String> {
    let pattern = pattern_of(&case["input"]);
    let expected = &case["expectedValues"];
    alternatives(&pattern, expected, !expected.is_null() && case["expectedCaseSensitive"] == true)
}

fn pattern_of_values(case: &Value) -> String {
    let values = texts(&case["values"]).iter().map(|value| escaped(value)).collect::<Vec<_>>();
    let prefixes = case["prefixes"].as_array().into_iter().flatten().map(pattern_of);
    let all = values.into_iter().chain(prefixes).collect::<Vec<_>>().join("|");
    if case["caseSensitive"] == true { all } else { format!("(?i:{all})") }
}

fn listed(case: &Value) -> Result<(), String> {
    let values = texts(&case["values"]);
    let pattern = pattern_of_values(case);
    let compiled = regex(&pattern)?;
    let sensitive = case["caseSensitive"] == true;
    for probe in probes(&values) {
        let expected = values.iter().any(|value| {
            if sensitive { *value == probe } else { value.to_lowercase() == probe.to_lowercase() }
        });
        equal(&format!("{pattern} on {probe:?}"), &expected, &compiled.is_match(&probe))?;
    }
    alternatives(&pattern, &case["values"], sensitive)
}

fn multi(case: &Value) -> Result<(), String> {
    verdicts(&pattern_of_values(case), case)
}

/// The length that a text takes at the start or the end of another, case aside: the rest is what a group matches.
fn folded(text: &Value, part: &Value, length: &Value, rest: &str, at_start: bool) -> Result<(), String> {
    let (text, part) = (bytes_of(text), text_of(part));
    let pattern = if at_start {
        format!("(?i:{}){rest}", escaped(&part))
    } else {
        format!("{rest}(?i:{})", escaped(&part))
    };
    let compiled = regex(&pattern)?;
    let length = length.as_u64().unwrap_or(0) as usize;
    let found = compiled.is_match_bytes(&text);
    if !found {
        return equal(&pattern, &0, &length);
    }
    let inside = if at_start { &text[..length] } else { &text[text.len() - length..] };
    let whole = regex(&format!("(?i:{})", escaped(&part)))?;
    equal(&format!("{pattern} on {text:?}"), &true, &whole.is_match_bytes(inside))
}
