//! Writing what the app exports to a file: whole or not at all, in the current folder, else in the data folder; never
//! over a file that is there. The writing worker calls it: a slow disk holds up no key.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use crate::app::Pane;
use crate::app::export::{Export, Form, Page};
use crate::config::files::{private_folder, write_new_private};
use crate::config::paths::Paths;
use crate::formats::own_json;
use crate::library::Entry;
use crate::output::trial::{self, Section};
use crate::output::{self, document};
use crate::protocol::Trial;

/// Files of one name at most, before a person must make room.
const MOST: u32 = 1000;

/// Where exports go: the current folder, else the data folder.
pub(super) fn folders() -> Vec<PathBuf> {
    std::env::current_dir().ok().into_iter().chain(Paths::of_user().map(|paths| paths.data)).collect()
}

/// Writes an export into the first folder that takes it; says where it is, or why it is not.
pub(super) fn told(export: &Export, folders: &[PathBuf]) -> String {
    match write(export, folders) {
        Ok(path) => format!("written: {}", path.display()),
        Err(error) => format!("the file cannot be written: {error}"),
    }
}

/// Writes an export into the first folder that takes it.
fn write(export: &Export, folders: &[PathBuf]) -> io::Result<PathBuf> {
    let mut bytes = Vec::new();
    match export {
        Export::Grid(entry) => output::grid::csv(&entry.trial, entry.readings(), &mut bytes)?,
        Export::Dates(entry, dated) => {
            output::calendar::csv(&entry.trial, std::slice::from_ref(dated), &mut bytes)?;
        }
        Export::Events(entry, dated) => {
            output::calendar::ics(&entry.trial, std::slice::from_ref(dated), &mut bytes)?;
        }
        Export::Pane(entry, pane, form) => pane_in(entry, *pane, *form, &mut bytes)?,
        Export::List(trials, form) => list_in(trials, *form, &mut bytes)?,
        Export::Comparison(comparison, form) => match form {
            Form::Text | Form::Picture => output::comparison::text(comparison, &mut bytes)?,
            Form::Markdown => output::comparison::markdown(comparison, &mut bytes)?,
            Form::Csv => output::comparison::csv(comparison, &mut bytes)?,
            Form::Json => output::json::pretty(comparison.as_ref(), &mut bytes)?,
        },
        Export::Picture(picture) => bytes.extend_from_slice(picture.as_bytes()),
    }
    let (name, form) = export.file_name();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "there is no folder to write to");
    for folder in folders {
        let written = private_folder(folder)
            .and_then(|()| free(folder, &name, form))
            .and_then(|path| write_new_private(&path, &bytes).map(|()| path));
        match written {
            Ok(path) => return Ok(path),
            Err(error) => last = io::Error::new(error.kind(), format!("{}: {error}", folder.display())),
        }
    }
    Err(last)
}

/// The section that a pane is printed as.
fn section(pane: Pane) -> Section {
    match pane {
        Pane::Overview => Section::Overview,
        Pane::Arms => Section::Arms,
        Pane::Endpoints => Section::Endpoints,
        Pane::Schedule => Section::Schedule,
        Pane::Eligibility => Section::Eligibility,
        Pane::Sites => Section::Sites,
        Pane::Record => Section::Record,
    }
}

/// A page as Markdown.
///
/// # Errors
/// Only when memory cannot be written.
pub(super) fn markdown(page: &Page) -> io::Result<String> {
    let mut bytes = Vec::new();
    match page {
        Page::Panes(entry, panes) => {
            let sections: Vec<Section> = panes.iter().map(|pane| section(*pane)).collect();
            document::markdown(&trial::page(entry, &sections), &mut bytes)?;
        }
        Page::Comparison(comparison) => output::comparison::markdown(comparison, &mut bytes)?,
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn pane_in(entry: &Entry, pane: Pane, form: Form, bytes: &mut Vec<u8>) -> io::Result<()> {
    let section = section(pane);
    match form {
        Form::Text | Form::Picture => document::text(&trial::page(entry, &[section]), bytes),
        Form::Markdown => document::markdown(&trial::page(entry, &[section]), bytes),
        Form::Csv => output::pane_csv::csv(entry, section, bytes),
        Form::Json => {
            let mut object = own_json::value(&entry.trial, entry.readings());
            trial::keep_sections(&mut object, &[section]);
            Ok(output::json::pretty(&object, bytes)?)
        }
    }
}

fn list_in(trials: &[Trial], form: Form, bytes: &mut Vec<u8>) -> io::Result<()> {
    let trials = trials.iter().map(Cow::Borrowed);
    match form {
        Form::Text | Form::Picture => output::listing::table(trials, bytes),
        Form::Markdown => output::listing::markdown(trials, bytes),
        Form::Csv => Ok(output::listing::csv(trials, bytes)?),
        Form::Json => Ok(output::listing::json(trials, bytes)?),
    }
}

/// A name that no file in the folder has.
fn free(folder: &Path, name: &str, form: &str) -> io::Result<PathBuf> {
    let numbered = (2..MOST).map(|number| format!("{name}-{number}.{form}"));
    std::iter::once(format!("{name}.{form}"))
        .chain(numbered)
        .map(|name| folder.join(name))
        .find(|path| path.symlink_metadata().is_err())
        .ok_or_else(|| {
            io::Error::new(io::ErrorKind::AlreadyExists, format!("there are {MOST} files {name}.{form}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::samples;

    #[test]
    fn a_file_is_written_beside_an_older_one_and_elsewhere_if_need_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = samples().first().expect("a sample").clone();
        let export = Export::Grid(entry);
        let (name, form) = export.file_name();
        let folders = [folder.path().join("no\0folder"), folder.path().to_path_buf()];
        let first = write(&export, &folders).expect("written");
        assert_eq!(first, folder.path().join(format!("{name}.{form}")));
        let second = write(&export, &folders).expect("written");
        assert_eq!(second, folder.path().join(format!("{name}-2.{form}")));
        let text = std::fs::read_to_string(first).expect("read");
        assert!(text.starts_with("trial,record version,arm"), "{text}");
        assert!(write(&export, &folders[..1]).is_err());
    }
}
