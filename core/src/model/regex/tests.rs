use super::{AnchoredRegex, Exhausted, Steps, Unexpanded};

fn matches(pattern: &str, text: &str) -> bool {
    AnchoredRegex::new(pattern).unwrap().is_match(text)
}

fn error(pattern: &str) -> String {
    AnchoredRegex::new(pattern).unwrap_err().to_string()
}

#[test]
fn the_whole_text_must_match() {
    assert!(matches("a|b", "a") && !matches("a|b", "ab") && matches("a.c", "a\nc"));
    assert!(matches("", "") && !matches("", "x") && matches("^a$", "a") && !matches("a^b", "ab"));
}

#[test]
fn what_rust_reads_otherwise() {
    assert!(matches(r"\Qa.b*\E+", "a.b**") && !matches(r"\Qa.b\E", "axb"));
    assert!(matches("[[]", "[") && matches("[[a]", "[") && matches("[a&&b]", "&"));
    assert!(matches("a{", "a{") && matches("a{,2}", "a{,2}") && matches("{", "{"));
    assert!(
        matches(r"\d\w\s", "1_ ") && !matches(r"\d", "٣") && !matches(r"\w", "é") && !matches(r"\s", "\u{b}")
    );
    assert!(matches(r"a\z", "a") && matches(r"\pL\p{Greek}\P{L}", "aα1") && matches(r"\p{^L}", "1"));
    assert!(matches("(?P<a>x)(?<b>y)", "xy") && matches(r"[[:^alpha:]\-]", "-"));
    assert!(matches("[]a]", "]") && matches("[^]a]", "b") && matches("[a-]", "-") && matches(r"\_", "_"));
}

#[test]
fn bytes_that_are_no_text_are_characters_of_their_own() {
    let matches = |pattern: &str, text: &[u8]| AnchoredRegex::new(pattern).unwrap().is_match_bytes(text);
    assert!(matches("a.b", b"a\xffb") && matches("a..b", b"a\xe2\x82b") && !matches("a.b", b"a\xe2\x82b"));
    assert!(matches(r"[^x]+", b"\xff\xfe") && matches(r"\x{fffd}", b"\xff") && !matches("[a-z]", b"\xff"));
    assert!(matches("é.*", "éa".as_bytes()));
}

#[test]
fn flags() {
    assert!(matches("(?i)straSSe", "STRASSE") && matches("(?i)k", "\u{212a}") && !matches("(?i:a)b", "AB"));
    assert!(matches("(?-s).", "a") && !matches("(?-s).", "\n") && matches("(?m)a$\n^b", "a\nb"));
    assert!(matches("(?i)[^a]", "b") && !matches("(?i)[^a]", "A"));
}

#[test]
fn faults_in_go_s_words() {
    for (pattern, expected) in [
        ("[a", "missing closing ]: `[a`"),
        ("x[a-", "missing closing ]: `[a-`"),
        ("(a", "missing closing ): `(a`"),
        ("a)", "unexpected ): `a)`"),
        ("*", "missing argument to repetition operator: `*`"),
        ("a|*?", "missing argument to repetition operator: `*?`"),
        ("a**", "invalid nested repetition operator: `**`"),
        ("a*{2}", "invalid nested repetition operator: `*{2}`"),
        ("a{1001}", "invalid repeat count: `{1001}`"),
        ("a{3,2}", "invalid repeat count: `{3,2}`"),
        ("(a{100}){100}", "invalid repeat count: `{100}`"),
        ("[b-a]", "invalid character class range: `b-a`"),
        ("[[:foo:]]", "invalid character class range: `[:foo:]`"),
        (r"\p{Foo}", r"invalid character class range: `\p{Foo}`"),
        (r"\8", r"invalid escape sequence: `\8`"),
        (r"\1", r"invalid escape sequence: `\1`"),
        (r"\C", r"invalid escape sequence: `\C`"),
        (r"\xg0", r"invalid escape sequence: `\xg0`"),
        ("a\\", "trailing backslash at end of expression: ``"),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(?i-)a", "invalid or unsupported Perl syntax: `(?i-)`"),
        ("(?P<n", "invalid named capture: `(?P<n`"),
        ("(?P<n-a>b)", "invalid named capture: `(?P<n-a>`"),
    ] {
        assert_eq!(error(pattern), format!("error parsing regexp: {expected}"), "{pattern}");
    }
}

