//! A module that tells which of its places are passed, for writing a profile, and what is made of what it told.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use walrus::ir::{
    Call, Const, ExtendedLoad, IfElse, Instr, InstrLocId, Load, LoadKind, MemArg, Store, StoreKind, UnaryOp,
    Unop, Value,
};
use walrus::{LocalFunction, Module, ValType};

use super::places::{self, Place};
use super::shape::Shapes;
use super::{Profile, cold, name, read};
use crate::shorten::IMPORTS;

/// The import that hears the number of each place when it is passed for the first time.
pub const SEEN: &str = "__place_seen";

/// The size of a page of memory.
const PAGE: u64 = 1 << 16;

/// The module with its watch.
///
/// # Errors
/// When it cannot be read.
pub fn watched(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = read(wasm)?;
    let places = places::of_module(&module);
    let ty = module.types.add(&[ValType::I32], &[]);
    let (seen, _) = module.add_import_func(IMPORTS, SEEN, ty);
    // A byte for each place, behind all that the module knows of: its allocator takes what it grows the memory by.
    let count: usize = places.iter().map(|(_, places)| places.len()).sum();
    let memory = module.memories.iter_mut().next().context("a module without memory")?;
    let passed = memory.initial * PAGE;
    memory.initial += (count as u64).div_ceil(PAGE);
    let memory = memory.id();
    let at_passed = MemArg { align: 1, offset: passed };
    let is_passed: Instr =
        Load { memory, kind: LoadKind::I32_8 { kind: ExtendedLoad::ZeroExtend }, arg: at_passed }.into();
    let pass: Instr = Store { memory, kind: StoreKind::I32_8 { atomic: false }, arg: at_passed }.into();
    let mut number = 0;
    for (id, places) in places {
        let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
        for (number, place) in (number..).zip(&places).collect::<Vec<_>>().into_iter().rev() {
            let number: Instr = Const { value: Value::I32(number) }.into();
            let first = [
                number.clone(),
                Const { value: Value::I32(1) }.into(),
                pass.clone(),
                number.clone(),
                Call { func: seen }.into(),
            ];
            let consequent = function.builder_mut().dangling_instr_seq(None).id();
            let alternative = function.builder_mut().dangling_instr_seq(None).id();
            function
                .block_mut(consequent)
                .instrs
                .extend(first.map(|instruction| (instruction, InstrLocId::default())));
            let asked = [
                number,
                is_passed.clone(),
                Unop { op: UnaryOp::I32Eqz }.into(),
                IfElse { consequent, alternative }.into(),
            ];
            insert(function, *place, asked);
        }
        number += i32::try_from(places.len())?;
    }
    Ok(module.emit_wasm())
}

fn insert(function: &mut LocalFunction, place: Place, instructions: [Instr; 4]) {
    let instructions = instructions.map(|instruction| (instruction, InstrLocId::default()));
    function.block_mut(place.sequence).instrs.splice(place.at..place.at, instructions);
}

/// The profile of a module, given the numbers of the places that were passed; and how many functions ran.
///
/// # Errors
/// When it cannot be read.
pub fn observed(wasm: &[u8], passed: &BTreeSet<usize>) -> Result<Profile> {
    let module = read(wasm)?;
    let shapes = Shapes::of(&module);
    let (mut names, mut cold) = (Vec::new(), BTreeSet::new());
    let mut number = 0;
    for (id, places) in places::of_module(&module) {
        let numbers = number..number + places.len();
        number = numbers.end;
        if !passed.contains(&numbers.start) {
            continue;
        }
        names.push(name(&module, id));
        let function = module.funcs.get(id).kind.unwrap_local();
        let ran: BTreeSet<Place> = numbers
            .zip(&places)
            .filter(|(number, _)| passed.contains(number))
            .map(|(_, place)| *place)
            .collect();
        let pieces = cold::pieces(&module, function, &|place| !ran.contains(&place));
        let found: Vec<Place> = pieces.iter().map(|piece| piece.found).collect();
        let ran: Vec<Place> = ran.into_iter().collect();
        // What does the same as a piece that ran cannot be told from it.
        let hot: BTreeSet<u64> = shapes.marks(id, function, &ran).into_iter().collect();
        cold.extend(shapes.marks(id, function, &found).into_iter().filter(|mark| !hot.contains(mark)));
    }
    Ok(Profile::of(names, cold))
}

/// Whether the way through a function depends on chance, so that one visit does not tell of the next: how a number is
/// rounded when it is written, where a hash table puts an entry, which block of memory is free. Such functions stay whole.
fn is_left_to_chance(name: &str) -> bool {
    let of = name.split(" as ").nth(1).unwrap_or(name);
    [name, of].iter().any(|name| {
        let mut path = name.trim_start_matches('<').split("::");
        match (path.next().unwrap_or_default().split('[').next(), path.next()) {
            (Some("hashbrown" | "dlmalloc"), _) => true,
            (Some("core"), module) => matches!(module, Some("num" | "fmt")),
            _ => false,
        }
    })
}

/// Moves the pieces of a module's functions that the profile says are cold into functions of their own.
///
/// # Errors
/// When the module cannot be read.
pub fn without_cold_pieces(wasm: &[u8], profile: &Profile) -> Result<Vec<u8>> {
    let mut module: Module = super::read_named(wasm)?;
    let mut found = Vec::new();
    let shapes = Shapes::of(&module);
    for (id, places) in places::of_module(&module) {
        if !profile.holds(name(&module, id)) || is_left_to_chance(name(&module, id)) {
            continue;
        }
        let function = module.funcs.get(id).kind.unwrap_local();
        let marks = shapes.marks(id, function, &places);
        let marked = places.into_iter().zip(marks).filter(|(_, mark)| profile.is_cold(*mark));
        let marked: BTreeSet<Place> = marked.map(|(place, _)| place).collect();
        if !marked.is_empty() {
            let pieces = cold::pieces(&module, function, &|place| marked.contains(&place));
            found.extend(pieces.into_iter().map(|piece| (id, piece)));
        }
    }
    for (number, (id, piece)) in found.iter().enumerate() {
        super::excerpt::move_out(&mut module, *id, piece, format!("cold piece {number}"));
    }
    Ok(module.emit_wasm())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_on_chance_is_known_by_its_name() {
        for name in [
            "core[12f8]::num::imp::flt2dec::strategy::grisu::format_exact_opt::possibly_round",
            "<f64 as core[12f8]::fmt::Display>::fmt",
            "<hashbrown[d17c]::raw::RawTable<(u32, alloc[48ea]::rc::Rc<u8>)>>::remove",
        ] {
            assert!(is_left_to_chance(name), "{name}");
        }
        for name in
            ["scrapeyard_web[1]::core::num", "<yew[3]::Scope<core[1]::num::X>>::render", "core[1]::str::find"]
        {
            assert!(!is_left_to_chance(name), "{name}");
        }
    }
}
