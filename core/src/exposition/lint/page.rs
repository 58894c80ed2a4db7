//! A page as promtool reads it before it looks it over: families with the labels of their metrics. Keeps no values.

use std::collections::BTreeMap;

use super::scan::quote_char;
use crate::base::number::quote;
use crate::exposition::ParseError;
use crate::exposition::parse::{parse_float, quote_bytes};

/// The types that the text format knows, and one that only promtool takes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Counter,
    Gauge,
    Summary,
    Untyped,
    Histogram,
    GaugeHistogram,
}

impl Kind {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Counter, "counter"),
        (Self::Gauge, "gauge"),
        (Self::Summary, "summary"),
        (Self::Untyped, "untyped"),
        (Self::Histogram, "histogram"),
        (Self::GaugeHistogram, "gauge_histogram"),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The type of this name, in lower case; one of them may be written in two ways.
    fn named(name: &str) -> Option<Self> {
        if name == "gaugehistogram" {
            return Some(Self::GaugeHistogram);
        }
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(kind, _)| kind)
    }

    pub(super) fn is_histogram(self) -> bool {
        matches!(self, Self::Histogram | Self::GaugeHistogram)
    }
}

/// Labels of a metric, in the order written.
pub(super) type Pairs = Vec<(String, String)>;

/// A family.
#[derive(Debug)]
pub(super) struct LintFamily {
    pub kind: Kind,
    has_kind: bool,
    pub has_help: bool,
    /// The labels of each metric, with how many there are of it; the lines of one histogram or summary are one metric.
    pub metrics: BTreeMap<Pairs, u32>,
}

/// Reads a page.
pub(super) fn read(page: &[u8]) -> Result<BTreeMap<String, LintFamily>, ParseError> {
    let mut reader = PageReader { page, at: 0, line: 0, families: BTreeMap::new() };
    while reader.at < page.len() {
        reader.line += 1;
        if let Err(stop) = reader.read_line() {
            let message = stop.unwrap_or_else(|| "unexpected end of input stream".to_owned());
            let message = format!("text format parsing error in line {}: {message}", reader.line);
            return Err(ParseError::new(page, reader.at.min(page.len()), message));
        }
    }
    Ok(reader.families)
}

/// Why reading stops; nothing said means the page ended too early.
pub(super) type Stop = Option<String>;

pub(super) fn stop<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Some(message.into()))
}

pub(super) struct PageReader<'p> {
    pub(super) page: &'p [u8],
    /// The next byte.
    pub(super) at: usize,
    /// From 1.
    line: u32,
    families: BTreeMap<String, LintFamily>,
}

