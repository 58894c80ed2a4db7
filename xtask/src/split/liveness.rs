//! Which locals of a function are still read after a place.

use std::collections::BTreeMap;

use walrus::ir::{Instr, InstrSeqId};
use walrus::{LocalFunction, LocalId};

use super::places::Place;

/// A set of locals by their numbers in the function.
type Set = Vec<u64>;

/// The liveness of a function's locals.
pub struct Liveness<'a> {
    function: &'a LocalFunction,
    numbers: BTreeMap<LocalId, usize>,
    /// What is live where a branch to a sequence goes.
    at_label: BTreeMap<InstrSeqId, Set>,
    /// What is live behind the last instruction of a sequence.
    behind: BTreeMap<InstrSeqId, Set>,
}

impl<'a> Liveness<'a> {
    /// Looks at a function.
    pub fn of(function: &'a LocalFunction) -> Self {
        let mut numbers = BTreeMap::new();
        let mut note = |local: LocalId| {
            let next = numbers.len();
            numbers.entry(local).or_insert(next);
        };
        function.args.iter().for_each(|local| note(*local));
        locals(function, function.entry_block(), &mut note);
        let nothing = vec![0; numbers.len().div_ceil(64)];
        let mut liveness = Self { function, numbers, at_label: BTreeMap::new(), behind: BTreeMap::new() };
        let entry = function.entry_block();
        liveness.at_label.insert(entry, nothing.clone());
        liveness.sequence(entry, nothing);
        liveness
    }

    /// Whether a local is read after a place before it is written.
    pub fn at(&mut self, place: Place) -> impl Fn(LocalId) -> bool {
        let live = self.before(place.sequence, place.at);
        let numbers = self.numbers.clone();
        move |local| numbers.get(&local).is_some_and(|number| has(&live, *number))
    }

    /// Whether a local is read after a branch to a sequence.
    pub fn is_read_at_label(&self, sequence: InstrSeqId, local: LocalId) -> bool {
        self.is_in(self.at_label.get(&sequence), local)
    }

    /// Whether a local is read after a sequence.
    pub fn is_read_behind(&self, sequence: InstrSeqId, local: LocalId) -> bool {
        self.is_in(self.behind.get(&sequence), local)
    }

    fn is_in(&self, set: Option<&Set>, local: LocalId) -> bool {
        set.zip(self.numbers.get(&local)).is_some_and(|(set, number)| has(set, *number))
    }

    /// What is live before a sequence whose end is followed by what reads `live`.
    fn sequence(&mut self, sequence: InstrSeqId, live: Set) -> Set {
        self.behind.insert(sequence, live);
        self.before(sequence, 0)
    }

    fn before(&mut self, sequence: InstrSeqId, at: usize) -> Set {
        let function = self.function;
        let mut live = self.behind[&sequence].clone();
        for (instruction, _) in function.block(sequence).instrs[at..].iter().rev() {
            self.step(instruction, &mut live);
        }
        live
    }

    fn step(&mut self, instruction: &Instr, live: &mut Set) {
        match instruction {
            Instr::LocalGet(get) => put(live, self.numbers[&get.local]),
            Instr::LocalSet(set) => take(live, self.numbers[&set.local]),
            Instr::LocalTee(tee) => take(live, self.numbers[&tee.local]),
            Instr::Br(branch) => live.clone_from(&self.at_label[&branch.block]),
            Instr::BrIf(branch) => {
                join(live, &self.at_label[&branch.block]);
            }
            Instr::BrTable(table) => {
                live.clone_from(&self.at_label[&table.default]);
                for block in &table.blocks {
                    join(live, &self.at_label[block]);
                }
            }
            Instr::Return(_) | Instr::Unreachable(_) => live.fill(0),
            Instr::Block(block) => {
                self.at_label.insert(block.seq, live.clone());
                *live = self.sequence(block.seq, live.clone());
            }
            Instr::IfElse(branches) => {
                for sequence in [branches.consequent, branches.alternative] {
                    self.at_label.insert(sequence, live.clone());
                }
                let mut either = self.sequence(branches.consequent, live.clone());
                join(&mut either, &self.sequence(branches.alternative, live.clone()));
                *live = either;
            }
            Instr::Loop(body) => *live = self.iterated(body.seq, live),
            _ => {}
        }
    }

    /// A loop's beginning is read from its own end: looked at until nothing is added.
    fn iterated(&mut self, sequence: InstrSeqId, after: &Set) -> Set {
        self.at_label.entry(sequence).or_insert_with(|| vec![0; after.len()]);
        loop {
            let live = self.sequence(sequence, after.clone());
            let label = self.at_label.get_mut(&sequence).expect("it was put there above");
            if !join(label, &live) {
                return live;
            }
        }
    }
}

fn locals(function: &LocalFunction, sequence: InstrSeqId, note: &mut impl FnMut(LocalId)) {
    for (instruction, _) in &function.block(sequence).instrs {
        match instruction {
            Instr::LocalGet(get) => note(get.local),
            Instr::LocalSet(set) => note(set.local),
            Instr::LocalTee(tee) => note(tee.local),
            _ => super::places::inner(instruction)
                .iter()
                .flatten()
                .for_each(|inner| locals(function, *inner, note)),
        }
    }
}

fn has(set: &Set, number: usize) -> bool {
    set[number / 64] >> (number % 64) & 1 == 1
}

fn put(set: &mut Set, number: usize) {
    set[number / 64] |= 1 << (number % 64);
}

fn take(set: &mut Set, number: usize) {
    set[number / 64] &= !(1 << (number % 64));
}

/// Adds what is in the other set; whether that was anything new.
fn join(set: &mut Set, other: &Set) -> bool {
    let before = set.clone();
    set.iter_mut().zip(other).for_each(|(word, more)| *word |= more);
    *set != before
}
