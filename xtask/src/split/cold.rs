//! Which pieces of the functions that run before the first chart do not run themselves, and are worth moving.

use std::collections::{BTreeMap, BTreeSet};

use walrus::ir::{Instr, InstrSeqId, Value};
use walrus::{LocalFunction, LocalId, Module, ValType};

use super::liveness::Liveness;
use super::operands::{heights, results};
use super::places::{self, Place};

/// A piece must weigh this much more than the call that takes its place, in bytes before compression.
const WORTH: usize = 8;
/// Functions of more parameters or results are slow, and few.
const WIDEST: usize = 12;

/// Where a piece of a function goes on when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Out of the function.
    Return,
    /// To a sequence around the piece: behind its end, or for a loop to its beginning.
    Label(InstrSeqId),
    /// Behind the end of its own sequence.
    End,
}

/// A piece of a function: from a place to the end of its sequence.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The place at which it was found not to run.
    pub found: Place,
    /// Where it begins: there or a little later, where no operand lies on the stack.
    pub begin: Place,
    /// The locals that it reads.
    pub parameters: Vec<LocalId>,
    /// The locals that it writes and somebody reads afterwards.
    pub outcomes: Vec<LocalId>,
    /// What its exits carry on the stack: all those that carry something carry the same.
    pub carried: Vec<ValType>,
    /// Its exits, and whether each carries `carried`.
    pub exits: Vec<(Exit, bool)>,
}

/// The pieces of a function worth moving, none inside another, given which places are cold.
pub fn pieces(module: &Module, function: &LocalFunction, is_cold: &dyn Fn(Place) -> bool) -> Vec<Piece> {
    let places = places::of(function);
    let mut search = Search {
        module,
        function,
        is_cold,
        places: BTreeMap::new(),
        loops: BTreeSet::new(),
        liveness: None,
        found: Vec::new(),
    };
    for place in places {
        let instructions = &function.block(place.sequence).instrs;
        search.loops.extend(instructions.iter().filter_map(|(instruction, _)| match instruction {
            Instr::Loop(body) => Some(body.seq),
            _ => None,
        }));
        search.places.entry(place.sequence).or_default().push(place.at);
    }
    search.sequence(function.entry_block());
    search.found
}

struct Search<'a> {
    module: &'a Module,
    function: &'a LocalFunction,
    is_cold: &'a dyn Fn(Place) -> bool,
    /// The places of each sequence.
    places: BTreeMap<InstrSeqId, Vec<usize>>,
    /// A branch to one of these goes to its beginning.
    loops: BTreeSet<InstrSeqId>,
    /// Looked at when first needed.
    liveness: Option<Liveness<'a>>,
    found: Vec<Piece>,
}

impl Search<'_> {
    fn sequence(&mut self, sequence: InstrSeqId) {
        let places = self.places.get(&sequence).cloned().unwrap_or_default();
        let cold = places.into_iter().map(|at| Place { sequence, at }).find(|place| (self.is_cold)(*place));
        let piece = cold.and_then(|place| self.piece(place));
        let instructions = &self.function.block(sequence).instrs;
        let staying = piece.as_ref().map_or(instructions.len(), |piece| piece.begin.at);
        self.found.extend(piece);
        for (instruction, _) in &instructions[..staying] {
            places::inner(instruction).into_iter().flatten().for_each(|inner| self.sequence(inner));
        }
    }

    /// The piece that is found cold at a place, where it can be moved and is worth it.
    fn piece(&mut self, found: Place) -> Option<Piece> {
        let heights = heights(self.module, self.function, found.sequence)?;
        let at = (found.at..heights.len()).find(|at| heights[*at] == Some(0))?;
        let begin = Place { at, ..found };
        let instructions = &self.function.block(found.sequence).instrs;
        let mut content = Content::default();
        for (instruction, _) in instructions.get(at..)? {
            content.add(self.module, self.function, instruction)?;
        }
        if heights.last().copied().flatten().is_some() {
            content.exits.insert(Exit::End, false);
        }
        let carried = self.carried(&content, found.sequence)?;
        let liveness = self.liveness.get_or_insert_with(|| Liveness::of(self.function));
        let is_read_after = |local: &LocalId| {
            content.exits.keys().any(|exit| match exit {
                Exit::Return => false,
                Exit::Label(label) => liveness.is_read_at_label(*label, *local),
                Exit::End => liveness.is_read_behind(found.sequence, *local),
            })
        };
        let mut outcomes: Vec<LocalId> = content.written.iter().copied().filter(is_read_after).collect();
        let is_live = liveness.at(begin);
        let touched: BTreeSet<LocalId> = content.read.iter().chain(&outcomes).copied().collect();
        let mut parameters: Vec<LocalId> = touched.into_iter().filter(|local| is_live(*local)).collect();
        // By type, so that few different types of functions are needed.
        parameters.sort_by_key(|local| self.module.locals.get(*local).ty());
        outcomes.sort_by_key(|local| self.module.locals.get(*local).ty());
        let mut types = parameters.iter().chain(&outcomes).map(|local| self.module.locals.get(*local).ty());
        let has_references = types.any(|ty| !is_number(ty)) || !carried.0.iter().all(|ty| is_number(*ty));
        if has_references {
            return None; // they are few
        }
        let piece = Piece { found, begin, parameters, outcomes, exits: carried.1, carried: carried.0 };
        (content.weight >= piece.cost() + WORTH).then_some(piece)
    }

    /// What the exits carry, and which of them do; nothing where they differ too much to be told apart by one number.
    #[expect(clippy::type_complexity)]
    fn carried(&self, content: &Content, sequence: InstrSeqId) -> Option<(Vec<ValType>, Vec<(Exit, bool)>)> {
        let mut carried: Vec<ValType> = Vec::new();
        let mut exits = Vec::new();
        for (exit, by_condition) in &content.exits {
            let values = match exit {
                Exit::Return => self.module.types.results(self.function.ty()).to_vec(),
                Exit::Label(label) if self.loops.contains(label) => Vec::new(),
                Exit::Label(label) => results(self.module, self.function.block(*label).ty)?,
                Exit::End => results(self.module, self.function.block(sequence).ty)?,
            };
            if !values.is_empty() {
                if *by_condition || (!carried.is_empty() && carried != values) {
                    return None;
                }
                carried.clone_from(&values);
            }
            exits.push((*exit, !values.is_empty()));
        }
        Some((carried, exits))
    }
}

