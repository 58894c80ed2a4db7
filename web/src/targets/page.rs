//! The page itself: health of all targets, or the configuration.

use scrapeyard_core::lab::view::{HealthView, JobView};
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, Html, InputEvent, TargetCast, component, html, use_state};

use super::config::Config;
use super::job_card::{JobCard, Only, is_trouble};
use crate::controls::{Empty, Segment, Segments};
use crate::session::use_targets;
use crate::texts::{Texts, use_texts};

/// The filters in the order of their buttons.
const FILTERS: [Option<HealthView>; 3] = [None, Some(HealthView::Up), Some(HealthView::Down)];

/// The Targets page.
#[component]
pub fn TargetsPage() -> Html {
    let texts = use_texts();
    let tab = use_state(|| 0_usize);
    let only = use_state(Only::default);
    let tabs = vec![
        Segment { label: texts.say("tab-health").into(), test_id: "tab-health".into() },
        Segment { label: texts.say("configuration").into(), test_id: "tab-config".into() },
    ];
    let on_tab = {
        let tab = tab.clone();
        Callback::from(move |index| tab.set(index))
    };
    let on_only = {
        let only = only.clone();
        Callback::from(move |wanted| only.set(wanted))
    };
    html! {
        <>
            <div class="head targets-head">
                <h1>{ texts.say("targets") }</h1>
                <Segments label={texts.say("targets-views")} segments={tabs} chosen={*tab} on_choose={on_tab} />
                <span class="grow" />
                if *tab == 0 { <Filter only={(*only).clone()} on_choose={on_only} /> }
            </div>
            <div class="scroll">
                if *tab == 0 { <Health only={(*only).clone()} /> } else { <Config /> }
            </div>
        </>
    }
}

#[derive(PartialEq, yew::Properties)]
struct FilterProps {
    only: Only,
    on_choose: Callback<Only>,
}

#[component]
fn Filter(props: &FilterProps) -> Html {
    let (texts, targets) = (use_texts(), use_targets());
    let Some(targets) = targets else { return Html::default() };
    let of = |health: Option<HealthView>| Only { health, ..props.only.clone() };
    let count = |only: &Only| {
        targets.view.jobs.iter().flat_map(|job| &job.targets).filter(|target| only.wants(target)).count()
    };
    let label =
        |(key, health): (&str, Option<HealthView>)| texts.with(key, &[("count", count(&of(health)).into())]);
    let segments = ["filter-all", "filter-up", "filter-down"]
        .into_iter()
        .zip(FILTERS)
        .map(|(key, health)| Segment { label: label((key, health)).into(), test_id: key.into() })
        .collect::<Vec<_>>();
    let chosen = FILTERS.iter().position(|health| *health == props.only.health);
    let on_health = {
        let (only, on_choose) = (props.only.clone(), props.on_choose.clone());
        Callback::from(move |index: usize| on_choose.emit(Only { health: FILTERS[index], ..only.clone() }))
    };
    let on_text = {
        let (only, on_choose) = (props.only.clone(), props.on_choose.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            on_choose.emit(Only { text, ..only.clone() });
        }
    };
    html! {
        <>
            <Segments label={texts.say("filter")} {segments} {chosen} on_choose={on_health} />
            <label class="field targets-text">
                <input type="search" value={props.only.text.clone()} oninput={on_text} placeholder={texts.say("filter-targets")}
                    aria-label={texts.say("filter-targets")} data-testid="filter-text" />
            </label>
        </>
    }
}

#[derive(PartialEq, yew::Properties)]
struct HealthProps {
    only: Only,
}

#[component]
fn Health(props: &HealthProps) -> Html {
    let (texts, targets) = (use_texts(), use_targets());
    let Some(targets) = targets else { return Html::default() };
    let mut jobs: Vec<&JobView> = targets.view.jobs.iter().collect();
    // Jobs with trouble come first; the sort is stable, so the others keep the order of the configuration.
    jobs.sort_by_key(|job| !is_trouble(job));
    let shown = jobs
        .iter()
        .filter(|job| props.only.is_all() || job.targets.iter().any(|target| props.only.wants(target)));
    let card = |(index, job): (usize, &&JobView)| {
        html! { <JobCard key={job.job.clone()} job={(*job).clone()} at={targets.at} only={props.only.clone()} headed={index == 0} /> }
    };
    let cards: Vec<Html> = shown.enumerate().map(card).collect();
    if cards.is_empty() {
        return no_targets(&texts, targets.view.is_running, &props.only);
    }
    html! { <>{ for cards }</> }
}

fn no_targets(texts: &Texts, is_running: bool, only: &Only) -> Html {
    let (title, text) = if !is_running {
        ("prometheus-not-running", "prometheus-not-running-text")
    } else if only.is_all() {
        ("no-targets", "no-targets-text")
    } else {
        ("no-such-targets", "no-such-targets-text")
    };
    html! { <Empty title={texts.say(title)} test_id={title}><p>{ texts.say(text) }</p></Empty> }
}
