//! The words of all readers together: the built-in tables, and a user's own on top.
//!
//! A user's file is TOML, named after the reader it is for ([`READERS`]), alone or with more behind a hyphen
//! (`dosing-site.toml`). Its tables are those of the built-in files. Reading files is the caller's: here is text only.

use std::fmt;

use super::criteria::vocabulary::Vocabulary as CriteriaWords;
use super::dosing::Vocabulary as DosingWords;
use super::endpoint::{self, EndpointVocabulary};
use super::timing::words::Vocabulary as TimeWords;

/// What a user's vocabulary file may begin with: the reader that it is for.
pub const READERS: &[&str] = &["dosing", "timing", "endpoints", "criteria"];

/// The words of the readers. The built-in ones are made ready when they are first asked for: it takes a while.
#[derive(Clone, Debug, Default)]
pub struct Vocabularies {
    /// Each reader's words with the user's before them, where there are some.
    dosing: Option<DosingWords>,
    timing: Option<TimeWords>,
    endpoints: Option<EndpointVocabulary>,
    criteria: Option<CriteriaWords>,
    /// The user's texts that are in use, each with the reader it is for.
    own: Vec<(&'static str, String)>,
}

/// A vocabulary file of the user's: its name as it is shown, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFile {
    /// With its path.
    pub name: String,
    /// TOML.
    pub text: String,
}

/// Why a user's file is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file as it was named.
    pub file: String,
    /// Which line of it, counted from 1.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl Vocabularies {
    /// Treatments, routes, units, frequencies.
    pub fn dosing(&self) -> &DosingWords {
        self.dosing.as_ref().unwrap_or_else(|| DosingWords::embedded())
    }

    /// When something happens.
    pub fn timing(&self) -> &TimeWords {
        self.timing.as_ref().unwrap_or_else(|| TimeWords::embedded())
    }

    /// What an outcome measures.
    pub fn endpoints(&self) -> &EndpointVocabulary {
        self.endpoints.as_ref().unwrap_or_else(|| endpoint::embedded())
    }

    /// Variables and units of limits.
    pub fn criteria(&self) -> &CriteriaWords {
        self.criteria.as_ref().unwrap_or_else(|| CriteriaWords::embedded())
    }

    /// Makes all of them ready, so that nobody waits for it later.
    pub fn make_ready(&self) {
        self.dosing();
        self.timing();
        self.endpoints();
        self.criteria();
    }

    /// The built-in words with the user's files before them. A file with a fault is left out as a whole; the others count.
    pub fn extended(files: &[OwnFile]) -> (Self, Vec<Fault>) {
        let mut words = Self::default();
        let mut faults = Vec::new();
        for file in files {
            if let Err(fault) = words.add(file) {
                faults.push(fault);
            }
        }
        (words, faults)
    }

    /// Tells these words from others, the same in every run: 0 for the built-in ones.
    pub fn stamp(&self) -> u64 {
        let bytes = self
            .own
            .iter()
            .flat_map(|(reader, text)| reader.bytes().chain([0]).chain(text.bytes()).chain([0]));
        // FNV-1a, from 0 so that no words of one's own give 0.
        bytes.fold(0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).wrapping_add(1))
    }

    fn add(&mut self, file: &OwnFile) -> Result<(), Fault> {
        let (name, text) = (file.name.as_str(), file.text.as_str());
        let fault = |line, reason: String| Fault { file: name.to_owned(), line, reason };
        let told = |error: &toml::de::Error| fault(line_of(text, error), error.message().to_owned());
        if let Err(error) = toml::from_str::<toml::Table>(text) {
            return Err(told(&error));
        }
        match reader_of(name) {
            Some("dosing") => {
                let all = self.own.iter().filter(|own| own.0 == "dosing").map(|own| own.1.as_str());
                let all: Vec<&str> = all.chain([text]).collect();
                let own = DosingWords::extended(&all).map_err(|error| {
                    let tables = DosingWords::TABLES.join(", ");
                    fault(line_of(text, &error), format!("{}; the tables are {tables}", error.message()))
                })?;
                self.dosing = Some(own);
            }
            Some("timing") => {
                let all = self.own.iter().filter(|own| own.0 == "timing").map(|own| own.1.as_str());
                let all: Vec<&str> = all.chain([text]).collect();
                let own = TimeWords::extended(&all).map_err(|error| told(&error))?;
                self.timing = Some(own.map_err(|reason| fault(None, reason))?);
            }
            Some("endpoints") => {
                let all = self.own.iter().filter(|own| own.0 == "endpoints").map(|own| own.1.as_str());
                let all = all.chain([text]).collect::<Vec<_>>().join("\n");
                let own = EndpointVocabulary::extended(name, text).map_err(|error| told(&error.source))?;
                let own = EndpointVocabulary::extended(name, &all).unwrap_or(own);
                self.endpoints = Some(own);
            }
            Some("criteria") => {
                let own = self.criteria().extended(name, text);
                self.criteria = Some(own.map_err(|error| fault(None, one_line(&error.problem)))?);
            }
            _ => {
                let names: Vec<String> = READERS.iter().map(|reader| format!("{reader}.toml")).collect();
                return Err(fault(None, format!("no reader has this name; name it {}", names.join(", "))));
            }
        }
        if let Some(reader) = reader_of(name) {
            self.own.push((reader, text.to_owned()));
        }
        Ok(())
    }
}

