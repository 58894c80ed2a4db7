//! Pieces of a function that stand in functions of their own afterwards.

use walrus::ir::{BinaryOp, Block, Br, BrIf, Instr, Loop, Value};
use walrus::{FunctionBuilder, FunctionId, LocalId, Module, ModuleConfig, ValType};

use super::cold::{self, Exit, Piece};
use super::excerpt::move_out;
use super::places::{self, Place};

/// `block { loop { if (x) leave the block; <long> y = y*x+…; z = y; if (y) again; return y } } return z`, where what stands
/// behind the first branch is cold; with the locals x, y and z.
fn example(module: &mut Module) -> (FunctionId, [LocalId; 3]) {
    let (x, y, z) =
        (module.locals.add(ValType::I32), module.locals.add(ValType::I64), module.locals.add(ValType::I64));
    let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32, ValType::I64], &[ValType::I64]);
    let block = builder.dangling_instr_seq(None).id();
    let body = builder.dangling_instr_seq(None).id();
    let mut inside = builder.instr_seq(body);
    inside.local_get(x).instr(BrIf { block });
    for number in 0..10 {
        inside.local_get(y).i64_const(1 << number).binop(BinaryOp::I64Add).local_set(y);
    }
    inside.local_get(y).local_set(z);
    inside.local_get(y).unop(walrus::ir::UnaryOp::I64Eqz).instr(BrIf { block: body });
    inside.local_get(y).return_();
    builder.instr_seq(block).instr(Loop { seq: body });
    builder.func_body().instr(Block { seq: block }).local_get(z);
    let id = builder.finish(vec![x, y], &mut module.funcs);
    (id, [x, y, z])
}

fn cold_piece(module: &Module, id: FunctionId) -> Piece {
    let function = module.funcs.get(id).kind.unwrap_local();
    let is_cold = |place: Place| place.at == 2;
    assert!(places::of(function).iter().any(|place| is_cold(*place)));
    let pieces = cold::pieces(module, function, &is_cold);
    let [piece] = pieces.as_slice() else { panic!("{pieces:?}") };
    piece.clone()
}

#[test]
fn a_piece_takes_what_it_reads_and_gives_what_is_read_afterwards() {
    let mut module = Module::default();
    let (id, [_, y, z]) = example(&mut module);
    let piece = cold_piece(&module, id);
    // x is read again when the loop goes on, but the piece does not touch it. z is dead where the piece leaves: whoever
    // comes to the block's end by the first branch of the next round reads it.
    assert_eq!((piece.parameters, piece.outcomes), (vec![y], vec![y, z]));
    let exits: Vec<_> =
        piece.exits.iter().map(|(exit, carries)| (matches!(exit, Exit::Return), *carries)).collect();
    assert_eq!(exits, [(true, true), (false, false)]);
    assert_eq!(piece.carried, [ValType::I64]);
}

#[test]
fn a_function_without_its_piece_is_valid_and_calls_it() {
    let mut module = Module::default();
    let (id, _) = example(&mut module);
    let piece = cold_piece(&module, id);
    move_out(&mut module, id, &piece, "piece".to_owned());
    module.exports.add("example", id);
    let wasm = module.emit_wasm();
    // Reading validates.
    let module = ModuleConfig::new().parse(&wasm).expect("both functions are valid");
    let moved = module.funcs.by_name("piece").expect("it has its name");
    let (parameters, results) = module.types.params_results(module.funcs.get(moved).ty());
    assert_eq!(parameters, [ValType::I64]);
    assert_eq!(results, [ValType::I64, ValType::I64, ValType::I64, ValType::I32]);
}

#[test]
fn what_is_small_stays() {
    let mut module = Module::default();
    let x = module.locals.add(ValType::I32);
    let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
    let block = builder.dangling_instr_seq(None).id();
    builder.instr_seq(block).local_get(x).instr(BrIf { block }).instr(Br { block });
    builder
        .func_body()
        .instr(Instr::from(Block { seq: block }))
        .instr(walrus::ir::Const { value: Value::I32(1) })
        .drop();
    let id = builder.finish(vec![x], &mut module.funcs);
    assert!(
        cold::pieces(&module, module.funcs.get(id).kind.unwrap_local(), &|place| place.at == 2).is_empty()
    );
}
