//! The world that a script describes, and the scraper in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use scrapeyard_core::base::random::Seed;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::exposition::NativeHistogram;
use scrapeyard_core::promql::syntax::{SeriesValue, parse_series};
use scrapeyard_core::scrape::{
    Compatibility, DockerContainer, DockerNetwork, DockerPort, Engine, Event, Fetch, FetchFailure, FetchId,
    LookupId, LookupOutcome, Need, Outcome, Response,
};

/// What stands behind a URL.
#[derive(Clone)]
struct Site {
    result: Result<Response, FetchFailure>,
    took_ms: i64,
    /// Whether it never answers.
    silent: bool,
}

/// An answer on its way.
enum Answer {
    Lookup(LookupId, LookupOutcome),
    Fetch(FetchId, Outcome),
}

/// Sites and names, the scraper, and what is under way between them.
#[derive(Default)]
pub struct World {
    /// Whether the scraper is written and read back whenever time has passed.
    is_saved_often: bool,
    sites: BTreeMap<String, Site>,
    names: BTreeMap<String, LookupOutcome>,
    files: BTreeMap<String, String>,
    containers: Vec<DockerContainer>,
    compatibility: Compatibility,
    seed: u64,
    engine: Option<Engine>,
    now: i64,
    under_way: Vec<(i64, Answer)>,
    pub(super) requests: Vec<Fetch>,
    pub(super) events: Vec<(i64, Event)>,
    warnings: Vec<String>,
}

impl World {
    /// A world whose scraper is written and read back whenever time has passed.
    pub fn saved_often() -> Self {
        Self { is_saved_often: true, ..Self::default() }
    }

    /// Does a command; gives the answer where it is a question.
    pub fn command(&mut self, line: &str, block: &str) -> Result<Option<String>, String> {
        let mut words = line.split_whitespace();
        let word = words.next().unwrap_or("");
        let rest: Vec<&str> = words.collect();
        match word {
            "compatibility" => {
                self.compatibility =
                    Compatibility::parse(rest.first().unwrap_or(&"")).ok_or("unknown version")?;
            }
            "seed" => self.seed = number(&rest, 0)?.unsigned_abs(),
            "start" | "reload" => {
                let answer = if word == "start" { self.start(block) } else { self.reload(block)? };
                self.note_events();
                return Ok(Some(answer));
            }
            "serve" => self.serve(&rest, block)?,
            "redirect" => {
                let response = Response {
                    status: 302,
                    location: Some(rest.get(1).ok_or("where to?")?.to_string()),
                    ..Response::default()
                };
                self.site(&rest, Ok(response), 1, false)?;
            }
            "fail" => {
                let failure = failure(&rest)?;
                self.site(&rest, Err(failure), 1, false)?;
            }
            "native" => self.native(&rest, block)?,
            "silent" => self.site(&rest, Err(FetchFailure::Closed), 0, true)?,
            "dns" => self.name(&rest)?,
            "file" => self.file(&rest, block)?,
            "container" => self.container(&rest)?,
            "to" => self.advance((float(&rest, 0)? * 1000.0).round() as i64)?,
            "targets" => return Ok(Some(self.targets()?)),
            "series" => return Ok(Some(self.series(&rest)?)),
            "warnings" => {
                let said = std::mem::take(&mut self.warnings);
                return Ok(Some(said.into_iter().map(|warning| warning + "\n").collect()));
            }
            "events" => return Ok(Some(self.take_events())),
            "requests" => return Ok(Some(self.take_requests(rest.first() == Some(&"headers")))),
            "counters" => return Ok(Some(format!("{:#?}\n", self.running()?.counters()))),
            other => return Err(format!("unknown command {other}")),
        }
        Ok(None)
    }

    pub(super) fn running(&self) -> Result<&Engine, String> {
        self.engine.as_ref().ok_or_else(|| "not started".to_owned())
    }

    fn start(&mut self, config: &str) -> String {
        match Engine::new(config, self.compatibility, Seed(self.seed), Timestamp(self.now)) {
            Ok(engine) => {
                self.engine = Some(engine);
                "started\n".to_owned()
            }
            Err(error) => format!("refused: {error}\n"),
        }
    }

    fn reload(&mut self, config: &str) -> Result<String, String> {
        let now = Timestamp(self.now);
        let engine = self.engine.as_mut().ok_or("not started")?;
        Ok(match engine.reload(config, now) {
            Ok(()) => "reloaded\n".to_owned(),
            Err(error) => format!("refused at line {}: {error}\n", error.line.unwrap_or(0)),
        })
    }

    fn serve(&mut self, rest: &[&str], page: &str) -> Result<(), String> {
        let mut response = Response {
            status: 200,
            content_type: Some("text/plain; version=0.0.4".to_owned()),
            body: page.to_owned(),
            ..Response::default()
        };
        let mut took_ms = 5;
        for option in rest.iter().skip(1) {
            match option.split_once('=') {
                Some(("status", status)) => response.status = status.parse().map_err(|_| "status?")?,
                Some(("type", "none")) => response.content_type = None,
                Some(("type", content_type)) => response.content_type = Some(content_type.replace('_', " ")),
                Some(("took", milliseconds)) => took_ms = milliseconds.parse().map_err(|_| "took?")?,
                _ => return Err(format!("unknown option {option}")),
            }
        }
        self.site(rest, Ok(response), took_ms, false)
    }

