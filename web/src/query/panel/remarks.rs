//! What the evaluator had to say beside the value: warnings and infos with their place.

use scrapeyard_core::lab::view::{Annotation, Severity};
use yew::prelude::{Html, html};

use super::super::run::Outcome;
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::Texts;

/// More of them say nothing new.
const MOST_SHOWN: usize = 3;

/// The remarks on a value.
pub fn of(outcome: Option<&Outcome>) -> &[Annotation] {
    match outcome {
        Some(Outcome::Value { view, .. }) => &view.annotations,
        _ => &[],
    }
}

/// The remarks, each with its place, its words, and a sentence about its kind.
pub fn remarks(texts: &Texts, annotations: &[Annotation]) -> Html {
    if annotations.is_empty() {
        return Html::default();
    }
    let rest = annotations.len().saturating_sub(MOST_SHOWN);
    html! {
        <div class="panel-problem">
            { for annotations.iter().take(MOST_SHOWN).map(|annotation| remark(texts, annotation)) }
            if rest > 0 { <p class="small mid">{ texts.with("explain-more", &[("count", rest.into())]) }</p> }
        </div>
    }
}

fn remark(texts: &Texts, annotation: &Annotation) -> Html {
    let (class, glyph) = match annotation.severity {
        Severity::Warning => ("note warn", StateGlyph::Bad),
        Severity::Info => ("note info", StateGlyph::Remark),
    };
    let sentence = texts.find_one(&format!("problem-{}", annotation.code));
    let place = annotation.place.map(|place| format!("{place}: ")).unwrap_or_default();
    html! {
        <div {class} data-testid="query-annotation">
            { state_glyph(glyph) }
            <div>
                <p class="mono">{ place }{ &annotation.text }</p>
                if let Some(sentence) = sentence { <p class="mid">{ sentence }</p> }
            </div>
        </div>
    }
}
