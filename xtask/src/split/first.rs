//! The first part: each function of the later one that can be reached is replaced by a call through a slot.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{
    ConstExpr, FunctionBuilder, FunctionId, FunctionKind, GlobalId, LocalFunction, Module, RefType, TableId,
    TypeId, ValType,
};

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
) -> Result<Vec<u8>> {
    share(&mut module, needed)?;
    let count = reached.len() as u64;
    let table = module.tables.add_local(false, count, Some(count), RefType::FUNCREF);
    let is_here = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    let ensured = ensuring(&mut module, is_here);
    let slots: BTreeMap<FunctionId, i32> = reached.iter().copied().zip(0..).collect();
    for id in late {
        let ty = module.funcs.get(*id).ty();
        let body = match slots.get(id) {
            Some(slot) => through_slot(&mut module, ty, table, *slot, ensured),
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

/// Hands the arguments on to the function in a slot.
fn through_slot(
    module: &mut Module,
    ty: TypeId,
    table: TableId,
    slot: i32,
    ensured: FunctionId,
) -> LocalFunction {
    let (mut builder, parameters) = like(module, ty);
    let mut body = builder.func_body();
    body.call(ensured);
    for local in &parameters {
        body.local_get(*local);
    }
    body.i32_const(slot).call_indirect(ty, table);
    builder.local_func(parameters)
}

fn never(module: &mut Module, ty: TypeId) -> LocalFunction {
    let (mut builder, parameters) = like(module, ty);
    builder.func_body().unreachable();
    builder.local_func(parameters)
}

fn like(module: &mut Module, ty: TypeId) -> (FunctionBuilder, Vec<walrus::LocalId>) {
    let (parameters, results) = module.types.params_results(ty);
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    (builder, parameters.into_iter().map(|ty| module.locals.add(ty)).collect())
}

/// Exports all that the later part imports.
fn share(module: &mut Module, needed: &BTreeSet<FunctionId>) -> Result<()> {
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
    Ok(())
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
