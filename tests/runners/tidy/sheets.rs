//! A colour, a shadow or a duration is named by its role in the tokens and nowhere else written out.

use super::Sources;

const TOKENS: &str = "web/styles/tokens.css";

pub fn check(sources: &Sources) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.ending(".css").filter(|source| source.path != TOKENS) {
        for (index, line) in source.text.lines().enumerate() {
            if let Some(what) = written_out(line) {
                broken.push(format!(
                    "{}:{}: {what} written out: name it by role in {TOKENS}",
                    source.path,
                    index + 1
                ));
            }
        }
    }
    broken
}

fn written_out(line: &str) -> Option<&'static str> {
    let line = line.split("/*").next().unwrap_or("");
    let value = line.split_once(':').map_or("", |(_, value)| value);
    let hex = value.match_indices('#').any(|(at, _)| {
        let digits = value[at + 1..].bytes().take_while(u8::is_ascii_hexdigit).count();
        matches!(digits, 3 | 4 | 6 | 8)
    });
    if hex || ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|function| value.contains(function)) {
        return Some("a colour is");
    }
    let property = line.split(':').next().unwrap_or("").trim();
    let timed = matches!(property, "transition" | "animation" | "transition-duration" | "animation-duration");
    let duration = value.split([' ', ',', ';']).any(|word| {
        let number = word.strip_suffix("ms").or_else(|| word.strip_suffix('s'));
        number.is_some_and(|number| number.parse::<f64>().is_ok_and(|number| number > 0.0))
    });
    (timed && duration).then_some("a duration is")
}
