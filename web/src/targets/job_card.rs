//! The targets of a job.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{HealthView, JobView, TargetView};
use yew::prelude::{Html, Properties, classes, component, html};

use super::target_row::TargetRow;
use crate::texts::use_texts;

/// See [`JobCard`].
#[derive(PartialEq, Properties)]
pub struct JobCardProps {
    /// The job.
    pub job: JobView,
    /// When it was seen.
    pub at: Timestamp,
    /// Only targets of this health, if any is asked for.
    pub only: Option<HealthView>,
    /// Whether the columns are named.
    pub headed: bool,
}

/// Whether a target is asked for.
pub fn is_wanted(target: &TargetView, only: Option<HealthView>) -> bool {
    only.is_none_or(|health| target.health == health)
}

/// The card.
#[component]
pub fn JobCard(props: &JobCardProps) -> Html {
    let texts = use_texts();
    let job = &props.job;
    let up = job.targets.iter().filter(|target| target.health == HealthView::Up).count();
    let all_up = up == job.targets.len();
    let counted = texts.with("job-up", &[("up", up.into()), ("all", job.targets.len().into())]);
    let interval = job.targets.first().map(|target| target.interval.to_string());
    let heading = [
        "column-state",
        "column-endpoint",
        "column-labels",
        "column-history",
        "column-age",
        "column-took",
        "column-samples",
    ];
    html! {
        <section class="card job" aria-label={job.job.clone()} data-testid={format!("job-{}", job.job)}>
            <header>
                <h2>{ &job.job }</h2>
                <span class={classes!("chip", if all_up { "up" } else { "down" })}>{ counted }</span>
                <span class="grow" />
                if let Some(interval) = interval {
                    <span class="small dim">{ texts.with("every", &[("interval", (&interval).into())]) }</span>
                }
            </header>
            if props.headed {
                <div class="target heading" aria-hidden="true">
                    { for heading.into_iter().map(|key| html! { <span>{ texts.say(key) }</span> }) }
                </div>
            }
            { for job.targets.iter().filter(|target| is_wanted(target, props.only)).map(|target| html! {
                <TargetRow key={format!("{} {}", target.url, target.labels)} target={target.clone()} at={props.at} />
            }) }
            if job.targets.is_empty() { <p class="job-empty dim">{ texts.say("job-without-targets") }</p> }
            if !job.dropped.is_empty() {
                <p class="job-empty dim">{ texts.with("job-dropped", &[("count", job.dropped.len().into())]) }</p>
            }
        </section>
    }
}
