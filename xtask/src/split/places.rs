//! The places of a function at which its execution can take another way: what is watched, and where cold parts begin.

use walrus::ir::{Block, IfElse, Instr, InstrSeqId, Loop};
use walrus::{FunctionId, LocalFunction, Module};

/// A place in a function, before an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sequence of instructions.
    pub sequence: InstrSeqId,
    /// The instruction's place in it.
    pub at: usize,
}

/// The places of every local function, function by function: their order is what numbers them.
pub fn of_module(module: &Module) -> Vec<(FunctionId, Vec<Place>)> {
    module.funcs.iter_local().map(|(id, function)| (id, of(function))).collect()
}

/// The places of a function: its beginning, the beginning of each inner sequence, and what follows a conditional branch
/// or an inner sequence. What lies between two places runs from beginning to end, if at all.
pub fn of(function: &LocalFunction) -> Vec<Place> {
    let mut places = Vec::new();
    add(function, function.entry_block(), &mut places);
    places
}

fn add(function: &LocalFunction, sequence: InstrSeqId, places: &mut Vec<Place>) {
    let instructions = &function.block(sequence).instrs;
    if instructions.is_empty() && sequence != function.entry_block() {
        return; // a branch that is not there; an empty function is one that is called
    }
    places.push(Place { sequence, at: 0 });
    for (at, (instruction, _)) in instructions.iter().enumerate() {
        let inner = inner(instruction);
        inner.iter().flatten().for_each(|inner| add(function, *inner, places));
        let forks = inner[0].is_some() || matches!(instruction, Instr::BrIf(_));
        if forks && at + 1 < instructions.len() {
            places.push(Place { sequence, at: at + 1 });
        }
    }
}

/// The sequences inside an instruction.
pub fn inner(instruction: &Instr) -> [Option<InstrSeqId>; 2] {
    match instruction {
        Instr::Block(Block { seq }) | Instr::Loop(Loop { seq }) => [Some(*seq), None],
        Instr::IfElse(IfElse { consequent, alternative }) => [Some(*consequent), Some(*alternative)],
        _ => [None, None],
    }
}
