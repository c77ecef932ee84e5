//! The files that are open, file by file: when some of them change only these are read again.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::load::{Ids, stem};
use super::{Cancel, Entry, Loaded, load_all};
use crate::formats::input::{self, STDIN};
use crate::formats::{Record, RecordError};

/// A file, and how many of the same path were named before it.
type Key = (PathBuf, usize);

/// The open files.
#[derive(Debug)]
pub struct Pile {
    paths: Vec<PathBuf>,
    files: HashMap<Key, OpenFile>,
}

/// A file as it was read.
#[derive(Debug, Default)]
struct OpenFile {
    stamp: Option<Stamp>,
    entries: Vec<Arc<Entry>>,
    problems: Vec<RecordError>,
}

/// Tells a file from what it was before, without reading it.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self { modified: metadata.modified().ok(), length: metadata.len() })
    }
}

impl Pile {
    /// What was read from below these paths.
    pub fn of(paths: Vec<PathBuf>, read: Loaded) -> Self {
        let keys: Vec<Key> = numbered(input::list(&paths).items.into_iter().flatten()).collect();
        // Where a file was named twice its records cannot be told apart: all is read the first time.
        if keys.iter().any(|(_, before)| *before > 0) {
            return Self { paths, files: HashMap::new() };
        }
        let keys: HashMap<String, Key> = keys.into_iter().map(|key| (name(&key.0), key)).collect();
        let file = |key: &Key| OpenFile { stamp: Stamp::of(&key.0), ..OpenFile::default() };
        let mut files: HashMap<Key, OpenFile> = keys.values().map(|key| (key.clone(), file(key))).collect();
        let of = |file: &str| keys.get(outermost(file, &keys));
        for entry in read.entries {
            let file = entry.trial.source.as_ref().and_then(|source| of(&source.file));
            if let Some(file) = file.and_then(|key| files.get_mut(key)) {
                file.entries.push(entry);
            }
        }
        for problem in read.problems {
            if let Some(file) = of(&problem.file).and_then(|key| files.get_mut(key)) {
                file.problems.push(problem);
            }
        }
        Self { paths, files }
    }

    /// Reads the files that are new or other ones now, and those that were `touched`; all there is comes in the input's
    /// order, what was not read again as it was.
    pub fn renew(&mut self, touched: &dyn Fn(&Path) -> bool) -> Loaded {
        let mut before = std::mem::take(&mut self.files);
        let mut loaded = Loaded::default();
        let mut ids = Ids::default();
        let (found, lost): (Vec<_>, Vec<_>) =
            input::list(&self.paths).items.into_iter().partition(Result::is_ok);
        loaded.problems.extend(lost.into_iter().filter_map(Result::err));
        for key in numbered(found.into_iter().flatten()) {
            let file = renewed(&key.0, before.remove(&key), touched);
            loaded.entries.extend(file.entries.iter().map(|entry| settled(&mut ids, entry)));
            loaded.problems.extend(file.problems.iter().cloned());
            self.files.insert(key, file);
        }
        loaded
    }
}

/// A file as it is now.
fn renewed(path: &Path, before: Option<OpenFile>, touched: &dyn Fn(&Path) -> bool) -> OpenFile {
    // Standard input was read to its end.
    if path.as_os_str() == "-" {
        return before.unwrap_or_default();
    }
    let stamp = Stamp::of(path);
    match before {
        Some(file) if file.stamp == stamp && stamp.is_some() && !touched(path) => file,
        _ => {
            let Loaded { entries, problems } = load_all(&[path.to_owned()], &Cancel::new());
            OpenFile { stamp, entries, problems }
        }
    }
}

/// The entry under the id that it has among all of them: a record without one is numbered among those of its stem.
fn settled(ids: &mut Ids, entry: &Arc<Entry>) -> Arc<Entry> {
    let trial = &entry.trial;
    let mut id = trial.id.clone();
    let file = trial.source.as_ref().map(|source| source.file.as_str()).unwrap_or_default();
    if trial.ids.is_empty() && is_given(&id, stem(file)) {
        id.clear();
    }
    ids.settle(&mut id, file);
    if id == trial.id {
        return Arc::clone(entry);
    }
    let mut trial = trial.clone();
    trial.id = id;
    Arc::new(Entry::new(Record { trial, raw: entry.raw.clone() }))
}

/// Whether an id is one that a record without any gets.
fn is_given(id: &str, stem: &str) -> bool {
    let number = |rest: &str| rest.strip_prefix('-').is_some_and(|number| number.parse::<u64>().is_ok());
    id.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || number(rest))
}

fn numbered(paths: impl Iterator<Item = PathBuf>) -> impl Iterator<Item = Key> {
    let mut seen: HashMap<PathBuf, usize> = HashMap::new();
    paths.map(move |path| {
        let count = seen.entry(path.clone()).or_default();
        *count += 1;
        (path, *count - 1)
    })
}

/// The name that records of a file have.
fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { STDIN.to_owned() } else { path.display().to_string() }
}

