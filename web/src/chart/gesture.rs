//! What pointers do on a chart, told apart: pointing, dragging over a stretch, holding, spreading two fingers, a double
//! tap. Knows no element and no clock; places are in CSS pixels.

/// A press that moves less than this is no drag.
const LEAST_DRAG_PX: f64 = 8.0;
/// Two taps are one double tap within this time and distance.
const DOUBLE_TAP_MS: f64 = 400.0;
const DOUBLE_TAP_PX: f64 = 24.0;
/// A finger that rests so long wants the cursor.
pub const HOLD_MS: u32 = 450;

/// A place.
pub type Place = (f64, f64);

/// What came of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Nothing to be done.
    Nothing,
    /// The cursor goes there.
    Point(Place),
    /// A stretch is being dragged over, from level place to level place.
    Shade(f64, f64),
    /// It was let go.
    Select(f64, f64),
    /// A drag was given up.
    Unshade,
    /// Two fingers went from these level places to those.
    Spread((f64, f64), (f64, f64)),
    /// They were lifted.
    SpreadEnds,
    /// Twice the same place.
    Back,
}

#[derive(Clone, Copy, Debug)]
struct Finger {
    id: i32,
    from: Place,
    at: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// No finger, or one too many.
    #[default]
    Idle,
    /// One that has not moved yet.
    Pressed,
    /// One that drags over a stretch.
    Selecting,
    /// One that moves the cursor.
    Pointing,
    /// Two.
    Spreading,
}

/// The pointers that are down, and what they are about to do.
#[derive(Clone, Debug, Default)]
pub struct Gesture {
    fingers: Vec<Finger>,
    mode: Mode,
    tapped: Option<(f64, Place)>,
}

fn distance(one: Place, other: Place) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

impl Gesture {
    /// A pointer is pressed.
    pub fn down(&mut self, id: i32, at: Place) -> Deed {
        self.fingers.retain(|finger| finger.id != id);
        self.fingers.push(Finger { id, from: at, at });
        let before = self.mode;
        self.mode = match self.fingers.len() {
            1 => Mode::Pressed,
            2 => Mode::Spreading,
            _ => Mode::Idle,
        };
        if self.mode == Mode::Spreading {
            // Where the first finger has come to meanwhile is where the spreading begins.
            self.fingers.iter_mut().for_each(|finger| finger.from = finger.at);
        }
        if before == Mode::Selecting { Deed::Unshade } else { Deed::Nothing }
    }

    /// A pressed finger has rested for [`HOLD_MS`].
    pub fn held(&mut self) -> Deed {
        match (self.mode, self.fingers.first()) {
            (Mode::Pressed, Some(finger)) => {
                self.mode = Mode::Pointing;
                Deed::Point(finger.at)
            }
            _ => Deed::Nothing,
        }
    }

    /// A pointer moves, pressed or not.
    pub fn moved(&mut self, id: i32, at: Place) -> Deed {
        let Some(finger) = self.fingers.iter_mut().find(|finger| finger.id == id) else {
            return if self.fingers.is_empty() { Deed::Point(at) } else { Deed::Nothing };
        };
        finger.at = at;
        let from = finger.from;
        if self.mode == Mode::Pressed && (at.0 - from.0).abs() >= LEAST_DRAG_PX {
            self.mode = Mode::Selecting;
        }
        match self.mode {
            Mode::Selecting => Deed::Shade(from.0, at.0),
            Mode::Pointing => Deed::Point(at),
            Mode::Spreading => {
                let [one, other] = [self.fingers[0], self.fingers[1]];
                Deed::Spread((one.from.0, other.from.0), (one.at.0, other.at.0))
            }
            Mode::Pressed | Mode::Idle => Deed::Nothing,
        }
    }

