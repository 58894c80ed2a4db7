//! Which page is shown: the fragment of the URL (`#/query`), since a path would not work on `file://`.

use web_sys::window;

/// A page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Services and containers.
    #[default]
    Yard,
    /// Expressions.
    Query,
    /// Charts that the learner arranges.
    Board,
    /// What is scraped.
    Targets,
    /// What is stored.
    Storage,
    /// Lessons.
    Learn,
}

impl Route {
    /// All pages in the order of the navigation.
    pub const ALL: [Self; 6] =
        [Self::Yard, Self::Query, Self::Board, Self::Targets, Self::Storage, Self::Learn];

    /// The name in the fragment, which is also the key of its texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yard => "yard",
            Self::Query => "query",
            Self::Board => "board",
            Self::Targets => "targets",
            Self::Storage => "storage",
            Self::Learn => "learn",
        }
    }

    /// The fragment, as a link writes it.
    pub fn href(self) -> String {
        format!("#/{}", self.name())
    }

    /// The page that a fragment names; the first one for any other fragment.
    pub fn of_fragment(fragment: &str) -> Self {
        let name = fragment.trim_start_matches('#').trim_start_matches('/');
        let name = name.split(['/', '?']).next().unwrap_or("");
        Self::ALL.into_iter().find(|route| route.name() == name).unwrap_or_default()
    }

    /// The page that the address bar names.
    pub fn current() -> Self {
        let fragment = window().and_then(|window| window.location().hash().ok());
        Self::of_fragment(&fragment.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_names_its_page_and_an_unknown_one_the_first() {
        for route in Route::ALL {
            assert_eq!(Route::of_fragment(&route.href()), route);
        }
        assert_eq!(Route::of_fragment("#/query?x=1"), Route::Query);
        assert_eq!(Route::of_fragment(""), Route::Yard);
        assert_eq!(Route::of_fragment("#/nowhere"), Route::Yard);
    }
}
