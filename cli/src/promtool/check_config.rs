//! `promtool check-config`: configuration files and, unless it is told not to, the files that they name.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::scrape::config::{Config, DiscoveryConfig, ScrapeConfig, StaticGroup};
use scrapeyard_core::scrape::relabel::{Relabeling, Work};
use scrapeyard_core::yaml::{Budget, Node, compose};

use super::glob::glob;

/// The arguments of `check-config`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Looks at the configuration alone, not at the files that it names.
    #[arg(long)]
    syntax_only: bool,
    /// Checks for a Prometheus in agent mode, which only collects and sends.
    #[arg(long)]
    agent: bool,
    /// Takes a file that is named and not there for an error, as the real promtool does. Without it that is a warning,
    /// since a configuration is often checked away from the machine that it is for.
    #[arg(long)]
    require_files: bool,
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Checks the files; fails when one does.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut failed = false;
    for file in &arguments.files {
        println!("Checking {}", file.display());
        let check = Check { arguments, folder: file.parent().unwrap_or(Path::new("")) };
        match check.file(file) {
            Ok(rule_files) => {
                if rule_files > 0 {
                    println!("  SUCCESS: {rule_files} rule files found");
                }
                println!(" SUCCESS: {} is valid prometheus config file syntax", file.display());
            }
            Err(error) => {
                eprintln!("  FAILED: {error}");
                failed = true;
            }
        }
        println!();
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

struct Check<'a> {
    arguments: &'a Arguments,
    /// Where relative paths begin.
    folder: &'a Path,
}

impl Check<'_> {
    /// Checks a file; gives how many rule files it names.
    fn file(&self, file: &Path) -> Result<usize, String> {
        let text = read(file).map_err(|error| error.to_string())?;
        let parsed = Config::parse(&text);
        let mut config = parsed.map_err(|error| format!("parsing YAML file {}: {error}", file.display()))?;
        if self.arguments.agent {
            check_agent(&text)?;
        }
        if self.arguments.syntax_only {
            return config.scrape_configs.iter().try_for_each(|job| check_targets(job)).map(|()| 0);
        }
        let mut rule_files = 0;
        for pattern in &config.rule_files {
            let found = glob(self.folder, pattern)?;
            // Names that may stand for several files may stand for none.
            if found.is_empty() && !pattern.contains('*') {
                self.missing(format!("{pattern:?} does not point to an existing file"))?;
            }
            rule_files += found.len();
        }
        self.include(&mut config)?;
        self.named_files(&text)?;
        config.scrape_configs.iter().try_for_each(|job| check_targets(job))?;
        Ok(rule_files)
    }

    /// Adds the jobs of other files.
    fn include(&self, config: &mut Config) -> Result<(), String> {
        let mut origins = config.job_origins();
        for pattern in config.scrape_config_files.clone() {
            let found = glob(self.folder, &pattern).map_err(|error| {
                format!(
                    "error loading scrape configs: error retrieving scrape config files for {pattern:?}: {error}"
                )
            })?;
            for path in found {
                let shown = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
                let shown = shown.display().to_string();
                let failed = |error: String| format!("error loading scrape configs: {shown:?}: {error}");
                let text = read(&path).map_err(|error| failed(error.to_string()))?;
                config.include(&shown, &text, &mut origins).map_err(|error| failed(error.to_string()))?;
            }
        }
        Ok(())
    }

    /// Looks for the files that jobs name: secrets, certificates, targets.
    fn named_files(&self, text: &str) -> Result<(), String> {
        let Ok(root) = compose(text, Budget::default()) else { return Ok(()) };
        for job in root.get("scrape_configs").map_or(&[][..], Node::items) {
            let at =
                |path: [&str; 2]| job.get(path[0]).and_then(|node| node.get(path[1])).and_then(Node::text);
            let bearer = job.get("bearer_token_file").and_then(Node::text);
            if let Some(file) = at(["authorization", "credentials_file"]).or(bearer) {
                self.must_exist(file, "authorization credentials or bearer token")?;
            }
            for (field, what) in [("cert_file", "client cert"), ("key_file", "client key")] {
                if let Some(file) = at(["tls_config", field]) {
                    self.must_exist(file, what)?;
                }
            }
            let name = job.get("job_name").and_then(Node::text).unwrap_or("");
            for discovery in job.get("file_sd_configs").map_or(&[][..], Node::items) {
                for file in discovery.get("files").map_or(&[][..], Node::items).iter().filter_map(Node::text)
                {
                    self.target_files(file, name)?;
                }
            }
        }
        Ok(())
    }

    /// Checks the files of targets that a pattern stands for.
    fn target_files(&self, pattern: &str, job: &str) -> Result<(), String> {
        let found = glob(self.folder, pattern)?;
        if found.is_empty() {
            println!("  WARNING: file {pattern:?} for file_sd in scrape job {job:?} does not exist");
        }
        for path in found {
            let failed = |error: String| format!("checking SD file {pattern:?}: {error}");
            let text = read(&path).map_err(|error| failed(error.to_string()))?;
            let groups = StaticGroup::read_all(&text).map_err(|error| failed(error.to_string()))?;
            if let Some(address) =
                groups.iter().flat_map(|group| &group.targets).find(|target| target.contains('/'))
            {
                return Err(format!("instance 0 in group : {address:?} is not a valid hostname"));
            }
        }
        Ok(())
    }

    fn must_exist(&self, file: &str, what: &str) -> Result<(), String> {
        match std::fs::metadata(self.folder.join(file)) {
            Ok(_) => Ok(()),
            Err(_) => self.missing(format!(
                "error checking {what} file {file:?}: stat {file}: no such file or directory"
            )),
        }
    }

    fn missing(&self, text: String) -> Result<(), String> {
        if self.arguments.require_files {
            return Err(text);
        }
        println!("  WARNING: {text}");
        Ok(())
    }
}

