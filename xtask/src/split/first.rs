//! The first part: each function of the later one that can be reached is replaced by a call through a slot.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use walrus::ir::{Call, Const, Instr, Value};
use walrus::{
    ConstExpr, FunctionBuilder, FunctionId, FunctionKind, GlobalId, LocalFunction, LocalId, MemoryId, Module,
    RefType, TableId, TypeId, ValType,
};

use super::memory::Image;
use super::places::inner;
use super::{DEMAND, IS_HERE, TABLE};
use crate::shorten::IMPORTS;

/// Makes the first part of `module`. `reached` are the functions of the later part in the order of their slots,
/// `needed` what the later part calls here.
///
/// # Errors
/// When the module has no memory.
pub fn part(
    mut module: Module,
    late: &BTreeSet<FunctionId>,
    reached: &[FunctionId],
    needed: &BTreeSet<FunctionId>,
    image: &Image,
) -> Result<Vec<u8>> {
    let memory = share(&mut module, needed)?;
    image.put(&mut module, memory, false);
    let count = reached.len() as u64;
    let table = module.tables.add_local(false, count, Some(count), RefType::FUNCREF);
    let is_here = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    let early: Vec<FunctionId> =
        module.funcs.iter_local().map(|(id, _)| id).filter(|id| !late.contains(id)).collect();
    let ensured = ensuring(&mut module, is_here);
    let slots: BTreeMap<FunctionId, i32> = reached.iter().copied().zip(0..).collect();
    let mut ways = BTreeMap::new();
    for id in reached {
        let ty = module.funcs.get(*id).ty();
        ways.entry(ty).or_insert_with(|| way(&mut module, ty, table, ensured));
    }
    let late_calls: BTreeMap<FunctionId, (i32, FunctionId)> =
        slots.iter().map(|(id, slot)| (*id, (*slot, ways[&module.funcs.get(*id).ty()]))).collect();
    for id in early {
        let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
        call_through(function, &late_calls);
    }
    for id in late {
        let ty = module.funcs.get(*id).ty();
        // What other code calls still has a body here, since it may stand in a table or be called from outside.
        let body = match slots.get(id) {
            Some(slot) => through_slot(&mut module, ty, *slot, ways[&ty]),
            None => never(&mut module, ty), // nothing is left that calls it
        };
        module.funcs.get_mut(*id).kind = FunctionKind::Local(body);
    }
    module.exports.add(TABLE, table);
    module.exports.add(IS_HERE, is_here);
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// A function that brings the later part unless it is here.
fn ensuring(module: &mut Module, is_here: GlobalId) -> FunctionId {
    let ty = module.types.add(&[], &[]);
    let (demand, _) = module.add_import_func(IMPORTS, DEMAND, ty);
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().global_get(is_here).if_else(
        None,
        |_| {},
        |absent| {
            absent.call(demand);
        },
    );
    builder.finish(Vec::new(), &mut module.funcs)
}

/// A function that takes the arguments of all functions of a type, and a slot: sees that the later part is there and
/// calls what is in the slot. So each call of a later function is two instructions.
fn way(module: &mut Module, ty: TypeId, table: TableId, ensured: FunctionId) -> FunctionId {
    let (parameters, results) = module.types.params_results(ty);
    let (mut parameters, results) = (parameters.to_vec(), results.to_vec());
    parameters.push(ValType::I32);
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let locals: Vec<LocalId> = parameters.into_iter().map(|ty| module.locals.add(ty)).collect();
    let mut body = builder.func_body();
    body.call(ensured);
    for local in &locals {
        body.local_get(*local);
    }
    body.call_indirect(ty, table);
    builder.finish(locals, &mut module.funcs)
}

/// Lets a function call later ones by their slots and [`way`]s.
fn call_through(function: &mut LocalFunction, late: &BTreeMap<FunctionId, (i32, FunctionId)>) {
    let mut sequences = vec![function.entry_block()];
    while let Some(sequence) = sequences.pop() {
        let instructions = std::mem::take(&mut function.block_mut(sequence).instrs);
        for (instruction, place) in instructions {
            sequences.extend(inner(&instruction).into_iter().flatten());
            let into = &mut function.block_mut(sequence).instrs;
            match &instruction {
                Instr::Call(call) if late.contains_key(&call.func) => {
                    let (slot, func) = late[&call.func];
                    into.push((Const { value: Value::I32(slot) }.into(), place));
                    into.push((Call { func }.into(), place));
                }
                _ => into.push((instruction, place)),
            }
        }
    }
}

/// Hands the arguments on to the function in a slot.
fn through_slot(module: &mut Module, ty: TypeId, slot: i32, way: FunctionId) -> LocalFunction {
    let (mut builder, parameters) = like(module, ty);
    let mut body = builder.func_body();
    for local in &parameters {
        body.local_get(*local);
    }
    body.i32_const(slot).call(way);
    builder.local_func(parameters)
}

fn never(module: &mut Module, ty: TypeId) -> LocalFunction {
    let (mut builder, parameters) = like(module, ty);
    builder.func_body().unreachable();
    builder.local_func(parameters)
}

fn like(module: &mut Module, ty: TypeId) -> (FunctionBuilder, Vec<LocalId>) {
    let (parameters, results) = module.types.params_results(ty);
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    (builder, parameters.into_iter().map(|ty| module.locals.add(ty)).collect())
}

/// Exports all that the later part imports.
fn share(module: &mut Module, needed: &BTreeSet<FunctionId>) -> Result<MemoryId> {
    for (number, id) in needed.iter().enumerate() {
        module.exports.add(&function(number), *id);
    }
    let globals: Vec<GlobalId> = module.globals.iter().map(walrus::Global::id).collect();
    for (number, id) in globals.into_iter().enumerate() {
        module.exports.add(&global(number), id);
    }
    let tables: Vec<TableId> = module.tables.iter().map(walrus::Table::id).collect();
    for (number, id) in tables.into_iter().enumerate() {
        module.exports.add(&table(number), id);
    }
    let memory = module.memories.iter().next().context("a module without memory")?.id();
    module.exports.add(MEMORY, memory);
    Ok(memory)
}

/// The memory's name between the parts.
pub const MEMORY: &str = "m";

/// The name of a needed function between the parts.
pub fn function(number: usize) -> String {
    format!("f{number}")
}

/// The name of a global between the parts, by its place in the module.
pub fn global(number: usize) -> String {
    format!("g{number}")
}

/// The name of a table between the parts, by its place in the module.
pub fn table(number: usize) -> String {
    format!("t{number}")
}
