//! Reads the lines in which the board is arranged. Whether there is such a panel is not asked here.

use super::BoardDeed;
use crate::base::duration;
use crate::base::time::Millis;
use crate::dashboard::{Drawing, PanelKind, Setting, Stacking, ThresholdStep, Thresholds};
use crate::lab::problem::Problem;
use crate::lab::store::StoreId;
use crate::lab::words::{Word, Words};

/// The most settings of one line.
const MAX_SETTINGS: usize = 200;

/// Reads what comes after the word `board`.
pub fn parse(words: &mut Words<'_>) -> Result<BoardDeed, Problem> {
    let verb = words.next_word("what is done to the board")?;
    let mut panel = || number(words, "the number of a panel");
    Ok(match verb.text.as_str() {
        "add" => BoardDeed::Add(settings(words)?),
        "set" => BoardDeed::Set(panel()?, settings(words)?),
        "move" => BoardDeed::Move(panel()?, number(words, "a column")?, number(words, "a row")?),
        "resize" => BoardDeed::Resize(
            panel()?,
            number(words, "a number of columns")?,
            number(words, "a number of rows")?,
        ),
        "swap" => BoardDeed::Swap(panel()?, panel()?),
        "duplicate" => BoardDeed::Duplicate(panel()?),
        "remove" => BoardDeed::Remove(panel()?),
        "title" => BoardDeed::Title(words.next_word("a title")?.text),
        "range" => BoardDeed::Range(length(words)?),
        "refresh" => {
            let mut ahead = words.clone();
            let is_off = ahead.next_word("a duration or 'off'")?.text == "off";
            if is_off {
                *words = ahead;
            }
            BoardDeed::Refresh(if is_off { None } else { Some(length(words)?) })
        }
        "import" => BoardDeed::Import(words.next_word("the text of a board")?.text),
        _ => {
            let said = "expected add, set, move, resize, swap, duplicate, remove, title, range, refresh or import, not";
            return Err(wrong(words, &verb, "unknown-command", said));
        }
    })
}

fn wrong(words: &Words<'_>, word: &Word, code: &'static str, said: &str) -> Problem {
    Problem::new(code, format!("{said} {:?}", word.text)).within(words.line(), word.span)
}

fn number(words: &mut Words<'_>, what: &str) -> Result<u32, Problem> {
    let word = words.next_word(what)?;
    word.text.parse().map_err(|_| wrong(words, &word, "not-a-number", &format!("expected {what}, not")))
}

fn length(words: &mut Words<'_>) -> Result<Millis, Problem> {
    let word = words.next_word("a duration")?;
    duration::parse(&word.text)
        .map_err(|error| Problem::new("not-a-duration", error.to_string()).within(words.line(), word.span))
}

fn settings(words: &mut Words<'_>) -> Result<Vec<Setting>, Problem> {
    let mut settings = Vec::new();
    while !words.is_at_end() {
        if settings.len() == MAX_SETTINGS {
            return Err(Problem::new("too-many", format!("at most {MAX_SETTINGS} settings at once")));
        }
        settings.push(setting(words)?);
    }
    Ok(settings)
}

fn setting(words: &mut Words<'_>) -> Result<Setting, Problem> {
    let keyword = words.next_word("a setting")?;
    let text = |words: &mut Words<'_>, what: &str| words.next_word(what).map(|word| word.text);
    let query = |words: &mut Words<'_>| words.next_word("the name of a query").map(|word| word.text);
    Ok(match keyword.text.as_str() {
        "type" => Setting::Kind(named(words, "a type of panel", PanelKind::named)?),
        "title" => Setting::Title(text(words, "a title")?),
        "unit" => Setting::Unit(text(words, "a unit")?),
        "decimals" => Setting::Decimals(optional(words, "a number of decimals", |text| text.parse().ok())?),
        "min" => Setting::Min(optional(words, "a number", finite)?),
        "max" => Setting::Max(optional(words, "a number", finite)?),
        "stacking" => Setting::Stacking(named(words, "none, normal or percent", Stacking::named)?),
        "draw" => Setting::Drawing(named(words, "line or bars", Drawing::named)?),
        "thresholds" => Setting::Thresholds(thresholds(words)?),
        "query" => Setting::Query(query(words)?, text(words, "an expression")?),
        "legend" => Setting::Legend(query(words)?, text(words, "a legend")?),
        "store" => Setting::Store(query(words)?, store(words)?.to_string()),
        "instant" => Setting::Instant(query(words)?, true),
        "over" => Setting::Instant(query(words)?, false),
        "drop" => Setting::Drop(query(words)?),
        _ => {
            let said = "expected type, title, unit, decimals, min, max, stacking, draw, thresholds, query, legend, \
                        store, instant, over or drop, not";
            return Err(wrong(words, &keyword, "unexpected-word", said));
        }
    })
}

