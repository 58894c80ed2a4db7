//! The targets of a job.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{DiscoveryView, HealthView, JobView, Labels, TargetView};
use yew::prelude::{Html, Properties, classes, component, html};

use super::relabeling::Relabeling;
use super::target_row::TargetRow;
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::{Texts, use_texts};

/// See [`JobCard`].
#[derive(PartialEq, Properties)]
pub struct JobCardProps {
    /// The job.
    pub job: JobView,
    /// When it was seen.
    pub at: Timestamp,
    /// Which of them to show.
    pub only: Only,
    /// Whether the columns are named.
    pub headed: bool,
}

/// Which targets are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Only {
    /// Those of this health, if any is asked for.
    pub health: Option<HealthView>,
    /// Those that have this in their endpoint or labels.
    pub text: String,
}

impl Only {
    /// Whether all are asked for.
    pub fn is_all(&self) -> bool {
        self.health.is_none() && self.text.trim().is_empty()
    }

    /// Whether a target is asked for.
    pub fn wants(&self, target: &TargetView) -> bool {
        let wanted = self.text.trim().to_lowercase();
        let has = |text: &str| text.to_lowercase().contains(&wanted);
        self.health.is_none_or(|health| target.health == health)
            && (wanted.is_empty() || has(&target.url) || has(&target.labels.to_string()))
    }
}

/// The card.
#[component]
pub fn JobCard(props: &JobCardProps) -> Html {
    let texts = use_texts();
    let job = &props.job;
    let up = job.targets.iter().filter(|target| target.health == HealthView::Up).count();
    let (class, counted) = match job.targets.len() {
        0 => ("warn", texts.say("job-no-targets")),
        all => {
            let counted = texts.with("job-up", &[("up", up.into()), ("all", all.into())]);
            (if up == all { "up" } else { "down" }, counted)
        }
    };
    let interval = job.interval.to_string();
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
                <span class={classes!("chip", class)} data-testid="job-chip">{ counted }</span>
                <span class="grow" />
                <span class="small dim">{ texts.with("every", &[("interval", (&interval).into())]) }</span>
            </header>
            if props.headed {
                <div class="target heading" aria-hidden="true">
                    { for heading.into_iter().map(|key| html! { <span>{ texts.say(key) }</span> }) }
                </div>
            }
            { for job.targets.iter().filter(|target| props.only.wants(target)).map(|target| html! {
                <TargetRow key={format!("{} {}", target.url, target.labels)} target={target.clone()} at={props.at} />
            }) }
            if job.targets.is_empty() && job.dropped_count == 0 && job.failures.is_empty() { { why_empty(&texts, job) } }
            if job.dropped_count > 0 { { dropped(&texts, job) } }
            if !job.failures.is_empty() { { failures(&texts, job) } }
        </section>
    }
}

/// How many label sets are shown at once.
const MOST_SHOWN: usize = 50;

/// What relabeling dropped, with the labels as they were found.
fn dropped(texts: &Texts, job: &JobView) -> Html {
    let label_set = |labels: &Labels| {
        html! {
            <li data-testid="dropped-target">
                <p class="target-discovered">{ for labels.iter().map(|label| html! {
                    <span class="lbl">{ &*label.name }{ "=\"" }<b>{ &*label.value }</b>{ "\"" }</span>
                }) }</p>
                <Relabeling job={job.job.clone()} discovered={labels.clone()} />
            </li>
        }
    };
    html! {
        <details class="job-empty dropped">
            <summary data-testid="job-dropped">{ texts.with("job-dropped", &[("count", (job.dropped_count as usize).into())]) }</summary>
            <ul>{ for job.dropped.iter().take(MOST_SHOWN).map(label_set) }</ul>
        </details>
    }
}

/// What was found and is no target.
fn failures(texts: &Texts, job: &JobView) -> Html {
    html! {
        <div class="note err" data-testid="job-failures">
            { state_glyph(StateGlyph::Bad) }
            <div>
                { for job.failures.iter().take(MOST_SHOWN).map(|failure| html! { <p class="mono">{ failure }</p> }) }
                <p class="mid">{ texts.say("job-failures") }</p>
            </div>
        </div>
    }
}

/// Whether something of the job needs a look: a target is down, or there is none.
pub fn is_trouble(job: &JobView) -> bool {
    job.targets.is_empty() || job.targets.iter().any(|target| target.health == HealthView::Down)
}

/// Why the job has no target: one sentence for each way in which it looks for some.
fn why_empty(texts: &Texts, job: &JobView) -> Html {
    let key = |way: &DiscoveryView| match way {
        DiscoveryView::Static => "job-empty-static",
        DiscoveryView::Dns => "job-empty-dns",
        DiscoveryView::File => "job-empty-file",
        DiscoveryView::Http => "job-empty-http",
        DiscoveryView::Docker => "job-empty-docker",
        DiscoveryView::Unsimulated => "job-empty-unsimulated",
    };
    let mut reasons: Vec<String> = job.discovery.iter().map(|way| texts.say(key(way))).collect();
    if reasons.is_empty() {
        reasons.push(texts.say("job-empty-nothing"));
    }
    html! { <p class="job-empty dim" data-testid="job-empty">{ reasons.join(" ") }</p> }
}
