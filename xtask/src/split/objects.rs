//! The constant objects in a module's memory, who points at whom, and which of them code can get at.
//!
//! The linker knows it: its relocations name the object behind every address in code and data, which a finished module
//! does not. What is not reached from the first part's code by way of any pointer is not read before the later part is
//! there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    DataKind, DefinedDataSymbol, KnownCustom, Linking, Operator, Parser, Payload, RelocationType, Segment,
    SymbolInfo,
};

/// The length of a module's header.
const HEADER: usize = 8;
/// How the names of constant segments begin.
const CONSTANT: &str = ".rodata";
/// An address that no relocation made was computed from one that is at most this far away.
const NEAR: u32 = 64;

/// The objects of a module as the linker wrote it.
#[derive(Debug, Default)]
pub struct Objects {
    /// Their addresses; none overlaps another.
    spans: Vec<Range<u32>>,
    /// Those that are never written.
    constant: BTreeSet<usize>,
    /// Which objects one points at.
    pointers: BTreeMap<usize, BTreeSet<usize>>,
    /// Addresses that code names, and the objects that they mean: an address before or behind an object may mean it.
    named: BTreeMap<u32, BTreeSet<usize>>,
}

/// A relocation: where in its section, and which symbol with which offset.
struct Relocation {
    at: u32,
    symbol: usize,
    addend: i64,
}

/// What is read of the linker's sections.
#[derive(Default)]
struct Linked<'a> {
    /// Each data segment: its address, and where in the file its bytes lie.
    segments: Vec<(u32, Range<usize>)>,
    names: Vec<&'a str>,
    /// Where the data section begins in the file.
    data_begins: usize,
    code_section: u32,
    data_section: u32,
    symbols: Vec<Option<DefinedDataSymbol>>,
    in_code: Vec<Relocation>,
    in_data: Vec<Relocation>,
}

impl Objects {
    /// Reads them from a module that was linked with `--emit-relocs`.
    ///
    /// # Errors
    /// When the linker's sections are missing or cannot be read.
    pub fn of(wasm: &[u8]) -> Result<Self> {
        let linked = Linked::of(wasm).context("reading the linker's relocations")?;
        ensure!(!linked.symbols.is_empty() && !linked.in_code.is_empty(), "a module without relocations");
        let mut spans: Vec<Range<u32>> = (0..linked.symbols.len())
            .filter_map(|symbol| linked.span(symbol))
            .filter(|span| !span.is_empty())
            .collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut objects = Self::default();
        for span in spans {
            match objects.spans.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => objects.spans.push(span),
            }
        }
        objects.constant = (0..objects.spans.len())
            .filter(|object| linked.is_constant(objects.spans[*object].start))
            .collect();
        for relocation in &linked.in_code {
            if let Some((address, object)) = objects.meant(&linked, relocation) {
                objects.named.entry(address).or_default().insert(object);
            }
        }
        for relocation in &linked.in_data {
            let from = linked.address(relocation.at).and_then(|address| objects.at(address));
            if let (Some(from), Some((_, to))) = (from, objects.meant(&linked, relocation)) {
                objects.pointers.entry(from).or_default().insert(to);
            }
        }
        Ok(objects)
    }

    /// The addresses that nobody gets at who knows only `numbers`, be they addresses or not, and what is not constant.
    pub fn out_of_reach(&self, numbers: &BTreeSet<u32>) -> Vec<Range<u32>> {
        let mut open: Vec<usize> = numbers.iter().flat_map(|number| self.behind(*number)).collect();
        open.extend((0..self.spans.len()).filter(|object| !self.constant.contains(object)));
        let mut reached = BTreeSet::new();
        while let Some(object) = open.pop() {
            if reached.insert(object) {
                open.extend(self.pointers.get(&object).into_iter().flatten());
            }
        }
        let unreached = self.constant.difference(&reached);
        unreached.map(|object| self.spans[*object].clone()).collect()
    }

    /// The objects that a number in code may stand for.
    fn behind(&self, number: u32) -> BTreeSet<usize> {
        if let Some(objects) = self.named.get(&number) {
            return objects.clone();
        }
        let (Some(first), Some(last)) = (self.spans.first(), self.spans.last()) else {
            return BTreeSet::new();
        };
        if !(first.start.saturating_sub(NEAR)..=last.end + NEAR).contains(&number) {
            return BTreeSet::new();
        }
        let near = self.named.range(number.saturating_sub(NEAR)..=number + NEAR);
        near.flat_map(|(_, objects)| objects).copied().chain(self.at(number)).collect()
    }

    fn at(&self, address: u32) -> Option<usize> {
        let object = self.spans.partition_point(|span| span.end <= address);
        self.spans.get(object).filter(|span| span.contains(&address)).map(|_| object)
    }

    /// The address that a relocation writes, and the object that it means.
    fn meant(&self, linked: &Linked, relocation: &Relocation) -> Option<(u32, usize)> {
        let start = linked.span(relocation.symbol)?.start;
        let address = u32::try_from(i64::from(start) + relocation.addend).ok()?;
        Some((address, self.at(start)?))
    }
}

