//! What the functions of a module refer to.

use std::collections::{BTreeMap, BTreeSet};

use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ExportItem, FunctionId, GlobalKind, Module};

/// Who calls whom.
pub struct References {
    by_function: BTreeMap<FunctionId, BTreeSet<FunctionId>>,
    /// Functions that can be called from outside or through a table.
    open: BTreeSet<FunctionId>,
}

/// The references of a module.
pub fn of(module: &Module) -> References {
    let calls = |(id, function)| {
        let mut found = Calls::default();
        dfs_in_order(&mut found, function, walrus::LocalFunction::entry_block(function));
        (id, found.0)
    };
    let by_function = module.funcs.iter_local().map(calls).collect();
    let mut open: BTreeSet<FunctionId> = module.start.into_iter().collect();
    open.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }));
    for element in module.elements.iter() {
        match &element.items {
            ElementItems::Functions(ids) => open.extend(ids),
            ElementItems::Expressions(_, items) => open.extend(items.iter().filter_map(function_of)),
        }
    }
    open.extend(module.globals.iter().filter_map(|global| match &global.kind {
        GlobalKind::Local(value) => function_of(value),
        GlobalKind::Import(_) => None,
    }));
    References { by_function, open }
}

impl References {
    /// Whether a function can be called without passing through the later part.
    pub fn is_reached_from(&self, early: &BTreeSet<FunctionId>, id: FunctionId) -> bool {
        let calls = |caller: &FunctionId| self.by_function.get(caller).is_some_and(|ids| ids.contains(&id));
        self.open.contains(&id) || early.iter().any(calls)
    }

    /// What the later part calls outside of itself: functions of the first part, and imported ones.
    pub fn needed_by(
        &self,
        late: &BTreeSet<FunctionId>,
        early: &BTreeSet<FunctionId>,
    ) -> BTreeSet<FunctionId> {
        let is_local = |id: &FunctionId| self.by_function.contains_key(id);
        let called = late.iter().filter_map(|id| self.by_function.get(id)).flatten();
        called.filter(|id| early.contains(id) || !is_local(id)).copied().collect()
    }
}

fn function_of(value: &ConstExpr) -> Option<FunctionId> {
    match value {
        ConstExpr::RefFunc(id) => Some(*id),
        _ => None,
    }
}

#[derive(Default)]
struct Calls(BTreeSet<FunctionId>);

impl Visitor<'_> for Calls {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.insert(*id);
    }
}