/// The file that a record lies in, of an archive's member the archive.
fn outermost<'f>(file: &'f str, names: &HashMap<String, Key>) -> &'f str {
    let ends = file.match_indices('!').map(|(at, _)| at);
    let outer = ends.filter_map(|at| file.get(..at));
    outer.chain([file]).find(|name| names.contains_key(*name)).unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn record(id: &str, title: &str) -> String {
        format!(
            r#"{{"protocolSection":{{"identificationModule":{{"nctId":"{id}","briefTitle":"{title}"}}}}}}"#
        )
    }

    /// A trial in prose, without an id.
    fn prose(what: &str) -> String {
        format!(
            "Oral zelatinib for {what}\nThis is a randomised, open-label phase II study in adults.\nFrozen Shoulder\n\
             DRUG: Zelatinib\nShoulder mobility, Passive external rotation, in degrees, Week 12\n"
        )
    }

    /// Two files with ids, and two in folders of their own without, of one name.
    fn folder() -> TempDir {
        let folder = TempDir::new().expect("a folder");
        for (name, text) in [
            ("amber.json", record("NCT90000001", "Amber")),
            ("birch.json", record("NCT90000002", "Birch") + &record("NCT90000003", "Birch too")),
            ("one/note.txt", prose("snow in the morning")),
            ("two/note.txt", prose("snow in the evening")),
            ("zero.json", "{".to_owned()),
        ] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("written");
        }
        folder
    }

    fn pile(folder: &TempDir) -> (Pile, Vec<Arc<Entry>>) {
        let paths = vec![folder.path().to_owned()];
        let loaded = load_all(&paths, &Cancel::new());
        let entries = loaded.entries.clone();
        (Pile::of(paths, loaded), entries)
    }

    fn told(loaded: &Loaded) -> (Vec<(String, String)>, Vec<String>) {
        let entries = loaded.entries.iter().map(|entry| (entry.trial.id.clone(), entry.trial.title.clone()));
        let mut problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        problems.sort();
        (entries.collect(), problems)
    }

    /// How many of the entries are the very ones that were there before.
    fn kept(before: &[Arc<Entry>], now: &Loaded) -> usize {
        let there = |entry: &&Arc<Entry>| before.iter().any(|old| Arc::ptr_eq(old, entry));
        now.entries.iter().filter(there).count()
    }

    #[test]
    fn only_the_file_that_changed_is_read_again() {
        let folder = folder();
        let (mut pile, before) = pile(&folder);
        assert_eq!(kept(&before, &pile.renew(&|_| false)), 5, "nothing has changed");
        fs::write(folder.path().join("amber.json"), record("NCT90000001", "Amber, second version"))
            .expect("written");
        let now = pile.renew(&|_| false);
        assert_eq!(kept(&before, &now), 4);
        assert_eq!(now.entries[0].trial.title, "Amber, second version");
        let now = pile.renew(&|path| path.ends_with("birch.json"));
        assert_eq!(kept(&before, &now), 2, "touched, though it looks the same");
    }

    #[test]
    fn what_is_read_in_part_is_what_would_be_read_whole() {
        let changes: [(&str, Option<String>); 8] = [
            ("one/note.txt", Some(prose("hail"))),
            ("another/note.txt", Some(prose("rain"))),
            ("one/note.txt", None),
            ("zero.json", Some("[]".to_owned())),
            ("birch.json", Some("{ broken".to_owned())),
            ("two/note-2.txt", Some(prose("wind"))),
            ("another/note.txt", None),
            ("birch.json", None),
        ];
        let folder = folder();
        let (mut pile, _) = pile(&folder);
        for (name, text) in changes {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            match &text {
                Some(text) => fs::write(&file, text).expect("written"),
                None => fs::remove_file(&file).expect("removed"),
            }
            let whole = load_all(&[folder.path().to_owned()], &Cancel::new());
            assert_eq!(told(&pile.renew(&|_| false)), told(&whole), "{name}: {text:?}");
        }
    }

    #[test]
    fn a_file_that_is_named_twice_is_there_twice() {
        let folder = folder();
        let paths = vec![folder.path().join("amber.json"); 2];
        let mut pile = Pile::of(paths.clone(), load_all(&paths, &Cancel::new()));
        for _ in 0..2 {
            assert_eq!(pile.renew(&|_| false).entries.len(), 2);
        }
    }

    #[test]
    fn what_came_on_standard_input_stays() {
        let folder = folder();
        let paths = vec![PathBuf::from("-"), folder.path().join("amber.json")];
        let mut read = load_all(&paths[1..], &Cancel::new());
        let mut piped = read.entries[0].trial.clone();
        piped.source.iter_mut().for_each(|source| source.file = STDIN.to_owned());
        read.entries.insert(0, Arc::new(Entry::new(Record { trial: piped, raw: None })));
        let mut pile = Pile::of(paths, read);
        assert_eq!(pile.renew(&|_| true).entries.len(), 2);
    }
}