    /// `native URL`: the native histograms that come with the page, a series a line.
    fn native(&mut self, rest: &[&str], lines: &str) -> Result<(), String> {
        let url = rest.first().ok_or("which URL?")?;
        let site = self.sites.get_mut(*url).ok_or("serve the page first")?;
        let Ok(response) = &mut site.result else { return Err("serve the page first".to_owned()) };
        response.histograms = lines.lines().map(histogram).collect::<Result<_, _>>()?;
        Ok(())
    }

    fn site(
        &mut self,
        rest: &[&str],
        result: Result<Response, FetchFailure>,
        took_ms: i64,
        silent: bool,
    ) -> Result<(), String> {
        let url = rest.first().ok_or("which URL?")?;
        self.sites.insert((*url).to_owned(), Site { result, took_ms, silent });
        Ok(())
    }

    fn name(&mut self, rest: &[&str]) -> Result<(), String> {
        let (name, answer) = rest.split_first().ok_or("which name?")?;
        let outcome = match answer {
            ["nxdomain"] => LookupOutcome::NoSuchName,
            ["servfail"] => LookupOutcome::Failed(
                "all servers responded with errors to at least one search domain".to_owned(),
            ),
            ["srv", services @ ..] => LookupOutcome::Services(
                services
                    .iter()
                    .filter_map(|service| service.rsplit_once(':'))
                    .map(|(host, port)| (host.to_owned(), port.parse().unwrap_or(0)))
                    .collect(),
            ),
            records => LookupOutcome::Records(records.iter().map(|record| (*record).to_owned()).collect()),
        };
        self.names.insert((*name).to_owned(), outcome);
        Ok(())
    }

    /// `file PATH` with its text below, `file PATH gone`; a watch notices both.
    fn file(&mut self, rest: &[&str], text: &str) -> Result<(), String> {
        let path = (*rest.first().ok_or("which file?")?).to_owned();
        match rest.get(1) {
            Some(&"gone") => drop(self.files.remove(&path)),
            _ => drop(self.files.insert(path, text.to_owned())),
        }
        if let Some(engine) = &mut self.engine {
            engine.files_changed(Timestamp(self.now));
        }
        Ok(())
    }

    /// `container NAME ADDRESS [PORT | PORT=PUBLIC | label:NAME=VALUE | net:NAME=ADDRESS]…`, `container NAME gone`.
    fn container(&mut self, rest: &[&str]) -> Result<(), String> {
        let [name, address, options @ ..] = rest else { return Err("which container, where?".to_owned()) };
        self.containers.retain(|container| container.name != format!("/{name}"));
        if *address == "gone" {
            return Ok(());
        }
        let network = |name: &str, ip: &str| DockerNetwork {
            id: format!("id-of-{name}"),
            name: name.to_owned(),
            ip: ip.to_owned(),
        };
        let mut container = DockerContainer {
            id: format!("id-of-{name}"),
            name: format!("/{name}"),
            network_mode: "nat".to_owned(),
            networks: vec![network("nat", address)],
            ..DockerContainer::default()
        };
        for option in options {
            let (key, value) =
                option.split_once('=').map_or((*option, None), |(key, value)| (key, Some(value)));
            match (key.split_once(':'), value) {
                (Some(("label", name)), Some(value)) => {
                    container.labels.push((name.to_owned(), value.to_owned()));
                }
                (Some(("net", name)), Some(ip)) => container.networks.push(network(name, ip)),
                _ => container.ports.push(DockerPort {
                    private: key.parse().map_err(|_| "which port?")?,
                    public: value.map(|port| ("0.0.0.0".to_owned(), port.parse().unwrap_or(0))),
                }),
            }
        }
        self.containers.push(container);
        Ok(())
    }

    /// What stands behind a URL; a name that nobody has, where nothing was said.
    fn site_at(&self, url: &str, host: &str) -> Site {
        self.sites.get(url).cloned().unwrap_or_else(|| Site {
            result: Err(FetchFailure::NoSuchHost {
                host: host.to_owned(),
                server: "127.0.0.11:53".to_owned(),
            }),
            took_ms: 1,
            silent: false,
        })
    }

