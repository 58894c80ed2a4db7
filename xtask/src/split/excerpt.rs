//! Moves a piece of a function into a function of its own, and calls that where the piece was.

use std::collections::BTreeMap;

use walrus::ir::{
    BinaryOp, Binop, Block, Br, BrIf, BrTable, Call, Const, IfElse, Instr, InstrSeqId, LocalGet, LocalSet,
    Loop, Return, Unreachable, Value,
};
use walrus::{FunctionBuilder, FunctionId, LocalFunction, LocalId, Module, ValType};

use super::cold::{Exit, Piece};

type Instructions = Vec<(Instr, walrus::ir::InstrLocId)>;

/// Moves a piece out of a function. Where it goes on is the new function's last result, behind what the exits carry and
/// the piece's outcomes.
pub fn move_out(module: &mut Module, from: FunctionId, piece: &Piece, name: String) {
    let ty = |local: &LocalId| module.locals.get(*local).ty();
    let parameters: Vec<ValType> = piece.parameters.iter().map(ty).collect();
    let mut results: Vec<ValType> = piece.carried.clone();
    results.extend(piece.outcomes.iter().map(ty));
    if piece.exits.len() > 1 {
        results.push(ValType::I32);
    }
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.name(name);
    let body = builder.func_body_id();
    let place_for_index = module.locals.add(ValType::I32);
    let function = module.funcs.get_mut(from).kind.unwrap_local_mut();
    let tail = function.block_mut(piece.begin.sequence).instrs.split_off(piece.begin.at);
    let mut excerpt = Excerpt { function, piece, builder, inside: BTreeMap::new(), place_for_index };
    excerpt.copy(tail, body);
    if let Some(number) = excerpt.number(Exit::End) {
        excerpt.results(number, body);
    }
    let builder = excerpt.builder;
    let moved = builder.finish(piece.parameters.clone(), &mut module.funcs);
    call(module, from, piece, moved);
}

/// The copy of a piece in its own function.
struct Excerpt<'a> {
    function: &'a mut LocalFunction,
    piece: &'a Piece,
    builder: FunctionBuilder,
    /// The piece's own sequences, and their copies.
    inside: BTreeMap<InstrSeqId, InstrSeqId>,
    place_for_index: LocalId,
}

impl Excerpt<'_> {
    fn copy(&mut self, instructions: Instructions, into: InstrSeqId) {
        for (instruction, _) in instructions {
            match instruction {
                Instr::Block(block) => {
                    let seq = self.sequence(block.seq);
                    self.put(into, Block { seq });
                }
                Instr::Loop(body) => {
                    let seq = self.sequence(body.seq);
                    self.put(into, Loop { seq });
                }
                Instr::IfElse(branches) => {
                    let consequent = self.sequence(branches.consequent);
                    let alternative = self.sequence(branches.alternative);
                    self.put(into, IfElse { consequent, alternative });
                }
                Instr::Return(_) => self.leave(Exit::Return, into),
                Instr::Br(branch) => match self.inside.get(&branch.block).copied() {
                    Some(block) => self.put(into, Br { block }),
                    None => self.leave(Exit::Label(branch.block), into),
                },
                Instr::BrIf(branch) => match self.inside.get(&branch.block).copied() {
                    Some(block) => self.put(into, BrIf { block }),
                    None => self.leave_if(Exit::Label(branch.block), into),
                },
                Instr::BrTable(table) => self.table(&table, into),
                other => self.put(into, other),
            }
        }
    }

    fn put(&mut self, into: InstrSeqId, instruction: impl Into<Instr>) {
        self.builder.instr_seq(into).instr(instruction);
    }

    /// An empty sequence that leaves nothing on the stack.
    fn fresh(&mut self) -> InstrSeqId {
        self.builder.dangling_instr_seq(None).id()
    }

    fn sequence(&mut self, original: InstrSeqId) -> InstrSeqId {
        let sequence = self.function.block_mut(original);
        let (ty, instructions) = (sequence.ty, std::mem::take(&mut sequence.instrs));
        let copy = self.builder.dangling_instr_seq(ty).id();
        self.inside.insert(original, copy);
        self.copy(instructions, copy);
        copy
    }

    /// The number by which the caller tells an exit.
    fn number(&self, exit: Exit) -> Option<usize> {
        self.piece.exits.iter().position(|(other, _)| *other == exit)
    }

    fn leave(&mut self, exit: Exit, into: InstrSeqId) {
        let number = self.number(exit).expect("the piece was searched for its exits");
        self.results(number, into);
        self.put(into, Return {});
    }

    fn leave_if(&mut self, exit: Exit, into: InstrSeqId) {
        let (consequent, alternative) = (self.fresh(), self.fresh());
        self.leave(exit, consequent);
        self.put(into, IfElse { consequent, alternative });
    }

    /// Puts the results on the stack, on which lies already what the exit carries.
    fn results(&mut self, number: usize, into: InstrSeqId) {
        if !self.piece.exits[number].1 {
            for ty in &self.piece.carried {
                let value = zero(*ty);
                self.builder.instr_seq(into).instr(Const { value });
            }
        }
        for local in &self.piece.outcomes {
            self.builder.instr_seq(into).local_get(*local);
        }
        if self.piece.exits.len() > 1 {
            self.builder.instr_seq(into).i32_const(number as i32);
        }
    }

    /// A table of branches: those that leave go behind blocks around it, one for each exit.
    fn table(&mut self, table: &BrTable, into: InstrSeqId) {
        let targets = || table.blocks.iter().chain([&table.default]);
        let mut leaving: Vec<InstrSeqId> =
            targets().filter(|block| !self.inside.contains_key(block)).copied().collect();
        leaving.sort();
        leaving.dedup();
        let around: BTreeMap<InstrSeqId, InstrSeqId> =
            leaving.iter().map(|target| (*target, self.fresh())).collect();
        let goal = |block: &InstrSeqId| self.inside.get(block).or_else(|| around.get(block)).copied();
        let goal = |block| goal(block).expect("a branch leaves or stays");
        let blocks = table.blocks.iter().map(goal).collect();
        let mut content: Vec<Instr> = vec![BrTable { blocks, default: goal(&table.default) }.into()];
        if !leaving.is_empty() {
            self.put(into, LocalSet { local: self.place_for_index });
            content.insert(0, LocalGet { local: self.place_for_index }.into());
        }
        for target in leaving {
            let block = around[&target];
            content.into_iter().for_each(|instruction| self.put(block, instruction));
            let rest = self.fresh();
            self.leave(Exit::Label(target), rest);
            content = vec![Block { seq: block }.into()];
            let rest = std::mem::take(self.builder.instr_seq(rest).instrs_mut());
            content.extend(rest.into_iter().map(|(instruction, _)| instruction));
        }
        content.into_iter().for_each(|instruction| self.put(into, instruction));
    }
}

