//! A program that makes calls when told to and keeps what came of them: the tests' own client.

use serde::{Deserialize, Serialize};

use super::{Image, Yard, description, run_any};
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::sim::{
    ActorId, Call, Collect, Context, Failure, Message, PoolId, PoolPolicy, Program, Response,
    ServiceDescription, Surroundings, UnknownImage, Usage,
};

/// An answer as the client got it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub token: u64,
    pub at: Timestamp,
    pub result: Result<Response, Failure>,
    pub took_seconds: f64,
}

/// The images of the yard, and a client.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Probe {
    Image(Box<Image>),
    Client { answers: Vec<Answer>, pool: Option<PoolId> },
}

/// Prometheus's way of keeping connections.
const POOL: PoolPolicy =
    PoolPolicy { idle_max: 1000, idle_max_per_endpoint: 1000, idle_timeout: Millis::from_minutes(5) };

impl Program for Probe {
    fn create(image: &str) -> Result<Self, UnknownImage> {
        match image {
            "client" => Ok(Self::Client { answers: Vec::new(), pool: None }),
            _ => Image::create(image).map(|image| Self::Image(Box::new(image))),
        }
    }

    fn boot(&mut self, context: &mut Context<'_>) {
        match self {
            Self::Image(image) => image.boot(context),
            Self::Client { pool, .. } => *pool = Some(context.pool(POOL)),
        }
    }

    fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        let answers = match self {
            Self::Image(image) => return image.handle(message, context),
            Self::Client { answers, .. } => answers,
        };
        let at = context.now();
        match message {
            Message::Response { token, response, took_seconds } => {
                answers.push(Answer { token, at, result: Ok(response), took_seconds });
            }
            Message::Failure { token, failure, took_seconds } => {
                answers.push(Answer { token, at, result: Err(failure), took_seconds });
            }
            Message::Signal(_) => context.exit(0.1, 0),
            Message::Request(_) | Message::Timer { .. } => panic!("nobody asks the client"),
        }
    }

    fn gather<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C) {
        if let Self::Image(image) = self {
            image.gather(surroundings, collector);
        }
    }

    fn usage(&self, _surroundings: &Surroundings<'_>) -> Usage {
        Usage::default()
    }
}

/// A yard with a client in it, in which everything runs.
pub struct Lab {
    pub yard: Yard<Probe>,
    client: ActorId,
    asked: u64,
}

impl Lab {
    pub fn new(seed: u64, accesslogs: u32) -> Self {
        Self::build(seed, |services| services[0].replicas = accesslogs)
    }

    /// With one more service that publishes nothing.
    pub fn with_service(seed: u64, name: &str, image: &str, replicas: u32) -> Self {
        Self::build(seed, |services| {
            let mut service = ServiceDescription::new(name, image);
            service.replicas = replicas;
            services.push(service);
        })
    }

    /// With the engine's `metrics-addr` set.
    pub fn with_engine_at(seed: u64, address: &str) -> Self {
        Self::build(seed, |services| {
            services[3].environment.insert("metrics-addr".into(), address.into());
        })
    }

    /// With access logs that keep idle connections for so many milliseconds.
    pub fn with_kept_connections(seed: u64, accesslogs: u32, millis: &str) -> Self {
        Self::build(seed, |services| {
            services[0].replicas = accesslogs;
            let variable = crate::sim::images::KEEP_ALIVE_VARIABLE;
            services[0].environment.insert(variable.into(), millis.into());
        })
    }

    fn build(seed: u64, change: impl FnOnce(&mut Vec<ServiceDescription>)) -> Self {
        let mut description = description(0.0);
        change(&mut description.services);
        let mut client = ServiceDescription::new("client", "client");
        client.extra_hosts.push(("DOCKER_HOST".into(), description.host_ip));
        description.services.push(client);
        let mut yard = Yard::new(description, Seed(seed), super::START).unwrap();
        run_any(&mut yard, 20.0);
        let client = yard.find("ch09-client-1").unwrap();
        Self { yard, client, asked: 0 }
    }

    pub fn run(&mut self, seconds: f64) {
        run_any(&mut self.yard, seconds);
    }

    /// Makes a call, over the client's pool when `kept`; gives its token.
    pub fn ask(&mut self, host: &str, port: u16, path: &str, kept: bool, timeout_seconds: f64) -> u64 {
        let token = self.asked;
        self.asked += 1;
        self.yard.with_program(self.client, |program, context| {
            let Probe::Client { pool, .. } = program else { panic!("not the client") };
            let mut call = Call::get(crate::sim::Endpoint::new(host, port), path, token);
            call.pool = pool.filter(|_| kept);
            call.timeout = Some(Millis::from_secs_f64(timeout_seconds));
            call.announced = true;
            context.call(call);
        });
        token
    }

    pub fn answer(&self, token: u64) -> Option<&Answer> {
        let Some(Probe::Client { answers, .. }) = self.yard.program(self.client) else { panic!("no client") };
        answers.iter().find(|answer| answer.token == token)
    }

    /// Asks and waits; the page's body, or the failure's text.
    pub fn fetch(&mut self, host: &str, port: u16, path: &str, kept: bool) -> Result<String, String> {
        let token = self.ask(host, port, path, kept, 10.0);
        self.run(11.0);
        let answer = self.answer(token).expect("an answer or a failure");
        match &answer.result {
            Ok(response) => Ok(response.page.as_ref().map(|page| page.body.clone()).unwrap_or_default()),
            Err(failure) => Err(failure.to_string()),
        }
    }

    pub fn resolve(&mut self, name: &str) -> Result<Vec<String>, String> {
        let resolved = self.yard.with_program(self.client, |_, context| context.resolve(name)).unwrap();
        resolved
            .map(|ips| ips.iter().map(ToString::to_string).collect())
            .map_err(|failure| failure.to_string())
    }

    pub fn ip(&self, container: &str) -> String {
        let view = self.yard.container(self.yard.find(container).unwrap()).unwrap();
        view.ip.expect("an address").to_string()
    }
}
