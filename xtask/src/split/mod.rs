//! Parts a module in two: what runs until the first chart stands, and the rest, which comes later.
//!
//! What the first part needs was watched ([`watch`]) and is kept by name in a [`profile`]. Pieces of its functions that
//! did not run ([`cold`]) become functions of their own ([`excerpt`]) and come later as other functions do. In the first part
//! a call of a later function names a slot ([`first`]): see that the later part is there, then call what is in the slot
//! of a table, which the later part fills when it is instantiated ([`later`]). So what nobody expected is slower by one
//! transfer, never wrong. Memory, stack and tables are shared; constants that the first part cannot get at
//! ([`objects`]) are put into [`memory`] by the later one.

mod cold;
mod excerpt;
#[cfg(test)]
mod excerpt_tests;
mod first;
mod later;
mod liveness;
mod memory;
mod objects;
mod operands;
mod places;
mod profile;
mod references;
mod shape;
mod watch;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use walrus::{FunctionId, Module, ModuleConfig};

pub use objects::{Objects, without_relocations};
pub use profile::Profile;
pub use watch::{SEEN, observed, watched};

/// The import that brings the later part; the first part calls it at most once.
pub const DEMAND: &str = "__later_demand";
/// The exported global that is 1 as soon as the later part is there.
const IS_HERE: &str = "later_is_here";
/// The exported table that the later part fills.
const TABLE: &str = "later_functions";
/// The module name under which the later part imports from the first.
const FIRST: &str = "first";

/// A module in two parts.
pub struct Parts {
    /// What is instantiated at once, and exports all that the other part needs.
    pub first: Vec<u8>,
    /// What is instantiated later, with the first part's exports.
    pub later: Vec<u8>,
    /// How many of the profile's functions the module has, of all.
    pub known: (usize, usize),
}

/// Parts a module, which must have its names.
///
/// # Errors
/// When it cannot be read, or holds what cannot be parted.
pub fn split(wasm: &[u8], profile: &Profile, objects: &Objects) -> Result<Parts> {
    let wasm = &watch::without_cold_pieces(wasm, profile)?;
    let mut module = read(wasm)?;
    let locals = module.funcs.iter_local().map(|(id, _)| id);
    let (early, late): (BTreeSet<FunctionId>, BTreeSet<FunctionId>) =
        locals.partition(|id| profile.holds(name(&module, *id)));
    let named: BTreeSet<u32> = early.iter().map(|id| profile::mark(name(&module, *id))).collect();
    let references = references::of(&module);
    // Called from the first part, from JavaScript or through the table of functions: reached through a slot.
    let reached: Vec<FunctionId> =
        late.iter().filter(|id| references.is_reached_from(&early, **id)).copied().collect();
    let needed = references.needed_by(&late, &early);
    let image = memory::taken(&mut module, &early, objects)?;
    // Ids belong to one copy of the module; the places that they stand for are the same in both.
    let copy = read(wasm)?;
    let ids: BTreeMap<usize, FunctionId> =
        copy.funcs.iter().map(|function| (function.id().index(), function.id())).collect();
    let there = |id: &FunctionId| ids[&id.index()];
    let later = later::Outline {
        early: early.iter().map(there).collect(),
        reached: reached.iter().map(there).collect(),
        needed: needed.iter().map(there).collect(),
    };
    Ok(Parts {
        later: later::part(copy, &later, &image),
        first: first::part(module, &late, &reached, &needed, &image)?,
        known: (named.len(), profile.len()),
    })
}

/// The whole module without its names.
///
/// # Errors
/// When it cannot be read.
pub fn whole(wasm: &[u8]) -> Result<Vec<u8>> {
    Ok(read(wasm)?.emit_wasm())
}

fn read(wasm: &[u8]) -> Result<Module> {
    configured(wasm, false)
}

/// A module whose names are written out again.
fn read_named(wasm: &[u8]) -> Result<Module> {
    configured(wasm, true)
}

fn configured(wasm: &[u8], keeps_names: bool) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(keeps_names).generate_producers_section(false);
    config.parse(wasm).context("reading a module in order to part it")
}

fn name(module: &Module, id: FunctionId) -> &str {
    module.funcs.get(id).name.as_deref().unwrap_or_default()
}
