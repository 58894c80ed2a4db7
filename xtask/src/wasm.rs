//! From a package to a WebAssembly module with its JavaScript: cargo, wasm-bindgen, wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::bundle::Quality;
use crate::run::{quiet, root, show_beside};
use crate::shorten::shortened;
use crate::split::{Objects, without_relocations};
use crate::toolchain::{TARGET, Toolchain};
use crate::{cache, node};

/// What rustc emits and every browser of the last years reads. Named one by one: all features that wasm-opt knows
/// would make modules that browsers refuse.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A function that one place alone calls stays a function unless it is small: inlined, what is seldom needed would be
/// transferred with what calls it ([`crate::split`]).
const KEPT_APART: &str = "--one-caller-inline-max-function-size=40";

/// A module that runs in the page or in its worker.
pub struct Package {
    /// The cargo package.
    pub name: &'static str,
    /// Its profile in the workspace's `Cargo.toml`.
    pub profile: &'static str,
    /// wasm-opt's level: for size or for speed.
    pub level: &'static str,
    /// What else the compiler is told.
    pub flags: &'static [&'static str],
    /// How the names of its files begin.
    pub stem: &'static str,
}

/// The app: small, since nothing is seen before it is here.
pub const PAGE: Package =
    Package { name: "scrapeyard-web", profile: "page", level: "-Oz", flags: &[], stem: "app" };
/// The worker: fast, since it simulates, stores and evaluates.
pub const WORKER: Package = Package {
    name: "scrapeyard-worker",
    profile: "worker",
    level: "-O3",
    flags: &["-Cllvm-args=-inline-threshold=40"],
    stem: "worker",
};

/// A module with the script that loads it.
pub struct Module {
    /// The script; defines the global function `wasm_bindgen`.
    pub script: String,
    /// The module, with the names of its functions.
    pub wasm: Vec<u8>,
    /// What lies in its memory at the beginning.
    pub objects: Objects,
}

impl Package {
    /// Which of its functions run until the first chart stands.
    pub fn profile_file(&self) -> PathBuf {
        root().join("xtask/first-chart").join(format!("{}.profile", self.stem))
    }

    /// Compiles the package; gives the path of the module as the compiler wrote it.
    ///
    /// # Errors
    /// When it does not compile.
    pub fn compile(&self, toolchain: &Toolchain, quality: Quality) -> Result<PathBuf> {
        let (profile, built_into) =
            if quality == Quality::Full { (self.profile, self.profile) } else { ("dev", "debug") };
        let mut command = toolchain.cargo(self.flags);
        command.args(["rustc", "--target", TARGET, "--package", self.name, "--profile", profile, "--lib"]);
        // Names the object behind every address: for parting what lies in memory.
        command.args(["--", "-Clink-arg=--emit-relocs"]);
        show_beside(self.stem, &mut command)?;
        let file = format!("{}.wasm", self.name.replace('-', "_"));
        Ok(root().join("target/wasm").join(TARGET).join(built_into).join(file))
    }

    /// Makes the module loadable by a plain script, and small or fast.
    ///
    /// # Errors
    /// When wasm-bindgen or wasm-opt refuse the module.
    pub fn finish(&self, compiled: &Path, quality: Quality) -> Result<Module> {
        let folder = root().join("target/bindgen").join(self.name);
        let linked = fs::read(compiled).with_context(|| compiled.display().to_string())?;
        let objects = Objects::of(&linked)?;
        cache::unless_made(&folder, &linked, || {
            Bindgen::new()
                .input_bytes("module", without_relocations(&linked)?)
                .no_modules(true)?
                .typescript(false)
                .out_name("module")
                .generate(&folder)
                .with_context(|| format!("wasm-bindgen on {}", compiled.display()))
        })?;
        let script = fs::read_to_string(folder.join("module.js"))?;
        let (script, wasm) = shortened(&script, &fs::read(folder.join("module_bg.wasm"))?)?;
        let wasm = if quality == Quality::Full { self.optimised(&wasm)? } else { wasm };
        Ok(Module { script, wasm, objects })
    }

    fn optimised(&self, wasm: &[u8]) -> Result<Vec<u8>> {
        let key = [self.level.as_bytes(), FEATURES.concat().as_bytes(), KEPT_APART.as_bytes(), wasm].concat();
        cache::remembered("wasm-opt", &key, || {
            println!("  wasm-opt {} on {} ({} kB; up to a minute)", self.level, self.name, wasm.len() / 1000);
            let tool = node::modules("xtask/node")?.join("binaryen/bin/wasm-opt");
            let folder = root().join("target/wasm-opt");
            fs::create_dir_all(&folder)?;
            let file = |ending: &str| folder.join(format!("{}-{ending}.wasm", self.name));
            let (input, output) = (file("in"), file("out"));
            fs::write(&input, wasm)?;
            let mut command = Command::new("node");
            // With the names (-g), which the split goes by and takes out.
            command
                .arg(tool)
                .args([self.level, "-g", KEPT_APART])
                .args(FEATURES)
                .arg(&input)
                .arg("-o")
                .arg(&output);
            quiet(&mut command)?;
            Ok(fs::read(output)?)
        })
    }
}
