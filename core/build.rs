//! Packs what Unicode says of characters (general categories, scripts, simple case folding) for `model::regex`, from
//! the tables of the crate `regex-syntax`: as they are they would be a quarter of what a visitor's worker transfers.
//!
//! A table is its name (a byte of length, the letters), the number of its ranges, and for each range the distance from the
//! end of the one before and its length. Behind an empty name stand the folds: for each character that has other cases the
//! distance from the one before, the number of the others, and how far each lies from it (zigzag). Numbers are in LEB128.

#![expect(clippy::disallowed_methods, reason = "the build reads and writes files; what it builds does not")]

use std::path::PathBuf;
use std::{env, fs};

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

const CATEGORIES: &str =
    "Cc Cf Co Ll Lm Lo Lt Lu Mc Me Mn Nd Nl No Pc Pd Pe Pf Pi Po Ps Sc Sk Sm So Zl Zp Zs";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/model/regex/scripts.list");
    let scripts = fs::read_to_string("src/model/regex/scripts.list").expect("the list of scripts");
    let mut packed = Vec::new();
    for name in CATEGORIES.split_whitespace().chain(scripts.split_whitespace()) {
        pack_class(name, &mut packed);
    }
    packed.push(0);
    pack_folds(&mut packed);
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("unicode.bin"), packed).expect("the build's folder can be written");
}

fn pack_class(name: &str, packed: &mut Vec<u8>) {
    let pattern = format!(r"\p{{{name}}}");
    let tree = regex_syntax::parse(&pattern).unwrap_or_else(|error| panic!("{name}: {error}"));
    let ranges: Vec<(u32, u32)> = match tree.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().map(|range| (range.start() as u32, range.end() as u32)).collect()
        }
        // A class of one character is read as that character.
        HirKind::Literal(one) => {
            let text = std::str::from_utf8(&one.0).expect("a character");
            text.chars().map(|character| (character as u32, character as u32)).collect()
        }
        other => panic!("{name} is no class: {other:?}"),
    };
    packed.push(u8::try_from(name.len()).expect("names are short"));
    packed.extend(name.bytes());
    number(ranges.len() as u32, packed);
    let mut before = 0;
    for (low, high) in ranges {
        number(low - before, packed);
        number(high - low, packed);
        before = high;
    }
}

fn pack_folds(packed: &mut Vec<u8>) {
    let mut before = 0;
    for character in '\0'..=char::MAX {
        let mut class = ClassUnicode::new([ClassUnicodeRange::new(character, character)]);
        class.case_fold_simple();
        let others = class.iter().flat_map(|range| range.start()..=range.end());
        let others: Vec<i32> =
            others.filter(|other| *other != character).map(|other| other as i32 - character as i32).collect();
        if others.is_empty() {
            continue;
        }
        number(character as u32 - before, packed);
        before = character as u32;
        number(others.len() as u32, packed);
        for other in others {
            number(((other << 1) ^ (other >> 31)) as u32, packed);
        }
    }
}

fn number(mut value: u32, packed: &mut Vec<u8>) {
    while value >= 0x80 {
        packed.push(value as u8 | 0x80);
        value >>= 7;
    }
    packed.push(value as u8);
}
