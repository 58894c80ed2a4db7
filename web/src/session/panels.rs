//! The places of the page that show one answer at a time; the newest question of a place wins.

use scrapeyard_core::lab::wire::PanelId;

/// The places, each with its number below 1000: those of a query panel exist once a panel, a thousand apart.
pub mod panel {
    use super::PanelId;

    /// The targets that the shell, the yard and the Targets page share.
    pub const TARGETS: PanelId = PanelId(1);
    /// Services and lanes.
    pub const YARD: PanelId = PanelId(2);
    /// What happened.
    pub const EVENTS: PanelId = PanelId(3);
    /// A container's metrics page.
    pub const PAGE: PanelId = PanelId(4);
    /// The configuration.
    pub const CONFIG: PanelId = PanelId(5);
    /// What relabeling makes of a label set.
    pub const RELABELING: PanelId = PanelId(40);
    /// What metric relabeling makes of a page.
    pub const METRIC_RELABELING: PanelId = PanelId(41);
    /// The stores that can be asked.
    pub const STORES: PanelId = PanelId(6);
    /// What a store holds.
    pub const STORAGE: PanelId = PanelId(14);
    /// A store as a file.
    pub const EXPORT: PanelId = PanelId(15);
    /// The last lines of a container's log.
    pub const LOGS: PanelId = PanelId(20);
    /// The last minutes of each container.
    pub const VITALS: PanelId = PanelId(50);
    /// The value of the expression.
    pub const QUERY: PanelId = PanelId(7);
    /// The truth beneath it.
    pub const TRUTH: PanelId = PanelId(8);
    /// The store that was just brought along.
    pub const IMPORTED: PanelId = PanelId(9);
    /// What may be written at the cursor.
    pub const COMPLETION: PanelId = PanelId(10);
    /// The nodes of the expression.
    pub const EXPLAIN: PanelId = PanelId(11);
    /// How one cell was made.
    pub const MADE: PanelId = PanelId(12);
    /// Why there is nothing.
    pub const DOCTOR: PanelId = PanelId(13);
    /// The board.
    pub const BOARD: PanelId = PanelId(21);
    /// The board as a file.
    pub const BOARD_FILE: PanelId = PanelId(22);
    /// Panels to begin with.
    pub const BOARD_SUGGESTIONS: PanelId = PanelId(23);
    /// What is wrong with an expression that is being written.
    pub const CHECK: PanelId = PanelId(16);
    /// What was run in this lab.
    pub const HISTORY: PanelId = PanelId(17);
    /// All lessons.
    pub const COURSE: PanelId = PanelId(30);
    /// The lesson that was taken up.
    pub const LESSON: PanelId = PanelId(31);
}
