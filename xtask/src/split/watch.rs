//! A module that tells which of its functions run, for writing a profile.

use anyhow::Result;
use walrus::ir::{Call, Const, Value};
use walrus::{FunctionId, ValType};

use super::{name, read};
use crate::shorten::IMPORTS;

/// The import that hears the number of each function that is entered.
pub const SEEN: &str = "__function_seen";

/// The module with its watch, and the names of its functions by number.
///
/// # Errors
/// When it cannot be read.
pub fn watched(wasm: &[u8]) -> Result<(Vec<u8>, Vec<String>)> {
    let mut module = read(wasm)?;
    let ids: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
    let names = ids.iter().map(|id| name(&module, *id).to_owned()).collect();
    let ty = module.types.add(&[ValType::I32], &[]);
    let (seen, _) = module.add_import_func(IMPORTS, SEEN, ty);
    for (number, id) in (0..).zip(ids) {
        let mut body = module.funcs.get_mut(id).kind.unwrap_local_mut().builder_mut().func_body();
        body.instr_at(0, Const { value: Value::I32(number) }).instr_at(1, Call { func: seen });
    }
    Ok((module.emit_wasm(), names))
}
