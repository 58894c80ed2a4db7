//! The server by itself: start and stop, bounds, more than one request at a time, a lab whose time goes on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use super::client::{data, encoded, get, send};
use super::program::{Program, command};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("serve/starts-and-stops", starts_and_stops),
        Trial::test("serve/bounds", bounds),
        Trial::test("serve/queries-end-with-their-clients", queries_end_with_their_clients),
        Trial::test("serve/a-lab-goes-on", a_lab_goes_on),
    ]
}

/// A small file of samples.
const DATA: &str = "tests/serve/small.test";
/// A file of many samples, for a query that takes long.
const LARGE: &str = "tests/serve/large.test";

fn check(holds: bool, what: &str, shown: impl std::fmt::Debug) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(format!("{what}: {shown:?}").into()) }
}

fn starts_and_stops() -> Result<(), Failed> {
    let program = Program::start(&["--data", DATA])?;
    let ready = get(program.port, "/-/ready")?;
    check(ready.status == 200, "ready", &ready)?;
    let taken = command(&["--data", DATA, "--listen", &format!("127.0.0.1:{}", program.port)])?.output()?;
    let said = String::from_utf8_lossy(&taken.stderr).into_owned();
    let is_clear = said.starts_with(&format!("cannot listen on 127.0.0.1:{}: ", program.port));
    check(!taken.status.success() && is_clear && said.lines().count() == 1, "a taken port", said)?;
    let absent = command(&["--data", "no/such/file"])?.output()?;
    check(absent.status.code() == Some(1), "a missing file", absent)?;
    for signal in ["INT", "TERM"] {
        let status = Program::start(&["--data", DATA])?.stop(signal)?;
        check(status.code() == Some(0), signal, status)?;
    }
    Ok(())
}

fn bounds() -> Result<(), Failed> {
    let port = Program::start(&["--data", DATA])?;
    let port = &port;
    let form = "Content-Type: application/x-www-form-urlencoded";
    let long = format!("query={}", "1".repeat(11 << 20));
    let refused = send(port.port, "POST", "/api/v1/query", &[form], &long)?;
    check(refused.status == 413, "a long form", refused.status)?;
    let long = format!("query={}", "1".repeat(1 << 20));
    let refused = send(port.port, "POST", "/api/v1/query", &[form], &long)?;
    check(refused.status == 400, "a long expression", refused.status)?;
    let odd = send(port.port, "POST", "/api/v1/query", &[form], "query=%ff%00&query=1")?;
    check(odd.status == 400, "bytes that are no text", &odd.body)?;
    // Two requests over one connection.
    let mut stream = TcpStream::connect(("127.0.0.1", port.port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    for _ in 0..2 {
        stream.write_all(b"GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer)?;
        check(buffer[..length].starts_with(b"HTTP/1.1 200 OK"), "kept alive", length)?;
    }
    Ok(())
}

/// A query of many seconds; while it runs others are answered, its own time-out ends it, and so does the end of its
/// client: else the server would still compute when it is told to stop.
fn queries_end_with_their_clients() -> Result<(), Failed> {
    let program = Program::start(&["--data", LARGE])?;
    let long = "sum_over_time((sum(count_over_time({n=~\".+\"}[30d])))[30d:10ms])";
    let begun = Instant::now();
    let path =
        format!("/api/v1/query?{}", encoded(&[("query", long), ("time", "100000"), ("timeout", "1.5")]));
    let given_up = get(program.port, &path)?;
    let json = given_up.json()?;
    check(given_up.status == 503 && json["errorType"] == "timeout", "its time-out", &given_up.body)?;
    check(begun.elapsed() < Duration::from_secs(20), "its time-out came late", begun.elapsed())?;
    let path = format!("/api/v1/query?{}", encoded(&[("query", long), ("time", "100000")]));
    let mut clients = Vec::new();
    for _ in 0..30 {
        let mut client = TcpStream::connect(("127.0.0.1", program.port))?;
        write!(client, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        clients.push(client);
    }
    std::thread::sleep(Duration::from_millis(300));
    let ready = get(program.port, "/-/ready")?;
    check(ready.status == 200, "others meanwhile", ready)?;
    drop(clients);
    // All turns were taken: only where those queries have ended is this one answered.
    let answer = data(program.port, "/api/v1/query", &[("query", "1")])?;
    check(answer["resultType"] == "scalar", "after they are gone", answer)
}

fn a_lab_goes_on() -> Result<(), Failed> {
    let program = Program::start(&["--scenario", "image-gallery", "--speed", "60"])?;
    let time = || -> Result<f64, Failed> {
        let answer = data(program.port, "/api/v1/query", &[("query", "time()")])?;
        Ok(answer["result"][0].as_f64().unwrap_or_default())
    };
    let (begun, first) = (Instant::now(), time()?);
    std::thread::sleep(Duration::from_millis(1500));
    let passed = (time()? - first) / begun.elapsed().as_secs_f64();
    check((10.0..=65.0).contains(&passed), "seconds a second", passed)?;
    let up = data(program.port, "/api/v1/query", &[("query", "count(up == 1)")])?;
    check(up["result"][0]["value"][1] == "4", "targets that are up", up)?;
    for (accept, format) in
        [("", "text/plain"), ("application/openmetrics-text", "application/openmetrics-text")]
    {
        let accept = format!("Accept: {accept}");
        let page = send(program.port, "GET", "/yard/gallery-iotd-1/metrics", &[&accept], "")?;
        let is_whole = page.body.ends_with("# EOF\n") == (format != "text/plain");
        check(page.header("content-type").starts_with(format) && is_whole, format, page.headers)?;
    }
    for path in [
        "/yard/nobody/metrics",
        "/store/nowhere/api/v1/labels",
        "/store/imported:x/api/v1/labels",
        "/api/v2/query",
    ] {
        let answer = get(program.port, path)?;
        check(answer.status == 404, path, answer)?;
    }
    Ok(())
}