/// Calls the moved piece where it was, and goes on where it says.
fn call(module: &mut Module, from: FunctionId, piece: &Piece, moved: FunctionId) {
    let mut code: Vec<Instr> =
        piece.parameters.iter().map(|local| LocalGet { local: *local }.into()).collect();
    code.push(Call { func: moved }.into());
    let chosen = (piece.exits.len() > 1).then(|| module.locals.add(ValType::I32));
    let outcomes = piece.outcomes.iter().copied().chain(chosen);
    let outcomes: Vec<LocalId> = outcomes.collect();
    code.extend(outcomes.iter().rev().map(|local| Instr::from(LocalSet { local: *local })));
    let Some(chosen) = chosen else {
        match piece.exits.first() {
            None => code.push(Unreachable {}.into()), // it never comes back
            Some((exit, _)) => code.extend(going(*exit)),
        }
        return append(module, from, piece, code);
    };
    let carried: Vec<LocalId> = piece.carried.iter().map(|ty| module.locals.add(*ty)).collect();
    code.extend(carried.iter().rev().map(|local| Instr::from(LocalSet { local: *local })));
    let with_carried = |(exit, carries): &(Exit, bool)| {
        let carried =
            carried.iter().filter(|_| *carries).map(|local| Instr::from(LocalGet { local: *local }));
        carried.chain(going(*exit)).collect::<Vec<Instr>>()
    };
    // The last exit is what remains. End is the greatest, so that it is there wherever it is one.
    let (last, others) = piece.exits.split_last().expect("there are at least two");
    for (number, exit) in (0..).zip(others) {
        code.push(LocalGet { local: chosen }.into());
        code.push(Const { value: Value::I32(number) }.into());
        code.push(Binop { op: BinaryOp::I32Eq }.into());
        if let (Exit::Label(block), false) = exit {
            code.push(BrIf { block: *block }.into());
            continue;
        }
        let builder = module.funcs.get_mut(from).kind.unwrap_local_mut().builder_mut();
        let consequent = builder.dangling_instr_seq(None).id();
        let alternative = builder.dangling_instr_seq(None).id();
        let mut sequence = builder.instr_seq(consequent);
        for instruction in with_carried(exit) {
            sequence.instr(instruction);
        }
        code.push(IfElse { consequent, alternative }.into());
    }
    code.extend(with_carried(last));
    append(module, from, piece, code);
}

/// The jump to where an exit leads.
fn going(exit: Exit) -> Option<Instr> {
    match exit {
        Exit::Return => Some(Return {}.into()),
        Exit::Label(block) => Some(Br { block }.into()),
        Exit::End => None,
    }
}

fn append(module: &mut Module, from: FunctionId, piece: &Piece, code: Vec<Instr>) {
    let function = module.funcs.get_mut(from).kind.unwrap_local_mut();
    let mut sequence = function.builder_mut().instr_seq(piece.begin.sequence);
    for instruction in code {
        sequence.instr(instruction);
    }
}

fn zero(ty: ValType) -> Value {
    match ty {
        ValType::I64 => Value::I64(0),
        ValType::F32 => Value::F32(0.0),
        ValType::F64 => Value::F64(0.0),
        _ => Value::I32(0),
    }
}
