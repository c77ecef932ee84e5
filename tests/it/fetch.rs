//! Fetching from a registry: a small server on loopback stands in for it.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

/// What the server says to one request: status, further headers, body.
type Answer = (u16, &'static str, String);

/// A registry that gives these answers, one after the other, and notes what it was asked.
struct Registry {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Registry {
    fn answering(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}/api", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((stream, _)) = listener.accept() else { return };
                let line = serve(stream, &answer);
                notes.lock().expect("notes").push(line);
            }
        });
        Self { base, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("notes").clone()
    }
}

/// Gives one answer and closes the connection; the request's path and query.
fn serve(mut stream: TcpStream, (status, headers, body): &Answer) -> String {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
    let request = lines.next().and_then(Result::ok).unwrap_or_default();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status} Whatever\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    request.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn study(number: u32, version: &str, status: &str) -> String {
    format!(
        "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT{number:08}\",\"briefTitle\":\"Study {number}\"}},\
         \"statusModule\":{{\"overallStatus\":\"{status}\",\"lastUpdatePostDateStruct\":{{\"date\":\"{version}\"}}}}}}}}"
    )
}

fn page(studies: &[String], next: Option<&str>) -> Answer {
    let next = next.map(|token| format!(",\"nextPageToken\":\"{token}\"")).unwrap_or_default();
    (200, "Content-Type: application/json\r\n", format!("{{\"studies\":[{}]{next}}}", studies.join(",")))
}

fn run(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(proxy);
    }
    command.args(args).arg("--library").arg(root).output().expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

fn library() -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    (folder, root)
}

#[test]
fn pages_are_followed_and_a_busy_registry_is_waited_for() {
    let (_folder, root) = library();
    let registry = Registry::answering(vec![
        (429, "Retry-After: 0\r\n", "slowly".to_owned()),
        page(
            &[study(1, "2024-01-01", "RECRUITING"), study(2, "2024-01-01", "COMPLETED")],
            Some("more/of it"),
        ),
        (503, "Retry-After: 0\r\n", String::new()),
        page(&[study(3, "2024-01-01", "RECRUITING")], None),
    ]);
    let output = run(&root, &["fetch", "--query", "lung cancer", "--base-url", &registry.base]);
    let words = told(&output);
    assert_eq!(output.status.code(), Some(0), "{words}");
    assert!(words.contains("NCT00000003\tnew\tStudy 3") && words.contains("3 new, 0 replaced"), "{words}");
    assert!(words.contains("HTTP 429; trying again in 0 s"), "{words}");
    let asked = registry.asked();
    assert!(asked[1].starts_with("/api/studies?") && asked[1].contains("query.term=lung"), "{asked:?}");
    assert!(!asked[1].contains("pageToken") && asked[3].contains("pageToken=more"), "{asked:?}");
    assert_eq!(told(&run(&root, &["list", "--format", "ids"])), "NCT00000001\nNCT00000002\nNCT00000003\n");
}

#[test]
fn what_changed_is_told_and_what_is_not_there_is_named() {
    let (_folder, root) = library();
    let before = Registry::answering(vec![page(&[study(1, "2024-01-01", "RECRUITING")], None)]);
    assert_eq!(run(&root, &["fetch", "nct00000001", "--base-url", &before.base]).status.code(), Some(0));
    let after = Registry::answering(vec![page(&[study(1, "2025-01-01", "COMPLETED")], None)]);
    let output = run(&root, &["fetch", "NCT00000001", "NCT00000009", "--base-url", &after.base]);
    let words = told(&output);
    assert!(words.contains("NCT00000001\tupdated\t2024-01-01 → 2025-01-01"), "{words}");
    assert!(words.contains("status: RECRUITING → COMPLETED"), "{words}");
    assert!(words.contains("the registry has no record NCT00000009"), "{words}");
    assert!(after.asked()[0].contains("filter.ids=NCT00000001"), "{:?}", after.asked());
}

#[test]
fn update_asks_for_what_was_posted_since() {
    let (_folder, root) = library();
    let studies = [study(1, "2024-01-01", "RECRUITING"), study(2, "2024-06-01", "RECRUITING")];
    let before = Registry::answering(vec![page(&studies, None)]);
    run(&root, &["fetch", "--query", "x", "--base-url", &before.base]);
    let after = Registry::answering(vec![page(
        &[study(2, "2025-01-01", "COMPLETED"), study(7, "2025-01-01", "COMPLETED")],
        None,
    )]);
    let output = run(&root, &["library", "update", "--base-url", &after.base]);
    let words = told(&output);
    assert!(words.contains("0 new, 1 replaced, 0 unchanged; 2 trials"), "{words}");
    let asked = after.asked();
    assert!(asked[0].contains("2024-01-01") && asked[0].contains("NCT00000002"), "{asked:?}");
    let again = Registry::answering(vec![page(&[], None)]);
    assert!(
        told(&run(&root, &["library", "update", "--base-url", &again.base])).contains("nothing has changed")
    );
}

#[test]
fn what_goes_wrong_is_told_and_the_library_stays() {
    let (_folder, root) = library();
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    let refused = Registry::answering(vec![(400, "", "no such field".to_owned())]);
    let strange = Registry::answering(vec![(200, "", "<html>Welcome</html>".to_owned())]);
    for (base, words) in [
        (closed.as_str(), "is there a network?"),
        (refused.base.as_str(), "no such field"),
        (strange.base.as_str(), "no page of studies"),
    ] {
        let output = run(&root, &["fetch", "NCT00000001", "--base-url", base]);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains(words), "{}", told(&output));
        assert!(!root.exists());
    }
    let wrong = run(&root, &["fetch", "lung", "--base-url", &closed]);
    assert!(told(&wrong).contains("not a number of ClinicalTrials.gov"), "{}", told(&wrong));
}
