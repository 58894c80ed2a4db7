//! A module with the script that loads it, whole or in two parts.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};

use crate::run::root;
use crate::split::{self, DEMAND, Profile, SEEN};
use crate::wasm::{Module, Package};
use crate::{cache, compress};

/// A module and its script.
pub struct Piece {
    /// Loads and runs it.
    pub script: String,
    /// The module, or its first part.
    pub wasm: Vec<u8>,
}

/// What a piece leaves for later.
pub struct Later {
    /// The file's name, which the piece's script knows.
    pub name: String,
    /// The later part of the module.
    pub wasm: Vec<u8>,
}

/// A package's module with the text of the boot script that runs it.
pub struct Source<'a> {
    package: &'a Package,
    module: &'a Module,
    boot: String,
}

impl<'a> Source<'a> {
    /// # Errors
    /// When the boot script cannot be read.
    pub fn new(package: &'a Package, module: &'a Module, boot: &str) -> Result<Self> {
        let boot = fs::read_to_string(root().join("web/boot").join(boot))?;
        Ok(Self { package, module, boot })
    }

    /// In one piece: for the one-file lab, and for looking at a change.
    ///
    /// # Errors
    /// When the module cannot be read.
    pub fn whole(&self) -> Result<Piece> {
        let wasm = cache::remembered("without-names", &self.module.wasm, || split::whole(&self.module.wasm))?;
        Ok(Piece { script: self.script(&self.module.script, "const later = null;"), wasm })
    }

    /// In two parts, as the package's profile says.
    ///
    /// # Errors
    /// When there is no profile or the module cannot be parted.
    pub fn parted(&self) -> Result<(Piece, Later)> {
        let profile = Profile::parse(&fs::read_to_string(self.package.profile_file())?)?;
        let parts = split::split(&self.module.wasm, &profile, &self.module.objects)?;
        let (known, all) = parts.known;
        let share = parts.first.len() * 100 / (parts.first.len() + parts.later.len());
        println!(
            "  {}: {share} % first, the rest later ({known} of {all} expected functions found)",
            self.package.stem
        );
        let name = format!("later-{}-{}.wasm", self.package.stem, cache::hash(&parts.later));
        let demand = format!("{DEMAND}: function() {{ later.demand(wasm); }},");
        let bring = fs::read_to_string(root().join("web/boot/later.js"))?;
        let script = self.script(
            &with_import(&self.module.script, &demand)?,
            &format!("{bring}const later = laterPart(\"./{name}\");"),
        );
        Ok((Piece { script, wasm: parts.first }, Later { name, wasm: parts.later }))
    }

    /// Whole, noting in the global `placesSeen`, a byte for each, which places of its functions have been passed.
    ///
    /// # Errors
    /// When the module cannot be read.
    pub fn watched(&self) -> Result<Piece> {
        let wasm = split::watched(&self.module.wasm)?;
        let seen = format!(
            "{SEEN}: function(number) {{ (globalThis.placesSeen ??= new Uint8Array(1 << 20))[number] = 1; }},"
        );
        let script = self.script(&with_import(&self.module.script, &seen)?, "const later = null;");
        Ok(Piece { script, wasm })
    }

    /// The profile of the module, given the numbers of the places that were passed.
    ///
    /// # Errors
    /// When the module cannot be read.
    pub fn observed(&self, passed: &BTreeSet<usize>) -> Result<Profile> {
        split::observed(&self.module.wasm, passed)
    }

    fn script(&self, bindings: &str, later: &str) -> String {
        format!("{bindings}\n{later}\n{}", self.boot)
    }
}

/// wasm-bindgen's script with another import for the module.
fn with_import(script: &str, import: &str) -> Result<String> {
    const PLACE: &str = "const import0 = {\n            __proto__: null,";
    ensure!(
        script.matches(PLACE).count() == 1,
        "wasm-bindgen's script has no `import0` where one was expected"
    );
    Ok(script.replace(PLACE, &format!("{PLACE}\n            {import}")))
}

/// Writes a file of the site, for a full build with its packed forms.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(folder: &std::path::Path, name: &str, bytes: &[u8], packed: bool) -> Result<()> {
    fs::write(folder.join(name), bytes).with_context(|| name.to_owned())?;
    if packed {
        fs::write(folder.join(format!("{name}.br")), compress::brotli(bytes)?)?;
        fs::write(folder.join(format!("{name}.gz")), compress::gzip(bytes)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_added_in_one_place_or_not_at_all() {
        let script = "const import0 = {\n            __proto__: null,\n            a: b,";
        assert_eq!(
            with_import(script, "c: d,").expect("the place is there"),
            "const import0 = {\n            __proto__: null,\n            c: d,\n            a: b,"
        );
        assert!(with_import("const imports = {", "c: d,").is_err());
    }
}
