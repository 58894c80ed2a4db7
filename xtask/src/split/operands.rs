//! How many operands lie on the stack before each instruction of a sequence.

use walrus::ir::{Instr, InstrSeqId, InstrSeqType};
use walrus::{LocalFunction, Module, ValType};

/// What a sequence leaves on the stack; nothing where it takes operands itself, which no compiler's does.
pub fn results(module: &Module, ty: InstrSeqType) -> Option<Vec<ValType>> {
    match ty {
        InstrSeqType::Simple(result) => Some(result.into_iter().collect()),
        InstrSeqType::MultiValue(ty) => {
            let (parameters, results) = module.types.params_results(ty);
            parameters.is_empty().then(|| results.to_vec())
        }
    }
}

/// The number of operands that the sequence itself has put on the stack before each of its instructions, and after the
/// last; `None` where nothing gets to. Nothing at all where an instruction is not known here.
pub fn heights(
    module: &Module,
    function: &LocalFunction,
    sequence: InstrSeqId,
) -> Option<Vec<Option<usize>>> {
    let mut heights = vec![Some(0)];
    let mut height = Some(0_usize);
    for (instruction, _) in &function.block(sequence).instrs {
        let (taken, given) = effect(module, function, instruction)?;
        height = match height {
            Some(height) if !ends(instruction) => Some(height.checked_sub(taken)? + given),
            _ => None,
        };
        heights.push(height);
    }
    Some(heights)
}

/// Whether what follows is never reached.
fn ends(instruction: &Instr) -> bool {
    matches!(instruction, Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_))
}

/// How many operands an instruction takes and gives; `None` for those that are not known here.
fn effect(module: &Module, function: &LocalFunction, instruction: &Instr) -> Option<(usize, usize)> {
    let call = |ty| {
        let (parameters, results) = module.types.params_results(ty);
        (parameters.len(), results.len())
    };
    let given = |sequence| results(module, function.block(sequence).ty).map(|results| results.len());
    Some(match instruction {
        Instr::Block(block) => (0, given(block.seq)?),
        Instr::Loop(block) => (0, given(block.seq)?),
        Instr::IfElse(branches) => (1, given(branches.consequent)?),
        Instr::Call(instruction) => call(module.funcs.get(instruction.func).ty()),
        Instr::CallIndirect(instruction) => {
            let (taken, given) = call(instruction.ty);
            (taken + 1, given)
        }
        Instr::LocalGet(_)
        | Instr::GlobalGet(_)
        | Instr::Const(_)
        | Instr::MemorySize(_)
        | Instr::TableSize(_)
        | Instr::RefNull(_) => (0, 1),
        Instr::LocalSet(_) | Instr::GlobalSet(_) | Instr::Drop(_) | Instr::BrIf(_) => (1, 0),
        Instr::LocalTee(_)
        | Instr::Unop(_)
        | Instr::Load(_)
        | Instr::MemoryGrow(_)
        | Instr::TableGet(_)
        | Instr::RefIsNull(_) => (1, 1),
        Instr::Binop(_) | Instr::TableGrow(_) => (2, 1),
        Instr::Select(_) => (3, 1),
        Instr::Store(_) | Instr::TableSet(_) => (2, 0),
        Instr::MemoryCopy(_) | Instr::MemoryFill(_) | Instr::TableFill(_) => (3, 0),
        // What they take does not matter: nothing follows them.
        Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_) => (0, 0),
        _ => return None,
    })
}