impl PageReader<'_> {
    fn read_line(&mut self) -> Result<(), Stop> {
        // A last line of blanks alone is no line.
        match self.skip_blanks() {
            Err(_) => return Ok(()),
            Ok(b'\n') => {}
            Ok(b'#') => self.read_comment()?,
            Ok(b'{') => self.read_sample(None)?,
            Ok(_) => {
                let name = self.metric_name()?;
                if name.is_empty() {
                    return stop("invalid metric name");
                }
                self.family_of(&name)?;
                if matches!(self.byte()?, b' ' | b'\t') {
                    self.skip_blanks()?;
                }
                self.read_sample(Some(name))?;
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Up to the newline, which stays.
    fn read_comment(&mut self) -> Result<(), Stop> {
        self.at += 1;
        self.skip_blanks()?;
        let word = self.until_blank()?;
        if self.byte()? == b'\n' {
            return Ok(());
        }
        if !matches!(&*word, b"HELP" | b"TYPE") {
            return self.rest_of_line(false).map(drop);
        }
        self.skip_blanks()?;
        let name = self.metric_name()?;
        match self.byte()? {
            b'\n' => return Ok(()),
            b' ' | b'\t' => {}
            _ => return stop("invalid metric name in comment"),
        }
        let (family, _) = self.family_of(&name)?;
        if self.skip_blanks()? == b'\n' {
            return Ok(());
        }
        if word == b"HELP" {
            if self.family(&family).has_help {
                return stop(format!("second HELP line for metric name {}", quote(&family)));
            }
            self.rest_of_line(true)?;
            self.family(&family).has_help = true;
            return Ok(());
        }
        if self.family(&family).has_kind {
            let text = ", or TYPE reported after samples";
            return stop(format!("second TYPE line for metric name {}{text}", quote(&family)));
        }
        let word = self.rest_of_line(false)?;
        let Some(kind) = Kind::named(&String::from_utf8_lossy(&word).to_lowercase()) else {
            return stop(format!("unknown metric type {}", quote_bytes(&word)));
        };
        let family = self.family(&family);
        (family.kind, family.has_kind) = (kind, true);
        Ok(())
    }

    fn family(&mut self, name: &str) -> &mut LintFamily {
        let empty =
            LintFamily { kind: Kind::Untyped, has_kind: false, has_help: false, metrics: BTreeMap::new() };
        self.families.entry(name.to_owned()).or_insert(empty)
    }

    /// The family that a name belongs to, and what its ending says.
    fn family_of<'n>(&mut self, name: &'n str) -> Result<(String, &'n str), Stop> {
        if self.families.contains_key(name) {
            return Ok((name.to_owned(), ""));
        }
        for ending in ["_count", "_sum", "_bucket"] {
            let Some(base) = name.strip_suffix(ending) else { continue };
            let owns = self.families.get(base).is_some_and(|family| {
                family.kind.is_histogram() || (family.kind == Kind::Summary && ending != "_bucket")
            });
            if owns {
                return Ok((base.to_owned(), &name[base.len()..]));
            }
        }
        let is_name = |at: usize, c: char| {
            c.is_ascii_alphabetic() || "_:".contains(c) || (at > 0 && c.is_ascii_digit())
        };
        if name.is_empty() || !name.chars().enumerate().all(|(at, c)| is_name(at, c)) {
            return stop(format!("invalid metric name {}", quote(name)));
        }
        self.family(name);
        Ok((name.to_owned(), ""))
    }

    /// Labels, value and timestamp, up to the newline, which stays.
    fn read_sample(&mut self, name: Option<String>) -> Result<(), Stop> {
        let mut name = name;
        let mut labels = Pairs::new();
        let mut bound = f64::NAN;
        if self.byte()? == b'{' {
            let is_inside = name.is_none();
            self.read_labels(&mut name, is_inside, &mut labels, &mut bound)?;
        }
        let Some(name) = name else { return stop("invalid metric name") };
        let (family, ending) = self.family_of(&name)?;
        let written = self.until_blank()?;
        let Ok(value) = parse_float(&written) else {
            return stop(format!("expected float as value, got {}", quote_bytes(&written)));
        };
        let kind = self.family(&family).kind;
        if kind.is_histogram() && value < 0.0 {
            if ending == "_count" {
                return stop(format!("negative count for histogram {}", quote(&family)));
            }
            if ending != "_sum" && !bound.is_nan() {
                return stop(format!("negative bucket population for histogram {}", quote(&family)));
            }
        }
        let family = self.family(&family);
        family.has_kind = true;
        let is_compound = kind.is_histogram() || kind == Kind::Summary;
        if is_compound {
            labels.sort();
        }
        let count = family.metrics.entry(labels).or_insert(0);
        *count = if is_compound { 1 } else { *count + 1 };
        if self.byte()? == b'\n' { Ok(()) } else { self.read_timestamp() }
    }

    fn read_timestamp(&mut self) -> Result<(), Stop> {
        self.skip_blanks()?;
        let written = self.until_blank()?;
        if std::str::from_utf8(&written).ok().and_then(|text| text.parse::<i64>().ok()).is_none() {
            return stop(format!("expected integer as timestamp, got {}", quote_bytes(&written)));
        }
        let rest = self.rest_of_line(false)?;
        if rest.is_empty() {
            Ok(())
        } else {
            stop(format!("spurious string after timestamp: {}", quote_bytes(&rest)))
        }
    }

    /// From the brace on, and the blanks behind its partner.
    fn read_labels(
        &mut self,
        name: &mut Option<String>,
        is_inside: bool,
        labels: &mut Pairs,
        bound: &mut f64,
    ) -> Result<(), Stop> {
        self.at += 1;
        loop {
            if self.skip_blanks()? == b'}' {
                break;
            }
            let label = self.quotable(false)?;
            let of_whom = || format!("for metric {}", quote(name.as_deref().unwrap_or("")));
            if label.is_empty() {
                return stop(format!("invalid label name {}", of_whom()));
            }
            if matches!(self.byte()?, b' ' | b'\t') {
                self.skip_blanks()?;
            }
            let found = self.byte()?;
            if found != b'=' {
                if !is_inside {
                    return stop(format!("expected '=' after label name, found {}", quote_char(found)));
                }
                if name.is_some() {
                    return stop(format!("multiple metric names {}", of_whom()));
                }
                if !matches!(found, b',' | b'}') {
                    return stop(format!("unexpected end of metric name {}", quote_char(found)));
                }
                self.family_of(&label)?;
                *name = Some(label);
            } else {
                let family = match name.as_deref() {
                    Some(name) => self.family_of(name)?.0,
                    None => String::new(),
                };
                self.read_label_value(&family, label, labels, bound)?;
            }
            match self.skip_blanks()? {
                b',' => self.at += 1,
                b'}' => break,
                _ => {
                    let value = labels.last().map_or("", |(_, value)| value);
                    return stop(format!("unexpected end of label value {}", quote(value)));
                }
            }
        }
        self.at += 1;
        self.skip_blanks().map(drop)
    }

    fn read_label_value(
        &mut self,
        family: &str,
        label: String,
        labels: &mut Pairs,
        bound: &mut f64,
    ) -> Result<(), Stop> {
        if label == "__name__" {
            return stop("label name \"__name__\" is reserved");
        }
        let is_name =
            |at: usize, c: char| c.is_ascii_alphabetic() || c == '_' || (at > 0 && c.is_ascii_digit());
        if !label.chars().enumerate().all(|(at, c)| is_name(at, c)) {
            return stop(format!("invalid label name {}", quote(&label)));
        }
        self.at += 1;
        let found = self.skip_blanks()?;
        if found != b'"' {
            return stop(format!("expected '\"' at start of label value, found {}", quote_char(found)));
        }
        if labels.iter().any(|(known, _)| *known == label) {
            return stop(format!("duplicate label names for metric {}", quote(family)));
        }
        let value = self.label_value()?;
        let kind = self.families.get(family).map_or(Kind::Untyped, |family| family.kind);
        let is_bound =
            (kind.is_histogram() && label == "le") || (kind == Kind::Summary && label == "quantile");
        if !is_bound {
            labels.push((label, value));
            return Ok(());
        }
        match parse_float(value.as_bytes()) {
            Ok(read) => *bound = read,
            Err(_) => {
                return stop(format!("expected float as value for '{label}' label, got {}", quote(&value)));
            }
        }
        Ok(())
    }
}
