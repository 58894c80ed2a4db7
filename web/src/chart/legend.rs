//! The legend: a table of the series with their values at the cursor. A press singles a line out; with Ctrl, by the key H
//! or by a long touch it hides it.

use std::cell::RefCell;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::plot::Summary;
use yew::prelude::{Callback, Html, Properties, classes, component, html, use_memo, use_mut_ref, use_state};

use super::component::ById;
use super::legend_hold::{Hold, presses};
use super::lines::{Choice, Lines, OneLine};
use crate::session::{time_of_day, use_settled};
use crate::texts::{Texts, use_texts};

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

/// The columns besides the value.
struct Columns {
    has_truth: bool,
    summaries: Vec<Summary>,
    /// The summaries of each row, as they are shown.
    shown: Vec<Vec<String>>,
}

/// The table.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let texts = use_texts();
    // Before that nothing is pressed, and what listens need not be here.
    let settled = use_settled();
    let (all, hold) = (use_state(|| false), use_mut_ref(Hold::default));
    let lines = &props.lines;
    let count = lines.own().count();
    let shown = if *all { count } else { FIRST_ROWS };
    // The cursor moves often; what holds for the whole series is reckoned once.
    let columns = use_memo((ById(Rc::clone(lines)), shown), |(lines, shown)| columns(&lines.0, *shown));
    let when = props.at.map_or_else(
        || texts.say("legend-last"),
        |at| texts.with("legend-at", &[("time", (&time_of_day(at)).into())]),
    );
    let show_all = {
        let all = all.clone();
        move |_| all.set(true)
    };
    let summary = |summary: &Summary| {
        html! { <th scope="col" class="no-phone">{ texts.say(&format!("summary-{}", summary.name())) }</th> }
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
                        { for columns.summaries.iter().map(summary) }
                        if columns.has_truth {
                            <th scope="col">{ texts.say("store-truth") }</th>
                            <th scope="col" class="no-phone">{ texts.say("column-difference") }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    { for lines.own().take(shown).enumerate().map(|(index, line)| row(props, &texts, settled.then_some(&hold), line, (index, &*columns))) }
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

fn columns(lines: &Lines, shown: usize) -> Columns {
    let has_truth = lines.own().any(|line| lines.truth_of(&line.key).is_some());
    let mut summaries = lines.options.legend.summaries.clone();
    // Beside the truth there is no room for more.
    summaries.retain(|_| !has_truth);
    let of = |line: &OneLine| {
        let one = |summary: &Summary| line.steps().and_then(|steps| steps.summary(*summary));
        summaries
            .iter()
            .map(|summary| one(summary).map_or_else(String::new, |value| lines.shown(value)))
            .collect()
    };
    let shown = lines.own().take(shown).map(of).collect();
    Columns { has_truth, summaries, shown }
}

fn row(
    props: &LegendProps,
    texts: &Texts,
    hold: Option<&Rc<RefCell<Hold>>>,
    line: &OneLine,
    (index, columns): (usize, &Columns),
) -> Html {
    let hidden = props.choice.hidden.contains(&line.key);
    let singled = props.choice.singled.as_deref() == Some(&line.key);
    let value = line.value(props.at);
    let truth = props.lines.truth_of(&line.key).and_then(|truth| truth.value(props.at));
    let press = {
        let (choice, key, on_choose) = (props.choice.clone(), line.key.clone(), props.on_choose.clone());
        Callback::from(move |hide| on_choose.emit(pressed(&choice, &key, hide)))
    };
    let on = hold.map(|hold| presses(hold, &press)).unwrap_or_default();
    let cell = |value: Option<f64>| {
        let class = classes!(value.is_none().then_some("dim"));
        let text = value.map_or_else(|| texts.say("no-data"), |value| props.lines.shown(value));
        html! { <td {class}>{ text }</td> }
    };
    let difference = value.zip(truth).filter(|(_, truth)| *truth != 0.0).map(|(value, truth)| {
        format!("{:+.1} %", (value - truth) / truth.abs() * 100.0).replace('-', "\u{2212}")
    });
    html! {
        <tr key={line.key.clone()} class={hidden.then_some("hidden-line")} data-testid="legend-row">
            <td>
                <button type="button" class="key" aria-pressed={singled.to_string()} title={texts.say("legend-hint")}
                    onclick={on.on_press} onkeydown={on.on_key} oncontextmenu={on.on_menu} onpointerdown={on.on_down}
                    onpointerup={on.on_up.clone()} onpointercancel={on.on_up}>
                    <i class={format!("swatch hue-{}", line.hue)} />
                    <code>{ &line.telling }</code>
                    if hidden { <span class="vh">{ texts.say("legend-hidden") }</span> }
                </button>
            </td>
            { cell(value) }
            { for columns.shown.get(index).into_iter().flatten().map(|text| html! { <td class="no-phone">{ text }</td> }) }
            if columns.has_truth {
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