fn named<T>(words: &mut Words<'_>, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    let word = words.next_word(what)?;
    read(&word.text).ok_or_else(|| wrong(words, &word, "unexpected-word", &format!("expected {what}, not")))
}

/// What `read` gives, or nothing for `auto`.
fn optional<T>(
    words: &mut Words<'_>,
    what: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    named(
        words,
        &format!("{what} or auto"),
        |text| if text == "auto" { Some(None) } else { read(text).map(Some) },
    )
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn store(words: &mut Words<'_>) -> Result<StoreId, Problem> {
    let store = words.next_word("a store")?;
    store.text.parse().map_err(|problem: Problem| problem.within(words.line(), store.span))
}

fn thresholds(words: &mut Words<'_>) -> Result<Thresholds, Problem> {
    let are_drawn = named(words, "line or off", |text| match text {
        "line" => Some(true),
        "off" => Some(false),
        _ => None,
    })?;
    named(words, "thresholds such as base=green,0.5=red", |text| {
        let mut pairs = text.split(',').map(|pair| pair.split_once('='));
        let base = pairs.next()??.1.to_owned();
        let step = |(value, color): (&str, &str)| {
            Some(ThresholdStep { value: finite(value)?, color: color.to_owned() })
        };
        let steps = pairs.map(|pair| step(pair?)).collect::<Option<Vec<_>>>()?;
        text.starts_with("base=").then_some(Thresholds { base, steps, are_drawn })
    })
}

#[cfg(test)]
mod tests {
    use crate::lab::Command;

    #[test]
    fn every_line_comes_back_as_it_was() {
        for line in [
            "board add",
            r#"board add type stat title "Requests \"a\" second" unit reqps query A "sum(rate(x[1m]))""#,
            r#"board set 3 decimals 2 min 0 max auto stacking normal draw bars thresholds line "base=green,-0.5=red""#,
            r#"board set 3 title "" unit "" thresholds off "base=#00ff00" decimals auto drop B"#,
            r#"board set 3 query A "up" legend A "{{job}}" store A truth instant A over A store A "imported:my dump""#,
            "board move 3 12 0",
            "board resize 3 6 4",
            "board swap 1 2",
            "board duplicate 1",
            "board remove 1",
            r#"board title "first""#,
            "board range 15m",
            "board refresh off",
            "board refresh 5s",
            r#"board import "{\n}""#,
        ] {
            assert_eq!(Command::parse(line).unwrap().to_string(), line);
        }
    }

    #[test]
    fn a_wrong_line_says_where() {
        for (line, said) in [
            ("board", "1:6: expected what is done to the board"),
            ("board remove one", "1:14: expected the number of a panel, not \"one\""),
            ("board add type pie", "1:16: expected a type of panel, not \"pie\""),
            ("board add min low", "1:15: expected a number or auto, not \"low\""),
            ("board add min NaN", "1:15: expected a number or auto, not \"NaN\""),
            ("board add store A nowhere", "1:19: unknown store \"nowhere\""),
            (
                "board add thresholds line 5",
                "1:27: expected thresholds such as base=green,0.5=red, not \"5\"",
            ),
            ("board move 1 2 3 4", "1:18: unexpected \"4\""),
        ] {
            assert_eq!(Command::parse(line).unwrap_err().to_string(), said);
        }
        assert!(Command::parse("board dance").unwrap_err().to_string().starts_with("1:7: expected add, set"));
    }
}
