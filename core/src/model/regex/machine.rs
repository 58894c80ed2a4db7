//! Runs a program over a text, all choices side by side: the time grows with the text, never exponentially.

use std::sync::Arc;

use super::program::Instruction;
use super::steps::{Exhausted, Steps};
use super::tree::Assertion;

/// What one choice remembers on its way.
trait Memory: Clone {
    /// Remembers `at` under `slot`.
    fn saved(self, slot: usize, at: usize) -> Self;

    /// What remembering costs, in steps.
    fn weight(&self) -> u64;
}

/// Nothing: only whether there is a match counts.
impl Memory for () {
    fn saved(self, _slot: usize, _at: usize) -> Self {}

    fn weight(&self) -> u64 {
        0
    }
}

/// The places of the groups; shared until one of its followers remembers more.
impl Memory for Arc<[Option<usize>]> {
    fn saved(self, slot: usize, at: usize) -> Self {
        let mut changed = self.to_vec();
        if let Some(place) = changed.get_mut(slot) {
            *place = Some(at);
        }
        changed.into()
    }

    fn weight(&self) -> u64 {
        self.len() as u64
    }
}

/// Whether the whole text matches.
///
/// # Errors
/// When that takes more steps than are left.
pub fn is_match(program: &[Instruction], text: &str, steps: &mut Steps) -> Result<bool, Exhausted> {
    Ok(run(program, text, (), steps)?.is_some())
}

/// The places of the groups, two each (start and end), where the whole text matches. Group 0 is left to the caller.
///
/// # Errors
/// When that takes more steps than are left.
pub fn captures(
    program: &[Instruction],
    text: &str,
    groups: usize,
    steps: &mut Steps,
) -> Result<Option<Arc<[Option<usize>]>>, Exhausted> {
    run(program, text, vec![None; 2 * groups].into(), steps)
}

/// The choices that stand at one place of the text, the preferred ones first, each instruction once.
struct Choices<M> {
    /// Where each instruction was seen last, counted in rounds from 1.
    seen: Vec<u32>,
    round: u32,
    list: Vec<(usize, M)>,
    /// What was looked at since [`Choices::clear`], in steps.
    cost: u64,
}

impl<M> Choices<M> {
    fn new(length: usize) -> Self {
        Self { seen: vec![0; length], round: 1, list: Vec::new(), cost: 0 }
    }

    fn clear(&mut self) {
        self.list.clear();
        self.round += 1;
        self.cost = 0;
    }
}

fn run<M: Memory>(
    program: &[Instruction],
    text: &str,
    nothing: M,
    steps: &mut Steps,
) -> Result<Option<M>, Exhausted> {
    let mut now = Choices::new(program.len());
    let mut next = Choices::new(program.len());
    let mut stack = Vec::new();
    follow(program, text, 0, (0, nothing), &mut now, &mut stack);
    for (at, character) in text.char_indices() {
        let behind = at + character.len_utf8();
        for (place, saved) in now.list.drain(..) {
            if takes(&program[place], character) {
                follow(program, text, behind, (place + 1, saved), &mut next, &mut stack);
            }
        }
        std::mem::swap(&mut now, &mut next);
        next.clear();
        steps.take(1 + now.cost)?;
        if now.list.is_empty() {
            return Ok(None);
        }
    }
    let found = now.list.into_iter().find(|(place, _)| matches!(program[*place], Instruction::Match));
    Ok(found.map(|(_, saved)| saved))
}

fn takes(instruction: &Instruction, character: char) -> bool {
    match instruction {
        Instruction::Character(wanted) => *wanted == character,
        Instruction::Any => true,
        Instruction::Ranges(ranges) => {
            // Most sets are a handful of ranges.
            if ranges.len() <= 8 {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&character))
            } else {
                let at = ranges.partition_point(|(_, high)| *high < character);
                ranges.get(at).is_some_and(|(low, _)| *low <= character)
            }
        }
        _ => false,
    }
}

/// Goes on from `from` without taking a character, to all instructions that take one or end the match.
fn follow<M: Memory>(
    program: &[Instruction],
    text: &str,
    at: usize,
    from: (usize, M),
    choices: &mut Choices<M>,
    stack: &mut Vec<(usize, M)>,
) {
    stack.push(from);
    while let Some((place, saved)) = stack.pop() {
        if std::mem::replace(&mut choices.seen[place], choices.round) == choices.round {
            continue;
        }
        choices.cost += 1;
        match &program[place] {
            Instruction::Jump(to) => stack.push((*to, saved)),
            Instruction::Split(first, second) => {
                stack.push((*second, saved.clone()));
                stack.push((*first, saved));
            }
            Instruction::Save(slot) => {
                choices.cost += saved.weight();
                stack.push((place + 1, saved.saved(*slot, at)));
            }
            Instruction::Assert(assertion) => {
                if holds(*assertion, text, at) {
                    stack.push((place + 1, saved));
                }
            }
            _ => choices.list.push((place, saved)),
        }
    }
}

fn holds(assertion: Assertion, text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let word = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    let boundary = || word(at.checked_sub(1)) != word(Some(at));
    match assertion {
        Assertion::TextStart => at == 0,
        Assertion::TextEnd => at == bytes.len(),
        Assertion::LineStart => at == 0 || bytes.get(at - 1) == Some(&b'\n'),
        Assertion::LineEnd => at == bytes.len() || bytes.get(at) == Some(&b'\n'),
        Assertion::WordBoundary => boundary(),
        Assertion::NoWordBoundary => !boundary(),
    }
}