    /// Lets virtual time pass, event by event.
    fn advance(&mut self, to: i64) -> Result<(), String> {
        loop {
            let engine = self.engine.as_ref().ok_or("not started")?;
            let due = engine.next_at().map(|at| at.0);
            let arriving = self.under_way.iter().map(|(at, _)| *at).min();
            let Some(next) = due.into_iter().chain(arriving).min().filter(|next| *next <= to) else { break };
            self.now = self.now.max(next);
            let first = self.under_way.iter().position(|(at, _)| *at <= next);
            match first {
                Some(first) => {
                    let (_, answer) = self.under_way.remove(first);
                    self.deliver(answer);
                }
                None => self.run(),
            }
            self.note_events();
        }
        self.now = to;
        if self.is_saved_often {
            let bytes = postcard::to_allocvec(&self.engine).map_err(|error| error.to_string())?;
            self.engine = postcard::from_bytes(&bytes).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn deliver(&mut self, answer: Answer) {
        let now = Timestamp(self.now);
        let Some(engine) = &mut self.engine else { return };
        match answer {
            Answer::Lookup(id, outcome) => engine.resolved(id, &outcome, now),
            Answer::Fetch(id, outcome) => engine.fetched(id, outcome, now),
        }
    }

    fn run(&mut self) {
        let needs = self.engine.as_mut().map(|engine| engine.run(Timestamp(self.now))).unwrap_or_default();
        for need in needs {
            match need {
                Need::Lookup(lookup) => {
                    let outcome = self.names.get(&*lookup.name).cloned().unwrap_or(LookupOutcome::NoSuchName);
                    self.under_way.push((self.now + 1, Answer::Lookup(lookup.id, outcome)));
                }
                Need::Files(lookup) => {
                    let named = |path: &str| {
                        lookup.patterns.iter().any(|pattern| match pattern.split_once('*') {
                            Some((begin, end)) => path.starts_with(begin) && path.ends_with(end),
                            None => path == pattern,
                        })
                    };
                    let files = self.files.iter().filter(|(path, _)| named(path));
                    let files = files.map(|(path, text)| (path.clone(), text.clone())).collect();
                    self.under_way.push((self.now, Answer::Lookup(lookup.id, LookupOutcome::Files(files))));
                }
                Need::Containers(lookup) => {
                    let outcome = LookupOutcome::Containers(self.containers.clone());
                    self.under_way.push((self.now + 2, Answer::Lookup(lookup.id, outcome)));
                }
                Need::Page(lookup) => {
                    let site = self.site_at(&lookup.url, &lookup.host);
                    let outcome = LookupOutcome::Page(site.result);
                    self.under_way.push((self.now + site.took_ms, Answer::Lookup(lookup.id, outcome)));
                }
                Need::Fetch(fetch) => {
                    let site = self.site_at(&fetch.url, &fetch.host);
                    if !site.silent {
                        let took_seconds = site.took_ms as f64 / 1000.0;
                        let outcome = Outcome { result: site.result, took_seconds };
                        self.under_way.push((self.now + site.took_ms, Answer::Fetch(fetch.id, outcome)));
                    }
                    self.requests.push(fetch);
                }
            }
        }
    }

    pub(super) fn note_events(&mut self) {
        let now = self.now;
        if let Some(engine) = &mut self.engine {
            self.events.extend(engine.drain_events().into_iter().map(|event| (now, event)));
            self.warnings.extend(engine.drain_warnings().into_iter().map(|warning| {
                format!("{} {} {} ({})", seconds(now), warning.url, warning.text, warning.dropped)
            }));
        }
    }
}

/// A native histogram as a line of a series with one value.
fn histogram(line: &str) -> Result<NativeHistogram, String> {
    let series = parse_series(line).map_err(|error| error.located(line))?;
    match series.values.as_slice() {
        [SeriesValue::Histogram { histogram, .. }] => {
            Ok(NativeHistogram { labels: series.labels, histogram: Arc::clone(histogram) })
        }
        _ => Err(format!("no native histogram: {line}")),
    }
}

fn failure(rest: &[&str]) -> Result<FetchFailure, String> {
    let text = |at: usize| rest.get(at).map(|word| (*word).to_owned()).ok_or("too few words");
    Ok(match *rest.get(1).ok_or("how does it fail?")? {
        "refused" => FetchFailure::ConnectionRefused { address: text(2)? },
        "unroutable" => FetchFailure::NoRouteToHost { address: text(2)? },
        "misbehaving" => FetchFailure::ServerMisbehaving { host: text(2)?, server: text(3)? },
        "closed" => FetchFailure::Closed,
        "reset" => FetchFailure::ConnectionReset { local: text(2)?, remote: text(3)? },
        "other" => FetchFailure::Other(rest[2..].join(" ")),
        other => return Err(format!("unknown failure {other}")),
    })
}

fn number(rest: &[&str], at: usize) -> Result<i64, String> {
    rest.get(at).and_then(|word| word.parse().ok()).ok_or_else(|| "a number is missing".to_owned())
}

fn float(rest: &[&str], at: usize) -> Result<f64, String> {
    rest.get(at).and_then(|word| word.parse().ok()).ok_or_else(|| "a number is missing".to_owned())
}

/// Milliseconds as seconds: `12.345`.
pub(super) fn seconds(milliseconds: i64) -> String {
    format!("{}", milliseconds as f64 / 1000.0)
}
