//! The legend: a table of the series with their values at the cursor. A press singles a line out, with Ctrl it hides it.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, classes, component, html, use_state};

use super::lines::{Choice, Lines, OneLine};
use crate::session::time_of_day;
use crate::texts::{use_texts, value_shown};

/// So many rows are shown before more are asked for.
const FIRST_ROWS: usize = 12;

/// See [`Legend`].
#[derive(Properties)]
pub struct LegendProps {
    /// The lines, hidden ones too.
    pub lines: Rc<Lines>,
    /// What the reader chose.
    pub choice: Choice,
    /// Where the cursor is.
    pub at: Option<Timestamp>,
    /// Called with another choice.
    pub on_choose: Callback<Choice>,
}

impl PartialEq for LegendProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.lines, &other.lines) && self.choice == other.choice && self.at == other.at
    }
}

/// The table.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let texts = use_texts();
    let all = use_state(|| false);
    let lines = &props.lines;
    let has_truth = lines.own().any(|line| lines.truth_of(&line.key).is_some());
    let count = lines.own().count();
    let shown = if *all { count } else { FIRST_ROWS };
    let when = props.at.map_or_else(
        || texts.say("legend-last"),
        |at| texts.with("legend-at", &[("time", (&time_of_day(at)).into())]),
    );
    let show_all = {
        let all = all.clone();
        move |_| all.set(true)
    };
    html! {
        <div class="legend-box">
            <table class="series" data-testid="legend">
                <thead>
                    <tr>
                        <th scope="col">
                            { when }
                            if lines.shared != "{}" { <code class="dim">{ " " }{ &lines.shared }</code> }
                        </th>
                        <th scope="col">{ texts.say("column-value") }</th>
                        if has_truth {
                            <th scope="col">{ texts.say("store-truth") }</th>
                            <th scope="col" class="no-phone">{ texts.say("column-difference") }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    { for lines.own().take(shown).map(|line| row(props, line, has_truth, &texts.say("no-data"))) }
                </tbody>
            </table>
            if count > shown {
                <button type="button" class="btn quiet" onclick={show_all}>
                    { texts.with("more-rows", &[("count", (count - shown).into())]) }
                </button>
            }
            if lines.all > count {
                <p class="small dim">{ texts.with("lines-of", &[("shown", count.into()), ("all", lines.all.into())]) }</p>
            }
        </div>
    }
}

fn row(props: &LegendProps, line: &OneLine, has_truth: bool, no_data: &str) -> Html {
    let hidden = props.choice.hidden.contains(&line.key);
    let singled = props.choice.singled.as_deref() == Some(&line.key);
    let value = line.value(props.at);
    let truth = props.lines.truth_of(&line.key).and_then(|truth| truth.value(props.at));
    let on_press = {
        let (choice, key, on_choose) = (props.choice.clone(), line.key.clone(), props.on_choose.clone());
        move |event: MouseEvent| on_choose.emit(pressed(&choice, &key, event.ctrl_key() || event.meta_key()))
    };
    let cell = |value: Option<f64>| {
        let class = classes!(value.is_none().then_some("dim"));
        html! { <td {class}>{ value.map_or_else(|| no_data.to_owned(), value_shown) }</td> }
    };
    let difference = value.zip(truth).filter(|(_, truth)| *truth != 0.0).map(|(value, truth)| {
        format!("{:+.1} %", (value - truth) / truth.abs() * 100.0).replace('-', "\u{2212}")
    });
    html! {
        <tr key={line.key.clone()} class={hidden.then_some("hidden-line")} data-testid="legend-row">
            <td>
                <button type="button" class="key" aria-pressed={singled.to_string()} onclick={on_press}>
                    <i class={format!("swatch hue-{}", line.hue)} />
                    <code>{ &line.telling }</code>
                </button>
            </td>
            { cell(value) }
            if has_truth {
                { cell(truth) }
                <td class="no-phone">{ difference.unwrap_or_default() }</td>
            }
        </tr>
    }
}

/// The choice after a press on a line: it alone, or all again; with Ctrl it is hidden, or shown again.
fn pressed(choice: &Choice, key: &str, hide: bool) -> Choice {
    let mut choice = choice.clone();
    if hide {
        if !choice.hidden.remove(key) {
            choice.hidden.insert(key.to_owned());
        }
        choice.singled = choice.singled.filter(|singled| singled != key);
    } else if choice.singled.as_deref() == Some(key) {
        choice.singled = None;
    } else {
        choice.hidden.remove(key);
        choice.singled = Some(key.to_owned());
    }
    choice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_takes_the_first_back() {
        let first = pressed(&Choice::default(), "a", false);
        assert_eq!(first.singled.as_deref(), Some("a"));
        assert_eq!(pressed(&first, "a", false), Choice::default());
        let hidden = pressed(&first, "a", true);
        assert!(hidden.hidden.contains("a") && hidden.singled.is_none());
        assert_eq!(pressed(&hidden, "a", true), Choice::default());
    }
}
