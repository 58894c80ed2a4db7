//! A container's metrics page, as it would be served now: in the margin what changed since the last scrape, and a
//! search. Of a long page only the rows in sight are drawn.

use std::rc::Rc;

use scrapeyard_core::lab::view::{PageChanges, PageView};
use scrapeyard_core::lab::{Answer, Question};
use web_sys::{Element, HtmlInputElement};
use yew::prelude::{
    AttrValue, Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, classes, component,
    hook, html, use_memo, use_node_ref, use_state, use_state_eq,
};

use super::page_rows::{Hit, Mark, Row, hits, rows, tally};
use super::page_search::PageSearch;
use crate::session::{panel, time_of_day, use_live_answer};
use crate::texts::{Texts, use_texts};

/// How often the page is read, in milliseconds of real time.
const EVERY_MS: u32 = 700;
/// The height of a row; the sheet's line height.
const ROW_PX: i32 = 18;
/// The height of the window on the rows.
const WINDOW_PX: i32 = 324;
/// Rows drawn above and below what is in sight.
const BEYOND: usize = 12;

/// See [`MetricsPage`].
#[derive(PartialEq, Properties)]
pub struct MetricsPageProps {
    /// The container's name.
    pub container: AttrValue,
}

/// The rows that are shown, and where in them stands what is searched for.
#[hook]
fn use_rows(answer: &Option<Rc<Answer>>, only_changes: bool, wanted: &str) -> (Rc<Vec<Row>>, Rc<Vec<Hit>>) {
    let shown = use_memo((answer.clone(), only_changes), |(answer, only)| match answer.as_deref() {
        Some(Answer::Page(page)) => rows(page, *only),
        _ => Vec::new(),
    });
    let found = use_memo((shown.clone(), wanted.to_owned()), |(shown, wanted)| hits(shown, wanted));
    (shown, found)
}

/// The page with its head.
#[component]
pub fn MetricsPage(props: &MetricsPageProps) -> Html {
    let texts = use_texts();
    let question = Question::Page { container: props.container.to_string() };
    let answer = use_live_answer(panel::PAGE, question, EVERY_MS);
    let (wanted, only_changes) = (use_state(String::new), use_state(|| false));
    let present = use_state(|| 0_usize);
    let first_row = use_state_eq(|| 0_usize);
    let window = use_node_ref();
    let (shown, found) = use_rows(&answer, *only_changes, &wanted);
    let Some(Answer::Page(page)) = answer.as_deref() else {
        return html! { <p class="dim" role="status">{ texts.say("page-loading") }</p> };
    };
    // The page changes while it is searched: the place in the list stays as near as it can.
    let at = (*present).min(found.len().saturating_sub(1));
    let show = {
        let (window, present) = (window.clone(), present.clone());
        move |found: &[Hit], to: usize| {
            present.set(to);
            if let (Some(window), Some(hit)) = (window.cast::<Element>(), found.get(to)) {
                window.set_scroll_top(hit.row as i32 * ROW_PX - WINDOW_PX / 2);
            }
        }
    };
    let step = {
        let (found, show) = (Rc::clone(&found), show.clone());
        Callback::from(move |forward: bool| {
            let count = found.len();
            if count > 0 {
                show(&found, if forward { (at + 1) % count } else { (at + count - 1) % count });
            }
        })
    };
    let on_input = {
        let (wanted, shown) = (wanted.clone(), Rc::clone(&shown));
        move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            show(&hits(&shown, &input.value()), 0);
            wanted.set(input.value());
        }
    };
    let on_clear = {
        let wanted = wanted.clone();
        Callback::from(move |()| wanted.set(String::new()))
    };
    let on_only = {
        let only_changes = only_changes.clone();
        Callback::from(move |_: MouseEvent| only_changes.set(!*only_changes))
    };
    let on_scroll = {
        let first_row = first_row.clone();
        move |event: Event| {
            if let Some(window) = event.target_dyn_into::<Element>() {
                first_row.set((window.scroll_top().max(0) / ROW_PX) as usize);
            }
        }
    };
    let title = texts.say("metrics-page");
    html! {
        <section class="metrics-page" aria-label={title.clone()}>
            { head(&texts, page, &shown, *only_changes, on_only) }
            <PageSearch wanted={(*wanted).clone()} {at} count={found.len()} {on_input} {on_clear} on_step={step} />
            <div class="page-rows" ref={window} tabindex="0" role="group" aria-label={title} onscroll={on_scroll}
                data-testid="metrics-page" data-rows={shown.len().to_string()}>
                if shown.is_empty() { <p class="dim page-none">{ texts.say("page-no-changes") }</p> }
                { in_sight(&texts, &shown, &found, at, *first_row) }
            </div>
        </section>
    }
}

