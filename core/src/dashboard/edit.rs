//! What is done to a board. Whatever is refused leaves it as it was.

use super::change::Setting;
use super::fault::Fault;
use super::grid::{self, GridPos};
use super::limits;
use super::panel::{Panel, PanelKind};
use super::{Dashboard, no_such_panel};
use crate::base::time::Millis;

impl Dashboard {
    /// Adds a panel with these settings where there is room, and gives its number.
    ///
    /// # Errors
    /// When a setting is refused, or the board is full.
    pub fn add(&mut self, settings: &[Setting]) -> Result<u32, Fault> {
        let panel = changed(Panel::new(PanelKind::default()), settings)?;
        let place = grid::free_place(&self.panels, panel.kind.size());
        self.insert(panel, place)
    }

    /// Adds a copy of a panel where there is room, and gives its number.
    ///
    /// # Errors
    /// When there is no such panel, or the board is full.
    pub fn duplicate(&mut self, id: u32) -> Result<u32, Fault> {
        let panel = self.panel(id)?.clone();
        let place = grid::free_place(&self.panels, (panel.grid.w, panel.grid.h));
        self.insert(panel, place)
    }

    fn insert(&mut self, panel: Panel, grid: GridPos) -> Result<u32, Fault> {
        limits::panels(self.panels.len() + 1)?;
        let id = self.panels.iter().map(|panel| panel.id).max().unwrap_or(0) + 1;
        self.panels.push(Panel { id, grid, ..panel });
        grid::settle(&mut self.panels);
        Ok(id)
    }

    /// Sets things of a panel.
    ///
    /// # Errors
    /// When there is no such panel, or a setting is refused.
    pub fn set(&mut self, id: u32, settings: &[Setting]) -> Result<(), Fault> {
        let panel = changed(self.panel(id)?.clone(), settings)?;
        self.panels.iter_mut().filter(|known| known.id == id).for_each(|known| known.clone_from(&panel));
        Ok(())
    }

    /// Puts a panel somewhere else.
    ///
    /// # Errors
    /// When there is no such panel.
    pub fn move_to(&mut self, id: u32, x: u32, y: u32) -> Result<(), Fault> {
        self.panel(id)?;
        self.panels = grid::moved(&self.panels, id, x, y);
        Ok(())
    }

    /// Makes a panel larger or smaller.
    ///
    /// # Errors
    /// When there is no such panel.
    pub fn resize(&mut self, id: u32, w: u32, h: u32) -> Result<(), Fault> {
        self.panel(id)?;
        self.panels = grid::resized(&self.panels, id, w, h);
        Ok(())
    }

    /// Lets two panels change places, sizes included.
    ///
    /// # Errors
    /// When there is no such panel.
    pub fn swap(&mut self, one: u32, other: u32) -> Result<(), Fault> {
        let (first, second) = (self.panel(one)?.grid, self.panel(other)?.grid);
        for panel in &mut self.panels {
            if panel.id == one {
                panel.grid = second;
            } else if panel.id == other {
                panel.grid = first;
            }
        }
        grid::settle(&mut self.panels);
        Ok(())
    }

    /// Takes a panel away.
    ///
    /// # Errors
    /// When there is no such panel.
    pub fn remove(&mut self, id: u32) -> Result<(), Fault> {
        self.panel(id)?;
        self.panels.retain(|panel| panel.id != id);
        grid::settle(&mut self.panels);
        Ok(())
    }

    /// Calls the board by another name.
    ///
    /// # Errors
    /// When it is too long.
    pub fn rename(&mut self, title: &str) -> Result<(), Fault> {
        limits::title(title)?;
        title.clone_into(&mut self.title);
        Ok(())
    }

    /// Shows another length of time.
    ///
    /// # Errors
    /// When it is too short or too long.
    pub fn set_range(&mut self, range: Millis) -> Result<(), Fault> {
        limits::range(range)?;
        self.range = range;
        Ok(())
    }

    /// Asks the charts at another pace; `None`: by hand.
    ///
    /// # Errors
    /// When it is too quick or too slow.
    pub fn set_refresh(&mut self, refresh: Option<Millis>) -> Result<(), Fault> {
        limits::refresh(refresh)?;
        self.refresh = refresh;
        Ok(())
    }
}

fn changed(mut panel: Panel, settings: &[Setting]) -> Result<Panel, Fault> {
    for setting in settings {
        if !setting.apply(&mut panel) {
            let name = setting.ref_id().unwrap_or_default();
            return Err(Fault::new("no-such-query", format!("the panel has no query {name:?}")));
        }
    }
    limits::panel(&panel)?;
    Ok(panel)
}

/// A board of panels as they were read, put in order.
///
/// # Errors
/// When one of them, or their number, is beyond the limits.
pub fn of_panels(mut panels: Vec<Panel>) -> Result<Vec<Panel>, Fault> {
    limits::panels(panels.len())?;
    for panel in &panels {
        limits::panel(panel)
            .map_err(|fault| Fault { text: format!("panel {:?}: {}", panel.title, fault.text), ..fault })?;
    }
    // A number that is missing or stands twice is given anew.
    let mut taken = std::collections::BTreeSet::new();
    for index in 0..panels.len() {
        let id = panels[index].id;
        if id == 0 || !taken.insert(id) {
            let free = panels.iter().map(|panel| panel.id).max().unwrap_or(0).saturating_add(1);
            if free == u32::MAX {
                return Err(no_such_panel(free));
            }
            panels[index].id = free;
            taken.insert(free);
        }
    }
    grid::settle(&mut panels);
    Ok(panels)
}
