//! Under an empty result: where the last series was lost, and what may help.

use scrapeyard_core::base::span::Span;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Cause, Finding, Mend};
use scrapeyard_core::lab::{Answer, Question, StoreId};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::asked::use_asked;
use super::label_sets::selector;
use super::mends::mend_buttons;
use super::settings::print_instant;
use crate::controls::Empty;
use crate::session::{Asked, panel};
use crate::texts::{Argument, Texts, use_texts, value_shown};

/// See [`Doctor`].
#[derive(PartialEq, Properties)]
pub struct DoctorProps {
    /// Which store was asked.
    pub store: StoreId,
    /// What was asked.
    pub expression: String,
    /// The last instant of the result.
    pub at: Timestamp,
    /// Called with a change of the expression that may help.
    pub on_mend: Callback<Mend>,
}

/// An empty result with its findings.
#[component]
pub fn Doctor(props: &DoctorProps) -> Html {
    let texts = use_texts();
    let (store, expression, at) = (props.store.clone(), props.expression.clone(), props.at);
    let answered = use_asked(panel::DOCTOR, Some(Question::Doctor { store, at, expression }));
    let findings: &[Finding] = match answered.as_deref() {
        // Of another expression nothing is said.
        Some((Question::Doctor { expression, .. }, Asked::Answered(_, answer)))
            if *expression == props.expression =>
        {
            match &**answer {
                Answer::Doctor(findings) => findings,
                _ => &[],
            }
        }
        _ => &[],
    };
    html! {
        <Empty title={texts.say("empty-result")} test_id="query-empty">
            if findings.is_empty() {
                <p>{ texts.say("empty-result-text") }</p>
            }
            { for findings.iter().map(|finding| shown(&texts, finding, props)) }
        </Empty>
    }
}

fn shown(texts: &Texts, finding: &Finding, props: &DoctorProps) -> Html {
    let (values, nearest) = said(&finding.cause);
    let arguments: Vec<(&str, Argument<'_>)> =
        values.iter().map(|(name, value)| (*name, value.argument())).collect();
    html! {
        <div class="finding" data-testid="query-finding" data-cause={finding.cause.code()}>
            <code>{ cut(finding.span, &props.expression) }</code>
            <p>{ texts.with(&format!("doctor-{}", finding.cause.code()), &arguments) }</p>
            if !finding.mends.is_empty() {
                <p class="mid">{ texts.say("doctor-mend") }</p>
                { mend_buttons(texts, &finding.mends, &props.on_mend) }
            } else if !nearest.is_empty() {
                <p class="mid">{ texts.say("doctor-nearest") }{ " " }
                    { for nearest.iter().map(|name| html! { <><code data-testid="query-nearest">{ name }</code>{ " " }</> }) }
                </p>
            }
        </div>
    }
}

fn cut(span: Span, expression: &str) -> &str {
    expression.get(span.start as usize..span.end as usize).unwrap_or("")
}

/// A value that a text is filled with.
enum Said {
    Text(String),
    Count(u32),
}

impl Said {
    fn argument(&self) -> Argument<'_> {
        match self {
            Self::Text(text) => text.into(),
            Self::Count(count) => (*count).into(),
        }
    }
}

/// What fills the text of a cause, and the names that it offers.
fn said(cause: &Cause) -> (Vec<(&'static str, Said)>, &[String]) {
    let text = |name, text: &dyn ToString| (name, Said::Text(text.to_string()));
    let count = |name, count: u32| (name, Said::Count(count));
    let instant = |name, at: Timestamp| (name, Said::Text(print_instant(at)));
    let values = match cause {
        Cause::NoSuchName { name, .. } => vec![text("name", name)],
        Cause::NoSuchLabel { matcher, left, .. } | Cause::NoSuchValue { matcher, left, .. } => {
            vec![text("matcher", matcher), count("left", *left)]
        }
        Cause::TooOld { series, last, ago, reach } => {
            vec![count("series", *series), instant("last", *last), text("ago", ago), text("reach", reach)]
        }
        Cause::Stale { series, since } => vec![count("series", *series), instant("since", *since)],
        Cause::NotYet { series, first } => vec![count("series", *series), instant("first", *first)],
        Cause::Shifted { looked_at, now } => vec![instant("at", *looked_at), count("now", *now)],
        Cause::TooFewSamples { function, most, needed, window, .. } => vec![
            text("function", function),
            count("most", *most),
            count("needed", *needed),
            text("window", window),
        ],
        Cause::NoPartner { left, right, differing, only_left, only_right } => {
            let names = [&differing[..], &only_left[..], &only_right[..]].concat().join(", ");
            vec![text("left", &selector(left)), text("right", &selector(right)), text("labels", &names)]
        }
        Cause::FilteredOut { operator, seen, least, greatest } => vec![
            text("operator", operator),
            count("seen", *seen),
            text("least", &value_shown(*least)),
            text("greatest", &value_shown(*greatest)),
        ],
        Cause::AllTaken { seen } | Cause::NoBuckets { seen } | Cause::Present { seen } => {
            vec![count("seen", *seen)]
        }
        Cause::KeepsNothing { operation, seen } => vec![text("operation", operation), count("seen", *seen)],
    };
    let nearest = match cause {
        Cause::NoSuchName { nearest, .. }
        | Cause::NoSuchLabel { nearest, .. }
        | Cause::NoSuchValue { nearest, .. } => &nearest[..],
        _ => &[],
    };
    (values, nearest)
}
