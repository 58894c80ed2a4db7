//! No function is longer than a screen: the aim is 40 lines, the wall 70.

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::Sources;

const WALL_LINES: usize = 70;

pub fn check(sources: &Sources) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.ending(".rs") {
        match syn::parse_file(&source.text) {
            Ok(file) => Measure { path: &source.path, broken: &mut broken }.visit_file(&file),
            Err(error) => broken.push(format!("{}: not readable as Rust: {error}", source.path)),
        }
    }
    broken
}

struct Measure<'a> {
    path: &'a str,
    broken: &'a mut Vec<String>,
}

impl Measure<'_> {
    fn function(&mut self, name: &syn::Ident, block: &syn::Block) {
        let lines = block.span().end().line - block.span().start().line + 1;
        if lines > WALL_LINES {
            let line = name.span().start().line;
            self.broken.push(format!(
                "{}:{line}: function `{name}` has {lines} lines, the wall is {WALL_LINES}: name its steps as functions",
                self.path
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Measure<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
}