impl Piece {
    /// What the call weighs that stands in its place, or nothing smaller than that.
    fn cost(&self) -> usize {
        let wide = self.parameters.len() > WIDEST || self.outcomes.len() + self.carried.len() > WIDEST;
        let moved = 2 * self.parameters.len() + 2 * self.outcomes.len();
        let chosen = self.exits.len().saturating_sub(1) * 7 + self.exits.len() * 2 * self.carried.len();
        if wide { usize::MAX / 2 } else { 6 + moved + chosen }
    }
}

/// What stands in a piece.
#[derive(Default)]
struct Content {
    read: BTreeSet<LocalId>,
    written: BTreeSet<LocalId>,
    /// Where it leaves, and whether by a conditional branch or a table of them.
    exits: BTreeMap<Exit, bool>,
    inside: BTreeSet<InstrSeqId>,
    weight: usize,
}

impl Content {
    /// Adds an instruction with all that it holds; `None` where one is not known here.
    fn add(&mut self, module: &Module, function: &LocalFunction, instruction: &Instr) -> Option<()> {
        self.weight += weight(instruction);
        match instruction {
            Instr::LocalGet(get) => {
                self.read.insert(get.local);
            }
            Instr::LocalSet(set) => {
                self.written.insert(set.local);
            }
            Instr::LocalTee(tee) => {
                self.written.insert(tee.local);
            }
            Instr::Return(_) => self.leave(Exit::Return, false),
            Instr::Br(branch) => self.branch(branch.block, false),
            Instr::BrIf(branch) => self.branch(branch.block, true),
            Instr::BrTable(table) => {
                table.blocks.iter().chain([&table.default]).for_each(|block| self.branch(*block, true));
            }
            _ => {}
        }
        for inner in places::inner(instruction).into_iter().flatten() {
            heights(module, function, inner)?; // whether every instruction is known
            self.inside.insert(inner);
            for (instruction, _) in &function.block(inner).instrs {
                self.add(module, function, instruction)?;
            }
        }
        Some(())
    }

    fn branch(&mut self, to: InstrSeqId, by_condition: bool) {
        if !self.inside.contains(&to) {
            self.leave(Exit::Label(to), by_condition);
        }
    }

    fn leave(&mut self, exit: Exit, by_condition: bool) {
        *self.exits.entry(exit).or_default() |= by_condition;
    }
}

fn is_number(ty: ValType) -> bool {
    matches!(ty, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64)
}

/// About how many bytes an instruction takes.
fn weight(instruction: &Instr) -> usize {
    match instruction {
        Instr::Const(constant) => match constant.value {
            Value::I32(value) => 1 + signed_length(value.into()),
            Value::I64(value) => 1 + signed_length(value),
            Value::F32(_) => 5,
            Value::F64(_) => 9,
            Value::V128(_) => 18,
        },
        Instr::Load(_) | Instr::Store(_) | Instr::CallIndirect(_) | Instr::Call(_) => 3,
        Instr::Block(_) | Instr::Loop(_) | Instr::MemoryCopy(_) => 3,
        Instr::IfElse(_) => 4,
        Instr::BrTable(table) => 2 + table.blocks.len(),
        Instr::Binop(_) | Instr::Unop(_) | Instr::Drop(_) | Instr::Return(_) | Instr::Unreachable(_) => 1,
        _ => 2,
    }
}

/// The bytes of a number in the format's variable length.
fn signed_length(value: i64) -> usize {
    let bits = 65 - if value < 0 { !value } else { value }.leading_zeros();
    bits.div_ceil(7) as usize
}