/// The reader that a file is for, by its name.
fn reader_of(name: &str) -> Option<&'static str> {
    let stem = name.rsplit(['/', '\\']).next()?.strip_suffix(".toml")?;
    READERS
        .iter()
        .copied()
        .find(|reader| stem.strip_prefix(reader).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// The line in which a fault lies.
fn line_of(text: &str, error: &toml::de::Error) -> Option<usize> {
    let before = text.get(..error.span()?.start)?;
    Some(before.matches('\n').count() + 1)
}

/// A message of several lines, its picture of the place left out.
fn one_line(message: &str) -> String {
    let plain =
        |line: &&str| !line.is_empty() && !line.contains(" | ") && !line.trim_start().starts_with('|');
    message.lines().map(str::trim_end).filter(plain).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{criteria, dosing, time_frame};

    fn file(name: &str, text: &str) -> OwnFile {
        OwnFile { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_users_words_are_read_beside_the_built_in_ones() {
        let (words, faults) = Vocabularies::extended(&[
            file(
                "v/dosing.toml",
                "[treatments]\nnames = \"snibbles\"\n[routes.oral]\nphrases = [\"by spoon\"]\n",
            ),
            file(
                "v/dosing-more.toml",
                "[[units.unit]]\nname = \"spoonful\"\nkind = \"count\"\nwords = [\"spoonfuls\"]\n",
            ),
            file(
                "v/timing.toml",
                "[event.surgery]\nphrases = [\"the big cut\"]\n[units]\nweek = [\"sennight\"]\n",
            ),
            file("v/criteria.toml", "[[variable]]\nname = \"anc\"\nwords = [\"granulos\"]\n"),
        ]);
        assert_eq!(faults, []);
        let rows =
            dosing::read_with(words.dosing(), "snibbles 3 spoonfuls by spoon daily", "").administrations;
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(
            (row.drug.as_str(), row.unit.as_deref(), row.route.as_deref()),
            ("snibbles", Some("spoonful"), Some("oral"))
        );
        let frame = time_frame::read_with(words.timing(), "2 sennight after the big cut");
        assert_eq!(frame.after.map(|after| after.event), Some("surgery".to_owned()));
        let facts =
            criteria::read_with("Inclusion Criteria:\n* granulos > 1.5 x 10^9/L", words.criteria()).facts;
        assert_eq!(facts.first().map(|fact| fact.variable.as_str()), Some("anc"));
    }

    #[test]
    fn a_faulty_file_is_named_with_its_line_and_the_rest_counts() {
        let (words, faults) = Vocabularies::extended(&[
            file("v/dosing.toml", "[treatments]\nnames = \"snibbles\"\n"),
            file("v/dosing-b.toml", "[treatments]\nnames = [\n"),
            file("v/timing.toml", "[links]\nuntil = [\"as far as\"]\n\n[colours]\n"),
            file("v/endpoints.toml", "nonsense = 3\n"),
            file("v/criteria.toml", "[comparators]\nabout = [\"circa\"]\n"),
            file("v/words.toml", ""),
        ]);
        let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(told.len(), 5, "{told:#?}");
        for (told, begins) in told.iter().zip([
            "v/dosing-b.toml, line 2: ",
            "v/timing.toml, line 4: ",
            "v/endpoints.toml, line 1: ",
            "v/criteria.toml: ",
            "v/words.toml: no reader has this name; name it dosing.toml, ",
        ]) {
            assert!(told.starts_with(begins) && !told.contains('\n'), "{told}");
        }
        assert_eq!(dosing::read_with(words.dosing(), "snibbles 3 mg", "").administrations.len(), 1);
    }
}
