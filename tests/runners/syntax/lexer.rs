//! `lex.jsonl`: tokens by name, place and text. Series notation is read by a lexer of its own.

use scrapeyard_core::promql::syntax::ast::BinaryOp;
use scrapeyard_core::promql::syntax::lexer::Lexer;
use scrapeyard_core::promql::syntax::token::{Token, TokenKind};
use serde_json::{Value, json};

use super::{Verdict, same, text_of};

pub fn run(case: &Value) -> Verdict {
    let text = text_of(&case["input"]);
    if case["series_desc"] == true {
        return Verdict::of(super::series::lex(&text, &case["tokens"]));
    }
    let mut lexer = Lexer::new(&text);
    let mut tokens = Vec::new();
    let mut failed = false;
    loop {
        let token = lexer.next_token();
        match token.kind {
            TokenKind::EndOfInput => break,
            TokenKind::Error(error) => {
                let written = token.span.of(&text);
                tokens.push(json!(["ERROR", token.span.start, error.message(written)]));
                failed = true;
                break;
            }
            kind => tokens.push(json!([name(kind, &text, token), token.span.start, token.span.of(&text)])),
        }
    }
    if case["fail"] == true {
        return Verdict::of(if failed { Ok(()) } else { Err(format!("{text}: read as {tokens:?}")) });
    }
    // Behind an error within a quoted text Prometheus's lexer gives the text too; its parser never asks for it.
    let expected = case["tokens"].as_array().cloned().unwrap_or_default();
    let until_error =
        expected.iter().position(|token| token[0] == "ERROR").map_or(expected.len(), |at| at + 1);
    Verdict::of(same(&text, &json!(expected[..until_error]), &json!(tokens)))
}

fn name(kind: TokenKind, text: &str, token: Token) -> String {
    let name = match kind {
        TokenKind::LeftParen => "LEFT_PAREN",
        TokenKind::RightParen => "RIGHT_PAREN",
        TokenKind::LeftBrace => "LEFT_BRACE",
        TokenKind::RightBrace => "RIGHT_BRACE",
        TokenKind::LeftBracket => "LEFT_BRACKET",
        TokenKind::RightBracket => "RIGHT_BRACKET",
        TokenKind::Comma => "COMMA",
        TokenKind::Colon => "COLON",
        TokenKind::Assign => "EQL",
        TokenKind::RegexMatch => "EQL_REGEX",
        TokenKind::RegexMismatch => "NEQ_REGEX",
        TokenKind::At => "AT",
        TokenKind::Identifier => "IDENTIFIER",
        TokenKind::MetricIdentifier => "METRIC_IDENTIFIER",
        TokenKind::Number => "NUMBER",
        TokenKind::Duration => "DURATION",
        TokenKind::String => "STRING",
        TokenKind::Comment => "COMMENT",
        TokenKind::EndOfInput => "EOF",
        TokenKind::Error(_) => "ERROR",
        TokenKind::Operator(op) => operator(op),
        TokenKind::Aggregator(_) | TokenKind::Keyword(_) => return token.span.of(text).to_uppercase(),
    };
    name.to_owned()
}

fn operator(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "ADD",
        BinaryOp::Sub => "SUB",
        BinaryOp::Mul => "MUL",
        BinaryOp::Div => "DIV",
        BinaryOp::Mod => "MOD",
        BinaryOp::Pow => "POW",
        BinaryOp::Atan2 => "ATAN2",
        BinaryOp::Equal => "EQLC",
        BinaryOp::NotEqual => "NEQ",
        BinaryOp::Less => "LSS",
        BinaryOp::LessOrEqual => "LTE",
        BinaryOp::Greater => "GTR",
        BinaryOp::GreaterOrEqual => "GTE",
        BinaryOp::TrimUpper => "TRIM_UPPER",
        BinaryOp::TrimLower => "TRIM_LOWER",
        BinaryOp::And => "LAND",
        BinaryOp::Or => "LOR",
        BinaryOp::Unless => "LUNLESS",
    }
}