    /// A pointer is lifted.
    pub fn up(&mut self, id: i32, now_ms: f64) -> Deed {
        let Some(index) = self.fingers.iter().position(|finger| finger.id == id) else {
            return Deed::Nothing;
        };
        let finger = self.fingers.remove(index);
        let mode = std::mem::take(&mut self.mode);
        let tapped = self.tapped.take();
        match mode {
            Mode::Pressed => {
                let again = tapped.is_some_and(|(ms, at)| {
                    now_ms - ms <= DOUBLE_TAP_MS && distance(at, finger.at) <= DOUBLE_TAP_PX
                });
                if again {
                    return Deed::Back;
                }
                self.tapped = Some((now_ms, finger.at));
                Deed::Point(finger.at)
            }
            Mode::Selecting if (finger.at.0 - finger.from.0).abs() >= LEAST_DRAG_PX => {
                Deed::Select(finger.from.0, finger.at.0)
            }
            Mode::Selecting => Deed::Unshade,
            Mode::Spreading => Deed::SpreadEnds,
            Mode::Pointing | Mode::Idle => Deed::Nothing,
        }
    }

    /// The browser took a pointer for something else.
    pub fn lost(&mut self, id: i32) -> Deed {
        self.fingers.retain(|finger| finger.id != id);
        match std::mem::take(&mut self.mode) {
            Mode::Selecting => Deed::Unshade,
            Mode::Spreading => Deed::SpreadEnds,
            _ => Deed::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mouse_points_and_drags_over_a_stretch() {
        let mut mouse = Gesture::default();
        assert_eq!(mouse.moved(1, (5.0, 5.0)), Deed::Point((5.0, 5.0)));
        assert_eq!(mouse.down(1, (10.0, 5.0)), Deed::Nothing);
        assert_eq!(mouse.moved(1, (13.0, 40.0)), Deed::Nothing);
        assert_eq!(mouse.moved(1, (30.0, 5.0)), Deed::Shade(10.0, 30.0));
        assert_eq!(mouse.up(1, 0.0), Deed::Select(10.0, 30.0));
        mouse.down(1, (10.0, 5.0));
        mouse.moved(1, (30.0, 5.0));
        mouse.moved(1, (12.0, 5.0));
        assert_eq!(mouse.up(1, 0.0), Deed::Unshade);
    }

    #[test]
    fn two_taps_at_one_place_lead_back() {
        let mut finger = Gesture::default();
        let mut tap = |at: Place, now_ms| {
            finger.down(7, at);
            finger.up(7, now_ms)
        };
        assert_eq!(tap((50.0, 9.0), 1000.0), Deed::Point((50.0, 9.0)));
        assert_eq!(tap((52.0, 9.0), 1300.0), Deed::Back);
        assert_eq!(tap((52.0, 9.0), 1400.0), Deed::Point((52.0, 9.0)));
        assert_eq!(tap((99.0, 9.0), 1500.0), Deed::Point((99.0, 9.0)));
        assert_eq!(tap((99.0, 9.0), 2500.0), Deed::Point((99.0, 9.0)));
    }

    #[test]
    fn a_finger_that_rests_moves_the_cursor_then() {
        let mut finger = Gesture::default();
        finger.down(7, (50.0, 9.0));
        assert_eq!(finger.held(), Deed::Point((50.0, 9.0)));
        assert_eq!(finger.moved(7, (80.0, 9.0)), Deed::Point((80.0, 9.0)));
        assert_eq!(finger.up(7, 0.0), Deed::Nothing);
        finger.down(7, (50.0, 9.0));
        finger.moved(7, (70.0, 9.0));
        assert_eq!(finger.held(), Deed::Nothing);
    }

    #[test]
    fn two_fingers_spread_from_where_they_are() {
        let mut fingers = Gesture::default();
        fingers.down(1, (50.0, 9.0));
        fingers.moved(1, (70.0, 9.0));
        assert_eq!(fingers.down(2, (150.0, 9.0)), Deed::Unshade);
        assert_eq!(fingers.moved(2, (200.0, 9.0)), Deed::Spread((70.0, 150.0), (70.0, 200.0)));
        assert_eq!(fingers.up(1, 0.0), Deed::SpreadEnds);
        assert_eq!(fingers.moved(2, (210.0, 9.0)), Deed::Nothing);
        assert_eq!(fingers.up(2, 0.0), Deed::Nothing);
        assert_eq!(fingers.down(3, (1.0, 1.0)), Deed::Nothing);
    }
}
