//! Line icons on a grid of 20, one path each.

use yew::prelude::{Html, html};

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Crates.
    Yard,
    /// A line going up.
    Query,
    /// Panels of several sizes.
    Board,
    /// A pin.
    Pin,
    /// A target.
    Targets,
    /// Disks.
    Storage,
    /// Time runs.
    Play,
    /// Time stands.
    Pause,
    /// To the next scrape.
    Step,
    /// Ahead.
    Jump,
    /// A sun.
    Light,
    /// A moon.
    Dark,
    /// Half and half.
    System,
    /// Everything larger.
    Larger,
    /// One more.
    Plus,
    /// One less.
    Minus,
    /// Close.
    Close,
    /// Twice the same.
    Duplicate,
    /// A clock: what was before.
    History,
    /// Leads on.
    Next,
    /// Three dots.
    More,
    /// From a file.
    Upload,
    /// Into a file.
    Download,
    /// Again.
    Restart,
    /// A square.
    Stop,
    /// An open book.
    Learn,
    /// An arrow back.
    Undo,
    /// An arrow forth.
    Redo,
    /// One to many.
    Share,
    /// Opens below.
    Below,
    /// A pencil.
    Rename,
    /// A bin.
    Delete,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Yard => {
                "M2.5 10.5h7V17h-7zM10.5 10.5h7V17h-7zM6.5 3h7v6.5h-7zM8 9.5 12 3M4 17l4-6.5M12 17l4-6.5"
            }
            Self::Query => "M3 15.5h14M3 12l3.500-4 3 2.500L13 4.500l4 4",
            Self::Board => {
                "M3 3.500h8v7H3zM13.500 3.500H17v7h-3.500zM3 13h4v3.500H3zM9.500 13H17v3.500H9.500z"
            }
            Self::Pin => "M7 3h6M8 3v5l-2.500 3.500h9L12 8V3M10 11.500V17",
            Self::Targets => {
                "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M6.800 10a3.200 3.200 0 1 0 6.400 0a3.200 3.200 0 1 0-6.400 0M10 1.500v3M10 15.500v3M1.500 10h3M15.500 10h3"
            }
            Self::Storage => {
                "M3.500 5a6.500 2.500 0 1 0 13 0a6.500 2.500 0 1 0-13 0M3.500 5v10a6.500 2.500 0 0 0 13 0V5M3.500 10a6.500 2.500 0 0 0 13 0"
            }
            Self::Play => "M6.500 4.300v11.400L15.500 10z",
            Self::Pause => "M7 4.500v11M13 4.500v11",
            Self::Step => "M5 4.500v11l7-5.500zM15 4.500v11",
            Self::Jump => "M3 5v10l6-5zM10.500 5v10l6-5z",
            Self::Light => {
                "M6.500 10a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0-7 0M10 1.800v2M10 16.200v2M1.800 10h2M16.200 10h2M4.200 4.200l1.400 1.400M14.400 14.400l1.400 1.400M4.200 15.800l1.400-1.400M14.400 5.600l1.400-1.400"
            }
            Self::Dark => "M16.500 11.800A7 7 0 0 1 8.200 3.500a7 7 0 1 0 8.300 8.300z",
            Self::System => "M3 4h14v9.500H3zM7.500 17h5M10 13.500V17",
            Self::Larger => "M12 3h5v5M17 3l-6 6M8 17H3v-5M3 17l6-6",
            Self::Plus => "M10 4v12M4 10h12",
            Self::Minus => "M4 10h12",
            Self::Close => "m5 5 10 10M15 5 5 15",
            Self::Duplicate => "M7 7h9.500v9.500H7zM13 7V3.500H3.500V13H7",
            Self::History => "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M10 5.500V10l3 2",
            Self::Next => "m7.500 5 5 5-5 5",
            Self::More => "M4.500 10h.01M10 10h.01M15.500 10h.01",
            Self::Upload => "M3 13.500V17h14v-3.500M10 13V3.500M6 7l4-4 4 4",
            Self::Download => "M3 13.500V17h14v-3.500M10 3v10M6 9l4 4 4-4",
            Self::Restart => "M15.700 8.200A6 6 0 1 0 16 10.500M16 4v4.200h-4.200",
            Self::Stop => "M5 5h10v10H5z",
            Self::Undo => "M7 4 3.500 7.500 7 11M3.500 7.500h8a4.500 4.500 0 0 1 0 9H8",
            Self::Redo => "m13 4 3.500 3.500L13 11M16.500 7.500h-8a4.500 4.500 0 0 0 0 9H12",
            Self::Share => {
                "M12.800 4.500a2.200 2.200 0 1 0 4.400 0a2.200 2.200 0 1 0-4.400 0M2.800 10a2.200 2.200 0 1 0 4.400 0a2.200 2.200 0 1 0-4.400 0M12.800 15.500a2.200 2.200 0 1 0 4.400 0a2.200 2.200 0 1 0-4.400 0M7 9l6-3.500M7 11l6 3.500"
            }
            Self::Below => "m5 7.500 5 5 5-5",
            Self::Rename => "M3.500 16.500l.800-3.500L13 4.300l2.700 2.700L7 15.700zM11 6.300l2.700 2.700",
            Self::Delete => {
                "M4 6h12M8 6V3.500h4V6M5.500 6l.800 10.500h7.400L14.500 6M8.500 9v4.500M11.500 9v4.500"
            }
            Self::Learn => {
                "M10 5.500v11M10 5.500C8 4 5.500 3.500 2.500 3.500v11c3 0 5.500.500 7.500 2c2-1.500 4.500-2 7.500-2v-11c-3 0-5.500.500-7.500 2z"
            }
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Pause | Self::More => "i i-bold",
            Self::Play => "i i-solid",
            _ => "i",
        }
    }
}

/// An icon of 18 pixels.
pub fn icon(icon: Icon) -> Html {
    html! { <svg class={icon.class()} viewBox="0 0 20 20" aria-hidden="true"><path d={icon.path()} /></svg> }
}

/// An icon of 14 pixels.
pub fn small_icon(icon: Icon) -> Html {
    html! {
        <svg class={format!("{} i-s", icon.class())} viewBox="0 0 20 20" aria-hidden="true"><path d={icon.path()} /></svg>
    }
}
