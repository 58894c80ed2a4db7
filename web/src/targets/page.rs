//! The page itself: health of all targets, or the configuration.

use scrapeyard_core::lab::view::{HealthView, JobView};
use yew::prelude::{Callback, Html, component, html, use_state};

use super::config::Config;
use super::job_card::{JobCard, is_trouble, is_wanted};
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
    let filter = use_state(|| 0_usize);
    let tabs = vec![
        Segment { label: texts.say("tab-health").into(), test_id: "tab-health".into() },
        Segment { label: texts.say("configuration").into(), test_id: "tab-config".into() },
    ];
    let on_tab = {
        let tab = tab.clone();
        Callback::from(move |index| tab.set(index))
    };
    let on_filter = {
        let filter = filter.clone();
        Callback::from(move |index| filter.set(index))
    };
    html! {
        <>
            <div class="head targets-head">
                <h1>{ texts.say("targets") }</h1>
                <Segments label={texts.say("targets-views")} segments={tabs} chosen={*tab} on_choose={on_tab} />
                <span class="grow" />
                if *tab == 0 { <Filter chosen={*filter} on_choose={on_filter} /> }
            </div>
            <div class="scroll">
                if *tab == 0 { <Health only={FILTERS[*filter]} /> } else { <Config /> }
            </div>
        </>
    }
}

#[derive(PartialEq, yew::Properties)]
struct FilterProps {
    chosen: usize,
    on_choose: Callback<usize>,
}

#[component]
fn Filter(props: &FilterProps) -> Html {
    let (texts, targets) = (use_texts(), use_targets());
    let Some(targets) = targets else { return Html::default() };
    let count = |only| {
        targets.view.jobs.iter().flat_map(|job| &job.targets).filter(|target| is_wanted(target, only)).count()
    };
    let label = |(key, only): (&str, Option<HealthView>)| texts.with(key, &[("count", count(only).into())]);
    let segments = ["filter-all", "filter-up", "filter-down"]
        .into_iter()
        .zip(FILTERS)
        .map(|(key, only)| Segment { label: label((key, only)).into(), test_id: key.into() })
        .collect::<Vec<_>>();
    html! {
        <Segments label={texts.say("filter")} {segments} chosen={props.chosen} on_choose={props.on_choose.clone()} />
    }
}

#[derive(PartialEq, yew::Properties)]
struct HealthProps {
    only: Option<HealthView>,
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
        .filter(|job| props.only.is_none() || job.targets.iter().any(|target| is_wanted(target, props.only)));
    let card = |(index, job): (usize, &&JobView)| {
        html! { <JobCard key={job.job.clone()} job={(*job).clone()} at={targets.at} only={props.only} headed={index == 0} /> }
    };
    let cards: Vec<Html> = shown.enumerate().map(card).collect();
    if cards.is_empty() {
        return no_targets(&texts, targets.view.is_running, props.only);
    }
    html! { <>{ for cards }</> }
}

fn no_targets(texts: &Texts, is_running: bool, only: Option<HealthView>) -> Html {
    let (title, text) = match only {
        _ if !is_running => ("prometheus-not-running", "prometheus-not-running-text"),
        None => ("no-targets", "no-targets-text"),
        Some(_) => ("no-such-targets", "no-targets-text"),
    };
    html! { <Empty title={texts.say(title)} test_id={title}><p>{ texts.say(text) }</p></Empty> }
}