fn head(
    texts: &Texts,
    page: &PageView,
    shown: &[Row],
    only_changes: bool,
    on_only: Callback<MouseEvent>,
) -> Html {
    html! {
        <>
            <header class="page-head">
                <h3>{ texts.say("metrics-page") }</h3>
                <span class="grow" />
                <button type="button" class="btn" aria-pressed={only_changes.to_string()} onclick={on_only}
                    disabled={page.changes.is_none()} data-testid="only-changes">{ texts.say("only-changes") }</button>
            </header>
            <p class="page-since small mid" data-testid="page-since">{ since(texts, page, shown) }</p>
        </>
    }
}

/// With which scrape the page is compared, and how much is otherwise.
fn since(texts: &Texts, page: &PageView, shown: &[Row]) -> Html {
    let Some(PageChanges { at, job, instance, .. }) = &page.changes else {
        return html! { { texts.say("page-never-scraped") } };
    };
    let tally = tally(shown);
    let time = time_of_day(*at);
    let place = [("time", (&time).into()), ("job", job.into()), ("instance", instance.into())];
    let counts =
        [("changed", tally.changed.into()), ("added", tally.added.into()), ("gone", tally.gone.into())];
    html! {
        <>
            { texts.with("page-since", &place) }{ " " }
            <b data-testid="page-tally" data-changed={tally.changed.to_string()} data-added={tally.added.to_string()}
                data-gone={tally.gone.to_string()}>{ texts.with("page-tally", &counts) }</b>
        </>
    }
}

/// The rows that are in sight, between two empty stretches as high as the others.
fn in_sight(texts: &Texts, shown: &[Row], found: &[Hit], at: usize, first_row: usize) -> Html {
    let first = first_row.saturating_sub(BEYOND).min(shown.len());
    let end = (first_row + (WINDOW_PX / ROW_PX) as usize + BEYOND).min(shown.len());
    let row = |(index, row): (usize, &Row)| {
        let here = found.partition_point(|hit| hit.row < index);
        let hits = found[here..].iter().take_while(|hit| hit.row == index);
        let present = found.get(at).filter(|hit| hit.row == index);
        let (class, mark, title) = margin(texts, &row.mark);
        html! {
            <div key={index} class={classes!("page-row", class)} data-testid="page-row" data-mark={class}>
                <span class="page-mark" {title}>{ mark }</span>
                <code>{ marked(&row.text, hits, present) }</code>
            </div>
        }
    };
    html! {
        <>
            { stretch(first) }
            { for shown.iter().enumerate().take(end).skip(first).map(row) }
            { stretch(shown.len() - end) }
        </>
    }
}

/// Room for rows that are not drawn.
fn stretch(rows: usize) -> Html {
    let height = (rows * ROW_PX as usize).to_string();
    html! { <svg class="page-stretch" width="1" {height} aria-hidden="true" /> }
}

/// What stands in the margin: a class, the words, and the value that there was.
fn margin(texts: &Texts, mark: &Mark) -> (&'static str, String, Option<String>) {
    match mark {
        Mark::Same => ("", String::new(), None),
        Mark::Added => ("added", texts.say("mark-added"), None),
        Mark::Gone => ("gone", texts.say("mark-gone"), None),
        Mark::Changed(difference, before) => {
            let said = difference.clone().unwrap_or_else(|| "≠".to_owned());
            ("changed", said, Some(texts.with("mark-before", &[("value", before.into())])))
        }
    }
}

/// A text with the places that were searched for; the present one stands out.
fn marked<'h>(text: &str, hits: impl Iterator<Item = &'h Hit>, present: Option<&Hit>) -> Html {
    let mut parts = Vec::new();
    let mut end = 0;
    for hit in hits {
        let class = (Some(hit) == present).then_some("now");
        parts.push(html! { <>{ text[end..hit.from].to_owned() }<mark {class}>{ text[hit.from..hit.to].to_owned() }</mark></> });
        end = hit.to;
    }
    parts.push(html! { { text[end..].to_owned() } });
    html! { <>{ for parts }</> }
}
