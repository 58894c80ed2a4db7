//! Who found whom: the elements of both sides beside each other, under the labels that must agree; those that failed
//! first, with the reason.

use scrapeyard_core::lab::view::{Cell, MatchGroup, MatchOutcome, NodeReport};
use yew::prelude::{Html, classes, html};

use super::super::label_sets::selector;
use super::values::{cell_shown, plain_cell};
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::Texts;

/// Match groups of a node that are shown.
const GROUPS: usize = 6;
/// Elements of a side that are shown.
const ELEMENTS: usize = 3;

/// The groups of a node; nothing where nothing is matched.
pub fn groups(texts: &Texts, report: &NodeReport) -> Html {
    if report.groups.is_empty() {
        return Html::default();
    }
    let rest = (report.group_count as usize).saturating_sub(GROUPS);
    html! {
        <div class="groups" role="group" aria-label={texts.say("explain-groups")}>
            { for report.groups.iter().take(GROUPS).map(|group| shown(texts, group)) }
            if rest > 0 { <p class="mid">{ texts.with("explain-more", &[("count", rest.into())]) }</p> }
        </div>
    }
}

fn shown(texts: &Texts, group: &MatchGroup) -> Html {
    let (outcome, is_bad) = outcome(group.outcome);
    let glyph = if is_bad { StateGlyph::Bad } else { StateGlyph::Good };
    let why = texts.find_one(&format!("group-why-{}", outcome.trim_start_matches("group-")));
    html! {
        <section class={classes!("group", is_bad.then_some("group-bad"))} data-testid="explain-group" data-outcome={outcome}>
            <header><code>{ selector(&group.signature) }</code>
                <span class="outcome">{ state_glyph(glyph) }{ texts.say(outcome) }</span></header>
            <div class="sides">
                { side(texts, "explain-left", &group.left, group.left_count) }
                { side(texts, "explain-right", &group.right, group.right_count) }
            </div>
            if let Some(why) = why { <p class="mid">{ why }</p> }
        </section>
    }
}

/// What came of a group, and whether it gives nothing.
const fn outcome(outcome: MatchOutcome) -> (&'static str, bool) {
    match outcome {
        MatchOutcome::ManyOnLeft => ("group-many-left", true),
        MatchOutcome::ManyOnRight => ("group-many-right", true),
        MatchOutcome::NoLeft => ("group-no-left", true),
        MatchOutcome::NoRight => ("group-no-right", true),
        MatchOutcome::Filtered => ("group-filtered", true),
        MatchOutcome::Matched => ("group-matched", false),
    }
}

fn side(texts: &Texts, title: &str, cells: &[Cell], count: u32) -> Html {
    let rest = (count as usize).saturating_sub(ELEMENTS.min(cells.len()));
    let value = |cell: &Cell| match cells {
        // Its labels say nothing that the group does not.
        [_] if cell.labels.is_empty() => html! { <li class="cell"><b>{ cell_shown(cell) }</b></li> },
        _ => plain_cell(cell),
    };
    html! {
        <div class="side">
            <span class="small mid">{ texts.say(title) }</span>
            <ul class="cells">
                { for cells.iter().take(ELEMENTS).map(value) }
                if cells.is_empty() { <li class="cell dim">{ "–" }</li> }
                if rest > 0 { <li class="mid">{ texts.with("explain-more", &[("count", rest.into())]) }</li> }
            </ul>
        </div>
    }
}
