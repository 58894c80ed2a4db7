//! The page's handle on the lab: commands, questions, time; shared by all pages through contexts.

mod answers;
mod clock;
mod drafts;
mod handle;
mod panels;
mod pulse;
mod settled;
mod targets;
mod told;

pub use answers::use_live_answer;
pub use clock::{Clock, Jump, Phase, SPEEDS, Transport, now_ms, time_of_day};
pub use drafts::{Draft, keep_in_tab, kept_in_tab, use_draft, use_draft_or};
pub use handle::{Acted, Asked, Notice, Session, use_clock, use_session, use_targets};
pub use panels::panel;
pub use pulse::Pulse;
pub use settled::{SETTLED_EVENT, Settled, use_first_view, use_settled, use_told};
pub use targets::Targets;
pub use told::{Shown, Told};
