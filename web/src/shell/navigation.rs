//! The pages: a rail at the side, tabs at the foot of a phone.

use scrapeyard_core::lab::view::HealthView;
use yew::prelude::{Html, Properties, component, html};

use crate::route::Route;
use crate::session::use_targets;
use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// See [`Rail`] and [`Tabs`].
#[derive(PartialEq, Properties)]
pub struct NavigationProps {
    /// The page that is shown.
    pub route: Route,
}

#[component]
fn Links(props: &NavigationProps) -> Html {
    let (texts, targets) = (use_texts(), use_targets());
    let down = targets.map_or(0, |targets| targets.count(HealthView::Down));
    let link = |route: Route| {
        let shape = match route {
            Route::Yard => Icon::Yard,
            Route::Query => Icon::Query,
            Route::Board => Icon::Board,
            Route::Targets => Icon::Targets,
            Route::Storage => Icon::Storage,
            Route::Learn => Icon::Learn,
        };
        let current = (route == props.route).then_some("page");
        html! {
            <a href={route.href()} aria-current={current} data-testid={format!("nav-{}", route.name())}>
                { icon(shape) }
                <span>{ texts.say(route.name()) }</span>
                if route == Route::Targets && down > 0 {
                    <span class="badge" aria-label={texts.with("targets-down", &[("count", down.into())])}>{ down }</span>
                }
            </a>
        }
    };
    html! { <>{ for Route::ALL.into_iter().map(link) }</> }
}

/// The rail at the side.
#[component]
pub fn Rail(props: &NavigationProps) -> Html {
    let texts = use_texts();
    html! { <nav class="rail" aria-label={texts.say("pages")}><Links route={props.route} /></nav> }
}

/// The tabs at the foot.
#[component]
pub fn Tabs(props: &NavigationProps) -> Html {
    let texts = use_texts();
    html! { <nav class="tabs" aria-label={texts.say("pages")}><Links route={props.route} /></nav> }
}
