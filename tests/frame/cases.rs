//! Files of cases: an input, a line `----`, what comes of it; empty lines between cases, comments (`#`) on top.

/// The file with what comes out now. An input holds no empty line.
pub fn rewritten(text: &str, outcome: impl Fn(&str) -> String) -> String {
    let head: String =
        text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let cases: Vec<String> = text[head.len()..]
        .split("\n\n")
        .filter(|case| !case.trim().is_empty())
        .map(|case| {
            let input = case.split("\n----").next().unwrap_or(case).trim_matches('\n');
            format!("{input}\n----\n{}", outcome(input))
        })
        .collect();
    format!("{head}\n{}", cases.join("\n"))
}