/// The module without the linker's sections, which no longer hold after the first change.
///
/// # Errors
/// When it cannot be read.
pub fn without_relocations(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut kept = wasm[..HEADER].to_vec();
    let mut end = HEADER;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let is_linkers = match &payload {
            Payload::CustomSection(custom) => {
                custom.name() == "linking" || custom.name().starts_with("reloc.")
            }
            Payload::CodeSectionEntry(_) => continue,
            _ => false,
        };
        if let Some((_, range)) = payload.as_section() {
            if !is_linkers {
                kept.extend(&wasm[end..range.end]);
            }
            end = range.end;
        }
    }
    Ok(kept)
}

impl<'a> Linked<'a> {
    fn of(wasm: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let mut section = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::CodeSectionStart { .. } => linked.code_section = section,
                Payload::DataSection(reader) => {
                    linked.data_section = section;
                    linked.data_begins = reader.range().start;
                    for data in reader.clone() {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = &data.kind else { continue };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            continue;
                        };
                        let end = data.range.end;
                        linked.segments.push((value.cast_unsigned(), end - data.data.len()..end));
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(reader) => {
                        for part in reader.subsections() {
                            linked.add(part?)?;
                        }
                    }
                    KnownCustom::Reloc(reader) => linked.relocate(reader)?,
                    _ => {}
                },
                _ => {}
            }
            // Sections are counted as they stand in the file; a function's body is none.
            if payload.as_section().is_some() && !matches!(payload, Payload::CodeSectionEntry(_)) {
                section += 1;
            }
        }
        Ok(linked)
    }

    fn add(&mut self, part: Linking<'a>) -> Result<()> {
        match part {
            Linking::SegmentInfo(segments) => {
                for segment in segments {
                    let Segment { name, .. } = segment?;
                    self.names.push(name);
                }
            }
            Linking::SymbolTable(symbols) => {
                for symbol in symbols {
                    self.symbols.push(match symbol? {
                        SymbolInfo::Data { symbol, .. } => symbol,
                        _ => None,
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn relocate(&mut self, reader: wasmparser::RelocSectionReader<'_>) -> Result<()> {
        let section = reader.section_index();
        for entry in reader.entries() {
            let entry = entry?;
            if !matches!(
                entry.ty,
                RelocationType::MemoryAddrLeb
                    | RelocationType::MemoryAddrSleb
                    | RelocationType::MemoryAddrI32
            ) {
                continue;
            }
            let relocation =
                Relocation { at: entry.offset, symbol: entry.index as usize, addend: entry.addend };
            if section == self.code_section {
                self.in_code.push(relocation);
            } else if section == self.data_section {
                self.in_data.push(relocation);
            }
        }
        Ok(())
    }

    /// The addresses of a symbol; nothing for those that are no data.
    fn span(&self, symbol: usize) -> Option<Range<u32>> {
        let symbol = (*self.symbols.get(symbol)?)?;
        let start = self.segments.get(symbol.index as usize)?.0 + symbol.offset;
        Some(start..start + symbol.size)
    }

    /// The address of what lies so far behind the data section's beginning.
    fn address(&self, offset: u32) -> Option<u32> {
        let at = self.data_begins + offset as usize;
        let (start, bytes) = self.segments.iter().find(|(_, bytes)| bytes.contains(&at))?;
        Some(start + u32::try_from(at - bytes.start).ok()?)
    }

    fn is_constant(&self, address: u32) -> bool {
        let holds = |(start, bytes): &(u32, Range<usize>)| {
            address.checked_sub(*start).is_some_and(|offset| (offset as usize) < bytes.len())
        };
        let segment = self.segments.iter().position(holds);
        segment.and_then(|segment| self.names.get(segment)).is_some_and(|name| name.starts_with(CONSTANT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pointed_at_is_in_reach_and_a_number_near_an_address_may_mean_it() {
        let set = |objects: &[usize]| objects.iter().copied().collect::<BTreeSet<usize>>();
        let objects = Objects {
            spans: vec![1000..1010, 1010..1020, 1200..1210, 1400..1410],
            constant: set(&[0, 1, 2]),
            pointers: BTreeMap::from([(0, set(&[1]))]),
            // A table that is only read from its hundredth byte on.
            named: BTreeMap::from([(1000, set(&[0])), (1100, set(&[2]))]),
        };
        let out_of_reach = |numbers: &[u32]| objects.out_of_reach(&numbers.iter().copied().collect());
        assert_eq!(
            out_of_reach(&[7, 1410]),
            [1000..1010, 1010..1020, 1200..1210],
            "the fourth may be written"
        );
        let second = [Range { start: 1200, end: 1210 }];
        assert_eq!(out_of_reach(&[1000]), second);
        assert_eq!(out_of_reach(&[1100]), [1000..1010, 1010..1020]);
        assert_eq!(out_of_reach(&[1090]), [1000..1010, 1010..1020], "a computed address");
        assert_eq!(out_of_reach(&[1015]), second, "its own object and those named nearby");
    }

    #[test]
    fn a_module_that_was_not_linked_so_is_refused() {
        let module = walrus::Module::default().emit_wasm();
        assert!(Objects::of(&module).is_err());
        assert_eq!(without_relocations(&module).expect("it was just written"), module);
    }
}
