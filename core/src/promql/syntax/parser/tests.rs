use super::{parse, parse_length, parse_selector, read};
use crate::base::time::Millis;
use crate::promql::syntax::ast::{ExprKind, Length};
use crate::promql::syntax::{Options, tokens};

fn message(text: &str) -> String {
    parse(text, &Options::all()).unwrap_err()[0].located(text)
}

#[test]
fn depth_has_a_budget() {
    for (open, close) in [("(", ")"), ("-", ""), ("abs(", ")"), ("sum(", ")"), ("a + (", ")"), ("x[5m:", "]")]
    {
        let text = format!("{}a{}", open.repeat(100_000 / open.len()), close.repeat(10_000));
        let errors = read(&text[..60_000.min(text.len())], &Options::all()).errors;
        assert!(!errors.is_empty(), "{open}");
    }
    let deep = format!("{}1{}", "(".repeat(30_000), ")".repeat(30_000));
    assert_eq!(message(&deep), "1:201: parse error: expression nested deeper than 200 levels");
    let chain = format!("a{}", " + a".repeat(10_000));
    assert!(message(&chain).ends_with("expression with more than 3000 operators in a row"));
    let chain = format!("a{}", " + a".repeat(3000));
    assert!(parse(&chain, &Options::all()).is_ok());
    let chain = format!("a{}", " ^ a".repeat(1000));
    assert!(message(&chain).ends_with("expression nested deeper than 200 levels"));
    let chain = format!("a{}", "[5m:]".repeat(10_000));
    assert!(message(&chain).ends_with("expression nested deeper than 200 levels"));
    let lengths = format!("a[{}1m{}]", "(".repeat(10_000), ")".repeat(10_000));
    assert!(message(&lengths).ends_with("expression nested deeper than 200 levels"));
    let lengths = format!("a[1m{}]", " + 1m".repeat(10_000));
    assert!(message(&lengths).ends_with("expression with more than 199 operators in a row"));
}

#[test]
fn length_has_a_budget() {
    let long = format!("a{}", " ".repeat(70_000));
    assert_eq!(message(&long), "1:65537: parse error: expression longer than 65536 bytes");
    assert!(parse(&long[..60_000], &Options::all()).is_ok());
}

#[test]
fn a_text_with_faults_keeps_what_could_be_read() {
    let reading = read("sum by (job) (rate(x[5m])) + nope(y)", &Options::all());
    assert_eq!(reading.errors.len(), 1);
    let Some(ExprKind::Binary(binary)) = reading.expr.map(|expr| expr.kind) else { panic!("no operator") };
    assert!(matches!(binary.left.kind, ExprKind::Aggregate(_)));
    let ExprKind::Broken(broken) = &binary.right.kind else { panic!("not broken") };
    assert_eq!(broken.parts[0].to_string(), "y");
    // Faults of types leave the tree whole.
    let reading = read("rate(x)", &Options::all());
    assert!(matches!(reading.expr.map(|expr| expr.kind), Some(ExprKind::Call(_))));
    assert_eq!(reading.errors[0].code(), "type");
    assert!(read("a b", &Options::all()).expr.is_some() && read("* a", &Options::all()).expr.is_none());
}

#[test]
fn selectors_and_lengths_alone() {
    let matchers = parse_selector(r#"up{job=~"a|b"}"#).unwrap();
    assert_eq!(
        matchers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["job=~\"a|b\"", "__name__=\"up\""]
    );
    assert_eq!(parse_selector("up + 1").unwrap_err()[0].to_string(), "unexpected <op:+>");
    assert_eq!(parse_length("1h30m", &Options::all()), Ok(Length::Literal(Millis::from_minutes(90))));
    assert!(matches!(parse_length("step() * 2", &Options::all()), Ok(Length::Computed(_))));
    assert!(parse_length("5m 5m", &Options::all()).is_err() && parse_length("", &Options::all()).is_err());
}

#[test]
fn all_tokens_of_a_wrong_text_are_found() {
    let spans =
        |text: &str| tokens(text).iter().map(|token| token.span.of(text).to_owned()).collect::<Vec<_>>();
    assert_eq!(spans("a ; b) + \"x"), ["a", ";", "b", ")", "+", "\"x"]);
    assert_eq!(spans("sum(x[5m1]) # end"), ["sum", "(", "x", "[", "5m1", "]", ")", "# end"]);
    assert_eq!(spans("x{a>1, b='"), ["x", "{", "a", ">", "1", ",", "b", "=", "'"]);
}
