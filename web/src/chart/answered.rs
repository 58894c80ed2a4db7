//! What a chart is handed, and what it hands back.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Labels, QueryView};
use scrapeyard_core::plot::Form;

/// Values over a stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The left end of the plot.
    pub from: Timestamp,
    /// Its right end.
    pub to: Timestamp,
    /// The values, those of one query each; a ribbon lies beneath all others.
    pub layers: Vec<Layer>,
}

/// The value of one query.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The value; only one over a range is drawn.
    pub view: Rc<QueryView>,
    /// How its lines are drawn; [`Form::Ribbon`] is the truth beneath the series with the same labels.
    pub form: Form,
    /// What tells its series from those of other queries: a letter. Empty where there is one query.
    pub query: String,
    /// What its series are called: a text in which `{{label}}` stands for the label's value. Empty for the labels.
    pub legend: String,
}

impl PartialEq for Layer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
            && self.form == other.form
            && self.query == other.query
            && self.legend == other.legend
    }
}

/// A value that a reader chose with a press or with Enter.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// When.
    pub at: Timestamp,
    /// The labels of its series.
    pub labels: Labels,
    /// The value in the chart's unit; none where the series has none there.
    pub value: Option<String>,
}

/// Another stretch of time that a reader wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// This one.
    To(Timestamp, Timestamp),
    /// The one before the last [`Zoom::To`], where there is one; whoever owns the chart remembers them.
    Back,
}
