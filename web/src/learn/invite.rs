//! Offers the first lesson above the yard to who has taken up none: a newcomer need not find it.

use scrapeyard_core::lab::{Answer, Command, Question};
use yew::prelude::{Html, Properties, component, html, use_effect_with, use_state, use_state_eq};

use super::words::use_story;
use crate::controls::StripLine;
use crate::preferences::Preference;
use crate::session::{Asked, panel, use_session};
use crate::shapes::StateGlyph;
use crate::texts::use_texts;

/// What is remembered of who wants no offer.
const DECLINED: &str = "declined";

/// The offer; nothing where a lesson was begun before, or the offer was declined.
#[component]
pub fn Invite() -> Html {
    let session = use_session();
    let first = use_state_eq(|| None::<String>);
    let known = (*first).clone();
    use_effect_with((), move |()| {
        if Preference::Invite.read().as_deref() != Some(DECLINED) {
            session.ask(panel::COURSE, Question::Course, move |asked| {
                let Asked::Answered(_, answer) = asked else { return };
                let Answer::Course(course) = &*answer else { return };
                let mut tasks = course.lessons.iter().flat_map(|lesson| &lesson.tasks);
                let is_new = course.lesson.is_none() && tasks.all(|task| task.progress.outcome.is_none());
                first.set(course.lessons.first().filter(|_| is_new).map(|lesson| lesson.name.clone()));
            });
        }
    });
    match known {
        Some(lesson) => html! { <Offer {lesson} /> },
        None => Html::default(),
    }
}

#[derive(PartialEq, Properties)]
struct OfferProps {
    lesson: String,
}

#[component]
fn Offer(props: &OfferProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let is_over = use_state(|| false);
    let story = use_story(&props.lesson);
    if *is_over {
        return Html::default();
    }
    let on_begin = {
        let (texts, is_over, lesson) = (texts.clone(), is_over.clone(), props.lesson.clone());
        move |_| {
            session.act_or_tell(&Command::Lesson(lesson.clone()), &texts, "refused-lesson", |_| ());
            is_over.set(true);
        }
    };
    let text = texts.with("invite", &[("title", (&story.title).into())]);
    let on_decline = move |_| {
        Preference::Invite.write(DECLINED);
        is_over.set(true);
    };
    html! {
        <div class="strips" role="status">
            <StripLine class="info" glyph={StateGlyph::Remark} test_id="invite" {text}>
                <button type="button" class="btn primary" onclick={on_begin} data-testid="invite-begin">{ texts.say("lesson-begin") }</button>
                <button type="button" class="btn quiet" onclick={on_decline} data-testid="invite-decline">{ texts.say("invite-decline") }</button>
            </StripLine>
        </div>
    }
}
