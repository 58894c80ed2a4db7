//! What can be done with a chart besides reading it: back from a zoom, the table of values, taking it along.

use yew::prelude::{AttrValue, Callback, Html, Properties, component, html};

use super::answered::Zoom;
use super::canvas::Drawn;
use super::export::{copy_png, file_name, save_png, save_text};
use super::picture::{canvas, svg};
use crate::session::{Notice, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::use_texts;

/// See [`Tools`].
#[derive(PartialEq, Properties)]
pub struct ToolsProps {
    /// The chart, once it has a size.
    pub drawn: Option<Drawn>,
    /// What it shows.
    pub title: AttrValue,
    /// Whether the table of values is shown.
    pub twin: bool,
    /// Called when that is to change.
    pub on_twin: Callback<()>,
    /// Whether there is a way back.
    pub zoomed: bool,
    /// Called to go it.
    pub on_zoom: Callback<Zoom>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Png,
    Svg,
    Copy,
}

/// The row of tools.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let back = {
        let on_zoom = props.on_zoom.clone();
        move |_| on_zoom.emit(Zoom::Back)
    };
    let turn = {
        let on_twin = props.on_twin.clone();
        move |_| on_twin.emit(())
    };
    let take = {
        let (drawn, title, texts) = (props.drawn.clone(), props.title.clone(), texts.clone());
        Callback::from(move |form: Form| {
            let Some(drawn) = &drawn else { return };
            let (session, said) = (session.clone(), texts.clone());
            let copied = form == Form::Copy;
            let then = Callback::from(move |worked: bool| {
                // A file that was saved shows itself.
                if copied || !worked {
                    let text = said.say(if worked { "chart-copied" } else { "chart-export-failed" });
                    session.notify(Notice { is_error: !worked, ..Notice::done(text) });
                }
            });
            let to = drawn.lines.to;
            if form == Form::Svg {
                let saved = svg(&texts, drawn, &title)
                    .and_then(|text| save_text(&text, "image/svg+xml", &file_name(&title, to, "svg")));
                then.emit(saved.is_some());
                return;
            }
            match canvas(&texts, drawn, &title) {
                Some(canvas) if copied => copy_png(&canvas, then),
                Some(canvas) => save_png(&canvas, file_name(&title, to, "png"), then),
                None => then.emit(false),
            }
        })
    };
    let tool = |form: Form, icon: Icon, label: &str, hint: &str, test_id: &'static str| {
        let take = take.clone();
        html! {
            <button type="button" class="btn quiet" title={texts.say(hint)} onclick={move |_| take.emit(form)} data-testid={test_id}>
                { small_icon(icon) }{ texts.say(label) }
            </button>
        }
    };
    html! {
        <div class="chart-tools">
            if props.zoomed {
                <button type="button" class="btn quiet" onclick={back} data-testid="chart-back">
                    { small_icon(Icon::Restart) }{ texts.say("zoom-back") }
                </button>
            }
            <span class="grow" />
            <button type="button" class="btn quiet" aria-pressed={props.twin.to_string()} onclick={turn} data-testid="chart-values">
                { texts.say("chart-values") }
            </button>
            { tool(Form::Png, Icon::Download, "chart-png", "chart-png-hint", "chart-png") }
            { tool(Form::Svg, Icon::Download, "chart-svg", "chart-svg-hint", "chart-svg") }
            { tool(Form::Copy, Icon::Query, "chart-copy", "chart-copy-hint", "chart-copy") }
        </div>
    }
}
