//! A tree as a program for the machine: characters, choices, and places to remember.

use super::class::{Class, folded};
use super::error::{RegexError, RegexErrorKind};
use super::tree::{Assertion, Node, Repeat};

/// The longest program. A counted repetition writes its operand out as often as it counts.
const MAX_INSTRUCTIONS: usize = 50_000;

/// An instruction; `usize` are places in the program.
#[derive(Clone, Debug)]
pub enum Instruction {
    /// Takes this character.
    Character(char),
    /// Takes a character of these ranges.
    Ranges(Box<[(char, char)]>),
    /// Takes any character.
    Any,
    /// Goes on at both places, the first one preferred.
    Split(usize, usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// Remembers the place in the text.
    Save(usize),
    /// Goes on only where the place in the text is such.
    Assert(Assertion),
    /// The whole expression is read.
    Match,
}

/// Writes `node` as a program.
///
/// # Errors
/// When it would be too long.
pub fn compile(node: &Node, pattern: &str) -> Result<Vec<Instruction>, RegexError> {
    let mut program = Program { instructions: Vec::new() };
    program.node(node).map_err(|TooLong| RegexErrorKind::TooLarge.at(pattern))?;
    program.instructions.push(Instruction::Match);
    Ok(program.instructions)
}

struct Program {
    instructions: Vec<Instruction>,
}

struct TooLong;

type Written = Result<(), TooLong>;

impl Program {
    fn push(&mut self, instruction: Instruction) -> Result<usize, TooLong> {
        if self.instructions.len() >= MAX_INSTRUCTIONS {
            return Err(TooLong);
        }
        self.instructions.push(instruction);
        Ok(self.instructions.len() - 1)
    }

    fn next(&self) -> usize {
        self.instructions.len()
    }

    fn node(&mut self, node: &Node) -> Written {
        match node {
            Node::Empty => {}
            Node::Character { character, folded: false } => {
                self.push(Instruction::Character(*character))?;
            }
            Node::Character { character, .. } => self.class(&folded(*character))?,
            Node::Class(class) => self.class(class)?,
            Node::Any => {
                self.push(Instruction::Any)?;
            }
            Node::Assertion(assertion) => {
                self.push(Instruction::Assert(*assertion))?;
            }
            Node::Group(number, inner) => {
                self.push(Instruction::Save(2 * number))?;
                self.node(inner)?;
                self.push(Instruction::Save(2 * number + 1))?;
            }
            Node::Repeat(repeat) => self.repeat(repeat)?,
            Node::Concat(nodes) => nodes.iter().try_for_each(|node| self.node(node))?,
            Node::Alternate(nodes) => self.alternate(nodes)?,
        }
        Ok(())
    }

    fn class(&mut self, class: &Class) -> Written {
        self.push(Instruction::Ranges(class.ranges().collect()))?;
        Ok(())
    }

    fn alternate(&mut self, nodes: &[Node]) -> Written {
        let mut exits = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            if index + 1 == nodes.len() {
                self.node(node)?;
                break;
            }
            let split = self.push(Instruction::Split(0, 0))?;
            self.node(node)?;
            exits.push(self.push(Instruction::Jump(0))?);
            self.instructions[split] = Instruction::Split(split + 1, self.next());
        }
        let end = self.next();
        for exit in exits {
            self.instructions[exit] = Instruction::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, repeat: &Repeat) -> Written {
        for _ in 0..repeat.least {
            self.node(&repeat.node)?;
        }
        let Some(most) = repeat.most else {
            let split = self.push(Instruction::Split(0, 0))?;
            self.node(&repeat.node)?;
            self.push(Instruction::Jump(split))?;
            self.choose(split, split + 1, self.next(), repeat.greedy);
            return Ok(());
        };
        let mut splits = Vec::new();
        for _ in repeat.least..most {
            splits.push(self.push(Instruction::Split(0, 0))?);
            self.node(&repeat.node)?;
        }
        let end = self.next();
        for split in splits {
            self.choose(split, split + 1, end, repeat.greedy);
        }
        Ok(())
    }

    fn choose(&mut self, split: usize, more: usize, enough: usize, greedy: bool) {
        self.instructions[split] =
            if greedy { Instruction::Split(more, enough) } else { Instruction::Split(enough, more) };
    }
}
