//! The requests: pages followed by their token, a pause and another try when the registry is busy, a time-out.
//!
//! The parameters are those of the registry's own description of its API (OpenAPI, `listStudies`).

use std::thread;
use std::time::Duration;

use serde::Deserialize;
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

use super::Question;
use crate::formats::json::record;
use crate::formats::json::split::Splitter;
use crate::formats::{Record, RecordError};

/// Where ClinicalTrials.gov answers.
pub const DEFAULT_BASE: &str = "https://clinicaltrials.gov/api/v2";

/// Studies asked for at a time; the registry gives 1,000 at most.
const PAGE: usize = 100;
/// The longest page that is taken, in bytes.
const LONGEST_PAGE: u64 = 512 << 20;
/// How often a request is tried.
const TRIES: u32 = 5;
/// The pause before the second try; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// Asked to wait longer than this, we say so and stop.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// How long a connection may take to come about.
const TO_CONNECT: Duration = Duration::from_secs(15);
/// How long a page may take in all.
const TO_ANSWER: Duration = Duration::from_secs(180);

/// Why the registry gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// No connection.
    #[error("{base} cannot be reached ({reason}): is there a network? All else works without one")]
    Unreachable {
        /// The registry's address.
        base: String,
        /// What the system says.
        reason: String,
    },
    /// It is busy, and was after several tries.
    #[error("{base} is busy ({reason}): try again later; what came before is kept")]
    Busy {
        /// The registry's address.
        base: String,
        /// Its answer.
        reason: String,
    },
    /// It does not take the request.
    #[error("{base} refuses the request (HTTP {status}): {reason}")]
    Refused {
        /// The registry's address.
        base: String,
        /// The status of its answer.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// Its answer is none.
    #[error("{base} gives an answer that is no page of studies: {reason}")]
    Strange {
        /// The registry's address.
        base: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// One page of an answer.
#[derive(Debug)]
pub struct Page {
    /// The records, and those that cannot be read.
    pub records: Vec<Result<Record, RecordError>>,
    /// Bytes that were sent.
    pub bytes: u64,
}

/// The members of a page besides the studies.
#[derive(Deserialize)]
struct Rest {
    #[serde(rename = "nextPageToken")]
    next: Option<String>,
}

/// What a try led to.
enum Tried {
    Done(Vec<u8>),
    Again { after: Option<Duration>, reason: String },
}

/// The way to a registry.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    base: String,
}

impl Client {
    /// To the registry whose API is at `base`. The proxy of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`)
    /// is used.
    pub fn new(base: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(TO_CONNECT))
            .timeout_global(Some(TO_ANSWER))
            .http_status_as_error(false)
            .user_agent(concat!("trialdeck/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent(), base: base.trim_end_matches('/').to_owned() }
    }

    /// Asks, and hands on the pages of the answer until the last, or until `sink` wants no more. `told` hears of pauses.
    ///
    /// # Errors
    /// When the registry cannot be reached, stays busy, refuses, or answers with something else.
    pub fn ask(
        &self,
        question: &Question,
        told: &mut dyn FnMut(&str),
        sink: &mut dyn FnMut(Page) -> bool,
    ) -> Result<(), RegistryError> {
        let mut token: Option<String> = None;
        loop {
            let bytes = self.page(question, token.as_deref(), told)?;
            let strange = |reason: String| RegistryError::Strange { base: self.base.clone(), reason };
            let rest: Rest = serde_json::from_slice(&bytes).map_err(|error| strange(error.to_string()))?;
            let records = records(&bytes, &self.base);
            if !sink(Page { records, bytes: bytes.len() as u64 }) {
                return Ok(());
            }
            match rest.next {
                // A token that stays the same would go round for ever.
                Some(next) if Some(&next) != token.as_ref() => token = Some(next),
                Some(_) => return Err(strange("its pages do not go on".to_owned())),
                None => return Ok(()),
            }
        }
    }

    fn page(
        &self,
        question: &Question,
        token: Option<&str>,
        told: &mut dyn FnMut(&str),
    ) -> Result<Vec<u8>, RegistryError> {
        let mut pause = FIRST_PAUSE;
        let mut last = String::new();
        for number in 1..=TRIES {
            let (after, reason) = match self.once(question, token)? {
                Tried::Done(bytes) => return Ok(bytes),
                Tried::Again { after, reason } => (after.unwrap_or(pause), reason),
            };
            last = reason;
            if number == TRIES || after > LONGEST_PAUSE {
                break;
            }
            told(&format!("{last}; trying again in {} s", after.as_secs()));
            thread::sleep(after);
            pause *= 2;
        }
        Err(RegistryError::Busy { base: self.base.clone(), reason: last })
    }

    fn once(&self, question: &Question, token: Option<&str>) -> Result<Tried, RegistryError> {
        let mut request = self.agent.get(format!("{}/studies", self.base));
        request = request.query("format", "json").query("pageSize", PAGE.to_string());
        for (name, value) in &question.0 {
            request = request.query(name, value);
        }
        if let Some(token) = token {
            request = request.query("pageToken", token);
        }
        match request.call() {
            Ok(answer) => self.taken(answer),
            Err(error) => self.failed(error),
        }
    }

    fn taken(&self, mut answer: Response<Body>) -> Result<Tried, RegistryError> {
        let status = answer.status();
        let after =
            answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let busy = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
        if busy {
            let reason = format!("HTTP {}", status.as_u16());
            return Ok(Tried::Again { after: after.map(Duration::from_secs), reason });
        }
        match answer.body_mut().with_config().limit(LONGEST_PAGE).read_to_vec() {
            Ok(bytes) if status.is_success() => Ok(Tried::Done(bytes)),
            Ok(bytes) => Err(RegistryError::Refused {
                base: self.base.clone(),
                status: status.as_u16(),
                reason: String::from_utf8_lossy(&bytes).chars().take(300).collect(),
            }),
            Err(error) => self.failed(error),
        }
    }

    /// A connection that broke or took too long is tried again; one that cannot be had is not.
    fn failed(&self, error: ureq::Error) -> Result<Tried, RegistryError> {
        let reason = error.to_string();
        let again = match &error {
            ureq::Error::Timeout(_) => true,
            ureq::Error::Io(error) => matches!(
                error.kind(),
                std::io::ErrorKind::ConnectionReset
                    | std::io::ErrorKind::UnexpectedEof
                    | std::io::ErrorKind::TimedOut
                    | std::io::ErrorKind::BrokenPipe
            ),
            _ => false,
        };
        if again {
            return Ok(Tried::Again { after: None, reason });
        }
        Err(RegistryError::Unreachable { base: self.base.clone(), reason })
    }
}

/// The records of a page.
fn records(page: &[u8], base: &str) -> Vec<Result<Record, RecordError>> {
    let mut splitter = Splitter::new(Vec::new(), page);
    let mut records = Vec::new();
    while let Ok(Some(segment)) = splitter.next_segment() {
        records.extend(segment.records.iter().map(|slice| record::read(&segment, slice, base)));
    }
    records
}
