//! What lies in memory at the beginning, parted as the functions are.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use walrus::ir::{Const, Instr, MemArg, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, FunctionId, GlobalKind, MemoryId, Module};

use super::objects::Objects;

/// Zeros between two stretches up to this many are cheaper than another stretch.
const GAP: usize = 8;

/// The bytes of a memory from an address on, and which of them come later.
pub struct Image {
    start: u32,
    bytes: Vec<u8>,
    is_late: Vec<bool>,
}

/// Takes the data out of a module, and finds what the functions of the first part cannot get at.
///
/// # Errors
/// When a module holds data that is not put into memory at its start.
pub fn taken(module: &mut Module, early: &BTreeSet<FunctionId>, objects: &Objects) -> Result<Image> {
    let mut stretches = Vec::new();
    for data in module.data.iter() {
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else {
            bail!("data that is not put into memory at the module's start");
        };
        stretches.push((start.cast_unsigned(), data.value.clone()));
    }
    let start = stretches.iter().map(|(start, _)| *start).min().context("a module without data")?;
    let end = stretches.iter().map(|(start, bytes)| *start as usize + bytes.len()).max().unwrap_or(0);
    let mut bytes = vec![0; end - start as usize];
    for (at, stretch) in stretches {
        let at = (at - start) as usize;
        bytes[at..at + stretch.len()].copy_from_slice(&stretch);
    }
    let mut is_late = vec![false; bytes.len()];
    for Range { start: from, end: to } in objects.out_of_reach(&numbers(module, early)) {
        let place = |address: u32| (address.saturating_sub(start) as usize).min(is_late.len());
        let range = place(from)..place(to);
        is_late[range].fill(true);
    }
    Ok(Image { start, bytes, is_late })
}

impl Image {
    /// Puts the data of one part into a module that has none.
    pub fn put(&self, module: &mut Module, memory: MemoryId, late: bool) {
        clear(module);
        let is_ours = |at: &usize| self.is_late[*at] == late && self.bytes[*at] != 0;
        // What is there already may have been written since: the later part does not touch it, not even with zeros.
        let may_bridge =
            |gap: Range<usize>| gap.len() <= GAP && (!late || self.is_late[gap].iter().all(|is| *is));
        let mut ours = (0..self.bytes.len()).filter(is_ours).peekable();
        while let Some(first) = ours.next() {
            let mut last = first;
            while let Some(next) = ours.next_if(|next| may_bridge(last + 1..*next)) {
                last = next;
            }
            let stretch = (first..=last).map(|at| if is_ours(&at) { self.bytes[at] } else { 0 });
            let offset = ConstExpr::Value(Value::I32(self.start.wrapping_add(first as u32).cast_signed()));
            let kind = DataKind::Active { memory, offset };
            let data = module.data.add(kind, stretch.collect());
            module.memories.get_mut(memory).data_segments.insert(data);
        }
    }
}

/// Takes all data out of a module.
pub fn clear(module: &mut Module) {
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
}

/// Every number in functions and globals that could be an address or hold one.
fn numbers(module: &Module, functions: &BTreeSet<FunctionId>) -> BTreeSet<u32> {
    let mut numbers = Numbers::default();
    for id in functions {
        let function = module.funcs.get(*id).kind.unwrap_local();
        dfs_in_order(&mut numbers, function, function.entry_block());
    }
    for global in module.globals.iter() {
        if let GlobalKind::Local(ConstExpr::Value(value)) = global.kind {
            numbers.add(value);
        }
    }
    numbers.0
}

#[derive(Default)]
struct Numbers(BTreeSet<u32>);

impl Numbers {
    fn add(&mut self, value: Value) {
        match value {
            Value::I32(value) => {
                self.0.insert(value.cast_unsigned());
            }
            // Two numbers side by side are often computed as one.
            Value::I64(value) => {
                let bits = value.cast_unsigned();
                self.0.extend([bits as u32, (bits >> 32) as u32]);
            }
            _ => {}
        }
    }

    fn add_offset(&mut self, argument: MemArg) {
        self.0.insert(argument.offset as u32);
    }
}

impl Visitor<'_> for Numbers {
    fn visit_instr(&mut self, instruction: &Instr, _: &walrus::ir::InstrLocId) {
        match instruction {
            Instr::Const(Const { value }) => self.add(*value),
            Instr::Load(load) => self.add_offset(load.arg),
            Instr::Store(store) => self.add_offset(store.arg),
            _ => {}
        }
    }
}
