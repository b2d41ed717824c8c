//! Where notes are kept, and the name this installation writes under.
//!
//! *Invariant.* No two machines write under one name: it is bound to the machine's id, so that a home
//! folder that is shared or copied has a name for each machine.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;

use crate::diag::{Diagnostic, Loaded, Location};

use super::Ids;
use super::disk::{self, Disk, Open};

/// The folders of one library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// `LIBRARY/.postil`, which travels with the documents.
    pub home: PathBuf,
    /// In its place when the library is read-only: `$XDG_DATA_HOME/postil/LIBID`.
    pub overlay: PathBuf,
    /// Unsent text: `$XDG_STATE_HOME/postil/LIBID/drafts`.
    pub drafts: PathBuf,
    /// What can be made again: `$XDG_CACHE_HOME/postil/LIBID`.
    pub cache: PathBuf,
    /// The names of installations: `$XDG_DATA_HOME/postil/writers`.
    pub writers: PathBuf,
}

impl Places {
    /// Those of the library at `root` for the user of this process.
    pub fn of_process(root: &Path) -> Self {
        let absolute = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        match etcetera::choose_base_strategy() {
            Ok(base) => {
                let state = base.state_dir().unwrap_or_else(|| base.data_dir());
                Self::below(root, &absolute, &base.data_dir(), &state, &base.cache_dir())
            }
            // No home: what is not in the library lasts as long as the machine runs.
            Err(_) => {
                let temporary = std::env::temp_dir();
                Self::below(root, &absolute, &temporary, &temporary, &temporary)
            }
        }
    }

    /// Those of the library at `root`, which is also at `absolute`, below the user's XDG folders.
    pub fn below(root: &Path, absolute: &Path, data: &Path, state: &Path, cache: &Path) -> Self {
        let id = library_id(absolute);
        Self {
            home: root.join(".postil"),
            overlay: data.join("postil").join(&id),
            drafts: state.join("postil").join(&id).join("drafts"),
            cache: cache.join("postil").join(&id),
            writers: data.join("postil/writers"),
        }
    }
}

/// A name for the library at `root` that people recognise: `essays-3f9c21aa`.
fn library_id(root: &Path) -> String {
    let name = root.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let hash = blake3::hash(root.as_os_str().as_encoded_bytes());
    format!("{}-{}", slug(&name, 24, "library"), &hash.to_hex()[..8])
}

/// What tells this machine from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub host: String,
    /// Any text that no other machine has.
    pub id: String,
}

impl Machine {
    /// This one.
    pub fn this() -> Self {
        let first = |paths: &[&str]| {
            paths.iter().find_map(|path| {
                std::fs::read_to_string(path).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
            })
        };
        let host = first(&["/proc/sys/kernel/hostname", "/etc/hostname"]).unwrap_or_default();
        let id = first(&["/etc/machine-id", "/var/lib/dbus/machine-id"]);
        Self { id: id.unwrap_or_else(|| host.clone()), host }
    }
}

/// The name this installation writes under, made where there is none yet.
pub fn writer(disk: &dyn Disk, writers: &Path, machine: &Machine, ids: &mut Ids) -> Loaded<String> {
    // Of the machine's id only a hash is kept, as systemd asks.
    let bound = blake3::derive_key("postil writer 1", machine.id.as_bytes());
    let path = writers.join(&blake3::Hash::from_bytes(bound).to_hex()[..16]);
    let fresh = || format!("{}-{}", slug(&machine.host, 12, "host"), ids.letters());
    match read_or_make(disk, &path, fresh) {
        Ok(name) => Loaded::clean(name),
        Err((name, error)) => Loaded {
            value: name,
            diagnostics: vec![
                Diagnostic::warning(format!("cannot keep the name this installation writes under: {error}"))
                    .at(Location::file(path))
                    .help("notes are saved, each time as if by a new installation; make the folder writable"),
            ],
        },
    }
}

fn read_or_make(disk: &dyn Disk, path: &Path, fresh: impl FnOnce() -> String) -> Result<String, (String, io::Error)> {
    if let Some(name) = read_name(disk, path) {
        return Ok(name);
    }
    let name = fresh();
    let folder = path.parent().unwrap_or(Path::new("."));
    let line = format!("{name}\n");
    let made = disk::make_folders(disk, folder, true).and_then(|()| {
        let mut file = disk.open(path, Open::New)?;
        file.write(line.as_bytes())?;
        file.sync()?;
        disk.sync_folder(folder)
    });
    match made {
        Ok(()) => Ok(name),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // Another process is making it just now; or it was torn when one made it, and then
            // nothing can have been written under it.
            for _ in 0..20 {
                if let Some(name) = read_name(disk, path) {
                    return Ok(name);
                }
                disk.pause(Duration::from_millis(10));
            }
            disk::replace(disk, path, line.as_bytes()).map(|()| name.clone()).map_err(|error| (name, error))
        }
        Err(error) => Err((name, error)),
    }
}

fn read_name(disk: &dyn Disk, path: &Path) -> Option<String> {
    let text = String::from_utf8(disk::read(disk, path).ok()?).ok()?;
    let name = text.strip_suffix('\n')?;
    is_writer(name).then(|| name.to_owned())
}

/// Whether a name can be that of a log without leading out of its folder.
pub fn is_writer(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Small letters and digits of `name`, at most `longest` of them.
fn slug(name: &str, longest: usize, otherwise: &str) -> String {
    let label = name.split('.').next().unwrap_or_default();
    let kept: String =
        label.chars().filter(char::is_ascii_alphanumeric).take(longest).collect::<String>().to_ascii_lowercase();
    if kept.is_empty() { otherwise.to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::disk::Real;

    fn machine(host: &str, id: &str) -> Machine {
        Machine { host: host.into(), id: id.into() }
    }

    #[test]
    fn a_machine_has_one_name_and_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let name = |host, id, seed| {
            let made = writer(&Real, &folder.path().join("a/writers"), &machine(host, id), &mut Ids::seeded(seed));
            assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
            made.value
        };
        let first = name("Lap.Example.org", "m1", 1);
        assert!(first.starts_with("lap-") && first.len() == 10 && is_writer(&first), "{first}");
        assert_eq!(name("renamed", "m1", 2), first);
        assert_ne!(name("Lap.Example.org", "m2", 3), first, "a copied home folder on another machine");
    }

    #[test]
    fn a_name_that_was_torn_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let once = |seed| writer(&Real, folder.path(), &machine("lap", "m1"), &mut Ids::seeded(seed)).value;
        once(1);
        let path = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        for torn in ["", "lap-k3", "../../x\n", "\0\0\0\n"] {
            std::fs::write(&path, torn).unwrap();
            let name = once(2);
            assert!(is_writer(&name));
            assert_eq!(once(3), name);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_said_and_does_not_stop_the_writer() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let made = writer(&Real, &folder.path().join("file/writers"), &machine("", "m1"), &mut Ids::seeded(1));
        assert!(made.value.starts_with("host-"));
        assert_eq!(made.diagnostics.len(), 1);
    }

    #[test]
    fn libraries_of_one_name_are_told_apart() {
        let at = |root: &str| {
            Places::below(Path::new(root), Path::new(root), Path::new("d"), Path::new("s"), Path::new("c"))
        };
        assert_ne!(at("/a/essays").overlay, at("/b/essays").overlay);
        assert!(at("/a/essays").drafts.starts_with("s/postil"));
        assert_eq!(at("/a/essays").home, Path::new("/a/essays/.postil"));
    }
}