/// What an agent may not have: it neither evaluates nor alerts.
fn check_agent(text: &str) -> Result<(), String> {
    let root = compose(text, Budget::default()).map_err(|error| error.to_string())?;
    let holds = |path: &[&str]| {
        let node = path.iter().try_fold(&root, |node, name| node.get(name));
        node.is_some_and(|node| !node.items().is_empty())
    };
    let forbidden = [
        (&["alerting", "alertmanagers"][..], "alerting"),
        (&["alerting", "alert_relabel_configs"], "alerting"),
        (&["rule_files"], "rule_files"),
        (&["remote_read"], "remote_read"),
    ];
    match forbidden.iter().find(|(path, _)| holds(path)) {
        Some((_, field)) => Err(format!("field {field} is not allowed in agent mode")),
        None => Ok(()),
    }
}

/// Whether the addresses of a job's static targets are good after relabeling.
fn check_targets(job: &ScrapeConfig) -> Result<(), String> {
    let mut work = Work::default();
    for source in &job.discovery {
        let DiscoveryConfig::Static(groups) = source else { continue };
        for (number, group) in groups.iter().enumerate() {
            for (instance, target) in group.targets.iter().enumerate() {
                let own = [("__address__", &**target), ("job", &job.job_name), ("__scheme__", &job.scheme)];
                let shared = group.labels.iter().map(|(name, value)| (&**name, &**value));
                let labels = Labels::from_pairs(shared.chain(own));
                let relabeled = Relabeling::of_targets(job, &mut work).process(&labels);
                let Some(labels) = relabeled.map_err(|excess| excess.to_string())? else { continue };
                let problem = match labels.get("__address__").unwrap_or("") {
                    "" => "no address".to_owned(),
                    address if address.contains('/') => format!("{address:?} is not a valid hostname"),
                    _ => continue,
                };
                return Err(format!("instance {instance} in group {number}: {problem}"));
            }
        }
    }
    Ok(())
}

/// A text may be this long, in bytes.
const FILE_BYTES: u64 = 16 << 20;

fn read(path: &Path) -> std::io::Result<String> {
    if std::fs::metadata(path)?.len() > FILE_BYTES {
        return Err(std::io::Error::other(format!("file is longer than {FILE_BYTES} bytes")));
    }
    std::fs::read_to_string(path)
}
