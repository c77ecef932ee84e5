//! Writing our own files: whole or not at all, and for nobody else to read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file that only its owner may read (0600), atomically: a crash leaves the old or the new one. Makes its
/// folder (0700) when it is missing.
///
/// # Errors
/// When the folder or the file cannot be written; the old file is untouched then.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_folder(folder)?;
    let temporary = beside(path);
    let written = write_new(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(&temporary);
        return written;
    }
    // The rename itself is durable only when the folder is. Not every file system allows it.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Writes a file that is not there yet: whole or not at all, never over another one, for its owner alone (0600).
///
/// # Errors
/// When there is such a file ([`io::ErrorKind::AlreadyExists`]), or it cannot be written.
pub fn write_new_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = beside(path);
    let written = write_new(&temporary, bytes).and_then(|()| put_in_place(&temporary, path));
    // Where it was moved nothing is left to remove.
    let _ = fs::remove_file(&temporary);
    written
}

/// Gives a file its name, unless another has it.
fn put_in_place(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // A file system without links: what appears between the question and the answer is lost to nobody but it.
            if path.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(temporary, path)
        }
        done => done,
    }
}

/// A name beside the file that no other process uses.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a crash has left, or somebody has laid there, is not written into.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder that only its owner may enter; one that exists is left as it is.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_file_is_whole_and_only_the_owners() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/down/sheet.json");
        write_private(&path, b"one").expect("written");
        write_private(&path, b"two").expect("written again");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert_eq!(fs::read_dir(path.parent().expect("folder")).expect("list").count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).expect("metadata").permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_new_file_is_whole_and_never_over_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("export.csv");
        write_new_private(&path, b"one").expect("written");
        let again = write_new_private(&path, b"two").expect_err("there is one");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("read"), b"one");
        assert_eq!(fs::read_dir(folder.path()).expect("list").count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_that_was_laid_in_the_way_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let elsewhere = folder.path().join("theirs");
        fs::write(&elsewhere, b"theirs").expect("written");
        let path = folder.path().join("notebook.json");
        std::os::unix::fs::symlink(&elsewhere, beside(&path)).expect("a link");
        write_private(&path, b"ours").expect("written");
        assert_eq!(fs::read(&elsewhere).expect("read"), b"theirs");
        assert_eq!(fs::read(&path).expect("read"), b"ours");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_and_nothing_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let blocked = folder.path().join("file");
        fs::write(&blocked, b"x").expect("written");
        assert!(write_private(&blocked.join("sheet.json"), b"one").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("list").count(), 1);
    }
}
