//! Marks of pieces of functions that outlast a build: of what is done, not of where things lie.

use std::collections::BTreeMap;

use walrus::ir::{Instr, InstrSeqId, Value};
use walrus::{FunctionId, LocalFunction, Module};

use super::places::{self, Place};
use super::{name, profile};

/// Constants from here on may be addresses, which move with every build.
const ADDRESSES: i32 = 1 << 20;

/// Gives marks to the pieces of a module's functions.
pub struct Shapes {
    names: BTreeMap<FunctionId, u32>,
}

impl Shapes {
    /// For a module with its names.
    pub fn of(module: &Module) -> Self {
        let names = module.funcs.iter_local().map(|(id, _)| (id, profile::mark(name(module, id)))).collect();
        Self { names }
    }

    /// The mark of what lies from each place on to the end of its sequence. Two pieces of a function that do the same have
    /// the same.
    pub fn marks(&self, id: FunctionId, function: &LocalFunction, wanted: &[Place]) -> Vec<u64> {
        let mut after = BTreeMap::new();
        self.tails(function, function.entry_block(), &mut after);
        let seed = u64::from(self.names[&id]);
        wanted.iter().map(|place| mixed(seed, after.get(place).copied().unwrap_or_default()) >> 20).collect()
    }

    /// Notes the hash of every tail of a sequence and of those inside; gives that of the whole.
    fn tails(&self, function: &LocalFunction, sequence: InstrSeqId, after: &mut BTreeMap<Place, u64>) -> u64 {
        let mut hash = 0;
        for (at, (instruction, _)) in function.block(sequence).instrs.iter().enumerate().rev() {
            hash = mixed(hash, self.word(instruction));
            for inner in places::inner(instruction).into_iter().flatten() {
                hash = mixed(hash, self.tails(function, inner, after));
            }
            after.insert(Place { sequence, at }, hash);
        }
        hash
    }

    /// An instruction as a number.
    fn word(&self, instruction: &Instr) -> u64 {
        match instruction {
            Instr::Call(call) => 1 << 32 | self.names.get(&call.func).map_or(0, |mark| u64::from(*mark)),
            Instr::Const(constant) => match constant.value {
                Value::I32(value) if value < ADDRESSES => mixed(2, u64::from(value.cast_unsigned())),
                Value::I32(_) => 2,
                Value::I64(value) => mixed(3, value.cast_unsigned()),
                Value::F32(value) => mixed(4, u64::from(value.to_bits())),
                Value::F64(value) => mixed(5, value.to_bits()),
                Value::V128(_) => 6,
            },
            Instr::Binop(binary) => spelled(7, &format!("{:?}", binary.op)),
            Instr::Unop(unary) => spelled(8, &format!("{:?}", unary.op)),
            Instr::Load(load) => spelled(9, &format!("{:?}", load.kind)),
            Instr::Store(store) => spelled(10, &format!("{:?}", store.kind)),
            Instr::LocalGet(_) => 11,
            Instr::LocalSet(_) => 12,
            Instr::LocalTee(_) => 13,
            Instr::GlobalGet(_) => 14,
            Instr::GlobalSet(_) => 15,
            Instr::Block(_) => 16,
            Instr::Loop(_) => 17,
            Instr::IfElse(_) => 18,
            Instr::Br(_) => 19,
            Instr::BrIf(_) => 20,
            Instr::BrTable(table) => mixed(21, table.blocks.len() as u64),
            Instr::Return(_) => 22,
            Instr::Unreachable(_) => 23,
            Instr::CallIndirect(_) => 24,
            Instr::Drop(_) => 25,
            Instr::Select(_) => 26,
            _ => 27,
        }
    }
}

fn spelled(kind: u64, text: &str) -> u64 {
    text.bytes().fold(kind, |hash, byte| mixed(hash, u64::from(byte)))
}

/// One step of a hash that needs to withstand nobody.
fn mixed(hash: u64, word: u64) -> u64 {
    let hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}
