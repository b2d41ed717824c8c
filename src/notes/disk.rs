//! What notes need of a disk, so that tests can have one that fails.
//!
//! Calls are as small as those of the system, one fault apart from each other. [`Real`] is the
//! machine's own disk.

mod scratch;
#[cfg(test)]
pub mod sim;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use rustix::fs::OFlags;

pub use scratch::Scratch;

/// What a name leads to; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A link, a pipe, a device.
    Other,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub kind: Kind,
    /// Size in bytes.
    pub len: u64,
    /// Device and inode.
    pub inode: (u64, u64),
    pub modified: Option<SystemTime>,
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// To read; it has to be there.
    Read,
    /// To read and append; made where it is not there.
    Append,
    /// To write; it must not be there.
    New,
}

/// A disk.
pub trait Disk: Send + Sync {
    /// Opens a regular file, never through a link.
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>>;
    fn look(&self, path: &Path) -> io::Result<Look>;
    /// The names in a folder, sorted.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes one folder, for its owner only if `is_private`.
    fn make_folder(&self, folder: &Path, is_private: bool) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes names made, renamed and removed in the folder last.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    fn pause(&self, time: Duration);
}

/// An open file. Dropping it gives its lock back.
pub trait DiskFile: Send {
    fn look(&self) -> io::Result<Look>;
    /// Takes the lock if nobody has it; answers whether.
    fn try_lock(&mut self) -> io::Result<bool>;
    /// Reads from `offset` on, as much as is there and has room.
    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize>;
    /// One write; may take fewer bytes than there are.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    fn truncate(&mut self, len: u64) -> io::Result<()>;
    /// Makes the content last.
    fn sync(&mut self) -> io::Result<()>;
}

/// Makes `folder` and those above it, each lasting.
///
/// # Errors
/// When one cannot be made, or something else has its name.
pub fn make_folders(disk: &dyn Disk, folder: &Path, is_private: bool) -> io::Result<()> {
    match disk.look(folder) {
        Ok(look) if look.kind == Kind::Folder => return Ok(()),
        Ok(_) => return Err(io::Error::from_raw_os_error(rustix::io::Errno::NOTDIR.raw_os_error())),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    let Some(parent) = folder.parent() else { return Err(io::ErrorKind::NotFound.into()) };
    if parent != Path::new("") && disk.look(parent).is_err() {
        make_folders(disk, parent, is_private)?;
    }
    match disk.make_folder(folder, is_private) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    disk.sync_folder(if parent == Path::new("") { Path::new(".") } else { parent })
}

/// Reads a file whole.
///
/// # Errors
/// When it cannot be opened or read.
pub fn read(disk: &dyn Disk, path: &Path) -> io::Result<Vec<u8>> {
    read_from(&mut *disk.open(path, Open::Read)?, 0)
}

/// Reads a file from `offset` to its end.
///
/// # Errors
/// When it cannot be read.
pub fn read_from(file: &mut dyn DiskFile, offset: u64) -> io::Result<Vec<u8>> {
    let len = file.look()?.len.saturating_sub(offset);
    let mut bytes = vec![0; usize::try_from(len).unwrap_or(usize::MAX)];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(offset + filled as u64, &mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// Puts `bytes` in place of whatever is at `path`: either the old or the new is there, and lasts.
///
/// # Errors
/// When a step fails; the old content is then still there.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(path);
    match disk.remove(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = disk.open(&aside, Open::New).and_then(|mut file| {
        let mut rest = bytes;
        while !rest.is_empty() {
            match file.write(rest)? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                taken => rest = &rest[taken..],
            }
        }
        file.sync()
    });
    if let Err(error) = written.and_then(|()| disk.rename(&aside, path)) {
        let _ = disk.remove(&aside);
        return Err(error);
    }
    disk.sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// A name beside `path` that no other process and thread uses at this moment.
fn aside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let thread: String = format!("{:?}", thread::current().id()).chars().filter(char::is_ascii_digit).collect();
    path.with_file_name(format!(".{name}.{}-{thread}.new", std::process::id()))
}

/// The machine's own disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Real;

impl Disk for Real {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        match how {
            Open::Read => options.read(true),
            Open::Append => options.read(true).append(true).create(true).mode(0o600),
            Open::New => options.read(true).write(true).create_new(true).mode(0o600),
        };
        // Opening waits for nobody, as a pipe without reader would make it.
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = options.custom_flags(flags.bits().cast_signed()).open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Ok(Box::new(RealFile(file)))
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        fs::symlink_metadata(path).map(|metadata| look(&metadata))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            // A name that is not UTF-8 is nobody's log.
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn make_folder(&self, folder: &Path, is_private: bool) -> io::Result<()> {
        fs::DirBuilder::new().mode(if is_private { 0o700 } else { 0o777 }).create(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn pause(&self, time: Duration) {
        thread::sleep(time);
    }
}

struct RealFile(File);

impl DiskFile for RealFile {
    fn look(&self) -> io::Result<Look> {
        self.0.metadata().map(|metadata| look(&metadata))
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        match self.0.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(into, offset)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}

fn look(metadata: &fs::Metadata) -> Look {
    let kind = match metadata.file_type() {
        kind if kind.is_file() => Kind::File,
        kind if kind.is_dir() => Kind::Folder,
        _ => Kind::Other,
    };
    Look { kind, len: metadata.len(), inode: (metadata.dev(), metadata.ino()), modified: metadata.modified().ok() }
}
