//! The user's own words: every `*.toml` in the configuration's `vocabulary` folder.
//!
//! Which words a file may have is `reading`'s to say; here they are found and read, and what is wrong is told.

use std::fs;
use std::path::{Path, PathBuf};

use crate::reading::vocabularies::{Fault, OwnFile, Vocabularies};

/// The largest vocabulary file that is read, in bytes: a longer one is something else.
const LARGEST: u64 = 4 << 20;

/// The built-in words with those of a folder's files before them, in the order of the files' names; and what is wrong
/// with the files that could not be used. A folder that is not there has no files.
pub fn load(folder: &Path) -> (Vocabularies, Vec<Fault>) {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for path in paths(folder) {
        let name = path.display().to_string();
        match text(&path) {
            Ok(text) => files.push(OwnFile { name, text }),
            Err(reason) => faults.push(Fault { file: name, line: None, reason }),
        }
    }
    let (words, more) = Vocabularies::extended(&files);
    faults.extend(more);
    (words, faults)
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    paths.sort();
    paths
}

fn text(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| format!("cannot be read: {error}"))?.len();
    if size > LARGEST {
        return Err(format!("is larger than {} MiB; a vocabulary is short", LARGEST >> 20));
    }
    fs::read_to_string(path).map_err(|error| format!("cannot be read as text: {error}; save it as UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_taken_in_order_and_a_faulty_one_stops_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).expect("written");
        write("dosing.toml", b"[treatments]\nnames = \"snibbles\"\n");
        write("timing.toml", b"[units\n");
        write("endpoints.toml", b"\xff\xfe");
        write("notes.txt", b"no vocabulary");
        let (words, faults) = load(folder.path());
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("endpoints.toml: cannot be read as text"), "{told:?}");
        assert!(told[1].contains("timing.toml, line 1: "), "{told:?}");
        let rows =
            crate::reading::dosing::read_with(words.dosing(), "snibbles every 3 weeks", "").administrations;
        assert_eq!(rows.len(), 1);
        assert!(load(&folder.path().join("none")).1.is_empty());
    }
}
