//! The later part: its own functions, everything else imported from the first.

use std::collections::BTreeSet;

use walrus::ir::Value;
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionId, FunctionKind, GlobalId, GlobalKind, ImportedFunction,
    Module, RefType, TableId,
};

use super::memory::{self, Image};
use super::{FIRST, TABLE, first};

/// How the module is parted, in this copy's ids.
pub struct Outline {
    /// The functions of the first part.
    pub early: BTreeSet<FunctionId>,
    /// The functions of this part that the first one reaches, in the order of their slots.
    pub reached: Vec<FunctionId>,
    /// What this part calls in the first one, in the order of their names.
    pub needed: Vec<FunctionId>,
}

/// Makes the later part of `module`.
pub fn part(mut module: Module, outline: &Outline, image: &Image) -> Vec<u8> {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
    memory::clear(&mut module);
    import_functions(&mut module, outline);
    import_state(&mut module, image);
    let count = outline.reached.len() as u64;
    let (table, _) = module.add_import_table(FIRST, TABLE, false, count, Some(count), RefType::FUNCREF);
    let offset = ConstExpr::Value(Value::I32(0));
    let element = module
        .elements
        .add(ElementKind::Active { table, offset }, ElementItems::Functions(outline.reached.clone()));
    module.tables.get_mut(table).elem_segments.insert(element);
    walrus::passes::gc::run(&mut module);
    module.emit_wasm()
}

fn import_functions(module: &mut Module, outline: &Outline) {
    for (number, id) in outline.needed.iter().enumerate() {
        let name = first::function(number);
        if let FunctionKind::Import(function) = &module.funcs.get(*id).kind {
            let import = module.imports.get_mut(function.import);
            (import.module, import.name) = (FIRST.to_owned(), name);
            continue;
        }
        let ty = module.funcs.get(*id).ty();
        let import = module.imports.add(FIRST, &name, *id);
        module.funcs.get_mut(*id).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    // Nothing here calls the others.
    let unneeded = outline.early.iter().filter(|id| !outline.needed.contains(id));
    unneeded.for_each(|id| module.funcs.delete(*id));
}

/// Memory, globals and tables are those of the first part. The memory gets what only this part reads.
fn import_state(module: &mut Module, image: &Image) {
    let globals: Vec<GlobalId> = module.globals.iter().map(walrus::Global::id).collect();
    for (number, id) in globals.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &first::global(number), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let tables: Vec<TableId> = module.tables.iter().map(walrus::Table::id).collect();
    for (number, id) in tables.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &first::table(number), id);
        let table = module.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
    }
    let memories: Vec<_> = module.memories.iter().map(walrus::Memory::id).collect();
    for id in memories {
        let import = module.imports.add(FIRST, first::MEMORY, id);
        module.memories.get_mut(id).import = Some(import);
        image.put(module, id, true);
    }
}