#[test]
fn budgets() {
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(error(&deep).starts_with("error parsing regexp: expression nests too deeply"));
    assert!(error(&"(a?b{900}|c)".repeat(100)).starts_with("error parsing regexp: expression too large"));
    // Exponential for an engine that tries one choice after the other.
    assert!(!matches("(a*)*(a|aa)+b", &"a".repeat(5_000)));
}

#[test]
fn groups_fill_templates() {
    let expand = |pattern: &str, text: &str, template: &str| {
        AnchoredRegex::new(pattern).unwrap().expand(text, template)
    };
    assert_eq!(expand("(.*):(.*)", "a:b:c", "$2-$1").as_deref(), Some("c-a:b"));
    assert_eq!(expand("(.*?):(.*)", "a:b:c", "${2}x$1x").as_deref(), Some("b:cx"));
    assert_eq!(expand("(?P<n>a)|b", "b", "[$n$$]").as_deref(), Some("[$]"));
    assert_eq!(
        expand("(?P<n>a)(?<m>b)", "ab", "$m$n${m}$0$9").as_deref(),
        Some("baba".to_owned() + "b").as_deref()
    );
    assert_eq!(expand("(?P<n>a)|(?P<n>b)", "b", "$n").as_deref(), Some("b"));
    assert_eq!(expand("a", "b", "x"), None);
    assert_eq!(expand("(a+)(a*)", "aaa", "$1.$2.$").as_deref(), Some("aaa..$"));
    assert_eq!(expand("(a|ab)(c|bcd)(d*)", "abcd", "$1,$2,$3").as_deref(), Some("a,bcd,"));
}

#[test]
fn expanding_and_matching_come_to_an_end() {
    let expand = |pattern: &str, text: &str, template: &str, most: usize, steps: u64| {
        AnchoredRegex::new(pattern).unwrap().expand_within(text, template, most, &mut Steps::new(steps))
    };
    let enough = 1_000;
    assert_eq!(expand("(.*)", "abc", "$1-$1", 7, enough), Ok(Some("abc-abc".to_owned())));
    for template in ["$1-$1", "abc-abc", "${1}abc-"] {
        assert_eq!(expand("(.*)", "abc", template, 5, enough), Err(Unexpanded::TooLong), "{template}");
    }
    assert_eq!(expand("(.*)", "abc", "$1", 7, 10), Err(Unexpanded::Exhausted));
    assert_eq!(expand("abc", "abc", &"$1".repeat(1_000), 7, enough), Err(Unexpanded::Exhausted));
    let heavy = AnchoredRegex::new("(a?){1000}[bc]").unwrap();
    let text = "a".repeat(1_000);
    assert_eq!(heavy.is_match_within(&text, &mut Steps::new(1_000_000)), Err(Exhausted));
    assert!(!heavy.is_match(&text));
}

#[test]
fn finite_sets_and_prefixes() {
    let alternatives = |pattern: &str| AnchoredRegex::new(pattern).unwrap().alternatives().map(<[_]>::to_vec);
    assert_eq!(alternatives("a(b|c)[de]").unwrap(), ["abd", "abe", "acd", "ace"]);
    assert_eq!(alternatives("^(?:x|)$").unwrap(), ["x", ""]);
    assert!(
        alternatives("(?i)ab").is_none()
            && alternatives("a.*").is_none()
            && alternatives("[a-z]{2}").is_none()
    );
    assert_eq!(AnchoredRegex::new("env-[0-9]+").unwrap().prefix(), "env-");
    assert_eq!(AnchoredRegex::new("(?:ab)c.*").unwrap().prefix(), "abc");
    assert_eq!(AnchoredRegex::new("ab*").unwrap().prefix(), "a");
    assert_eq!(AnchoredRegex::new("ab|ac").unwrap().prefix(), "");
}
