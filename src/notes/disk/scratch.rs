//! The machine's disk as it is read; what is written on it stays in memory and goes with the process.
//!
//! *Invariant.* Nothing on the disk below is made, changed or removed. What was written is read back as if it were
//! there.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Disk, DiskFile, Kind, Look, Open, Real, read};

/// What was written, over the real disk.
#[derive(Default)]
pub struct Scratch(Mutex<State>);

#[derive(Default)]
struct State {
    /// `None` for what was removed.
    names: BTreeMap<PathBuf, Option<Node>>,
    /// How many nodes were made: their inodes.
    made: u64,
}

#[derive(Clone)]
enum Node {
    Folder,
    File { inode: u64, data: Arc<Mutex<Vec<u8>>> },
}

impl State {
    fn file(&mut self, path: &Path, data: Vec<u8>) -> Node {
        self.made += 1;
        let node = Node::File { inode: self.made, data: Arc::new(Mutex::new(data)) };
        self.names.insert(path.to_owned(), Some(node.clone()));
        node
    }
}

impl Scratch {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parent_is_there(&self, path: &Path) -> io::Result<()> {
        match path.parent() {
            Some(parent) if parent != Path::new("") => self.look(parent).map(|_| ()),
            _ => Ok(()),
        }
    }
}

impl Disk for Scratch {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let known = self.state().names.get(path).cloned();
        let node = match (known, how) {
            (Some(Some(Node::Folder)), _) => return Err(io::ErrorKind::IsADirectory.into()),
            (Some(Some(_)), Open::New) => return Err(io::ErrorKind::AlreadyExists.into()),
            (Some(Some(node)), _) => node,
            (None, Open::Read) => return Real.open(path, how),
            (Some(None), Open::Read) => return Err(io::ErrorKind::NotFound.into()),
            (None, Open::New) if self.look(path).is_ok() => return Err(io::ErrorKind::AlreadyExists.into()),
            (None, Open::Append) if self.look(path).is_ok() => {
                let data = read(&Real, path)?;
                self.state().file(path, data)
            }
            (None | Some(None), Open::Append | Open::New) => {
                self.parent_is_there(path)?;
                self.state().file(path, Vec::new())
            }
        };
        match node {
            Node::File { inode, data } => Ok(Box::new(ScratchFile { inode, data })),
            Node::Folder => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        match self.state().names.get(path) {
            Some(Some(Node::Folder)) => Ok(Look { kind: Kind::Folder, len: 0, inode: (0, 0), modified: None }),
            Some(Some(Node::File { inode, data })) => Ok(look(*inode, data)),
            Some(None) => Err(io::ErrorKind::NotFound.into()),
            None => Real.look(path),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        let mut names = match Real.list(folder) {
            Ok(names) => names,
            Err(_) if matches!(state.names.get(folder), Some(Some(Node::Folder))) => Vec::new(),
            Err(error) => return Err(error),
        };
        names.retain(|name| !state.names.contains_key(&folder.join(name)));
        let made = state.names.iter().filter(|(path, node)| path.parent() == Some(folder) && node.is_some());
        names.extend(made.filter_map(|(path, _)| path.file_name().and_then(|name| name.to_str()).map(str::to_owned)));
        names.sort();
        Ok(names)
    }

    fn make_folder(&self, folder: &Path, _is_private: bool) -> io::Result<()> {
        if self.look(folder).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.parent_is_there(folder)?;
        self.state().names.insert(folder.to_owned(), Some(Node::Folder));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        drop(self.open(from, Open::Append)?);
        let mut state = self.state();
        let node = state.names.insert(from.to_owned(), None).flatten();
        state.names.insert(to.to_owned(), node);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.look(path)?;
        self.state().names.insert(path.to_owned(), None);
        Ok(())
    }

    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn pause(&self, time: Duration) {
        Real.pause(time);
    }
}

struct ScratchFile {
    inode: u64,
    data: Arc<Mutex<Vec<u8>>>,
}

impl ScratchFile {
    fn data(&self) -> MutexGuard<'_, Vec<u8>> {
        self.data.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DiskFile for ScratchFile {
    fn look(&self) -> io::Result<Look> {
        Ok(look(self.inode, &self.data))
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let data = self.data();
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(data.len());
        let taken = into.len().min(data.len() - from);
        into[..taken].copy_from_slice(&data[from..from + taken]);
        Ok(taken)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.data().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.data().truncate(usize::try_from(len).unwrap_or(usize::MAX));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn look(inode: u64, data: &Mutex<Vec<u8>>) -> Look {
    let len = data.lock().unwrap_or_else(PoisonError::into_inner).len() as u64;
    Look { kind: Kind::File, len, inode: (u64::MAX, inode), modified: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::disk::{make_folders, read, replace};
    use std::fs;

    #[test]
    fn what_is_written_is_read_back_and_the_disk_is_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new, deep) = (folder.path().join("old"), folder.path().join("new"), folder.path().join("a/b"));
        fs::write(&old, "one\n").unwrap();
        let disk = Scratch::default();
        disk.open(&old, Open::Append).unwrap().write(b"two\n").unwrap();
        assert_eq!(read(&disk, &old).unwrap(), b"one\ntwo\n");
        replace(&disk, &new, b"new").unwrap();
        assert_eq!(disk.list(folder.path()).unwrap(), ["new", "old"]);
        assert!(disk.open(&old, Open::New).is_err() && disk.open(&deep.join("x"), Open::Append).is_err());
        make_folders(&disk, &deep, true).unwrap();
        disk.open(&deep.join("x"), Open::Append).unwrap();
        assert_eq!(disk.list(&deep).unwrap(), ["x"]);
        disk.remove(&old).unwrap();
        disk.rename(&new, &deep.join("y")).unwrap();
        assert!(disk.look(&old).is_err() && disk.look(&new).is_err());
        assert_eq!(read(&disk, &deep.join("y")).unwrap(), b"new");
        assert_eq!(disk.list(folder.path()).unwrap(), ["a"]);
        assert_eq!(Real.list(folder.path()).unwrap(), ["old"]);
        assert_eq!(fs::read(&old).unwrap(), b"one\n");
    }
}
