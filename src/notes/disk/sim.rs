//! A disk in memory that fails on demand, for tests.
//!
//! It has what programs see now and what a crash would leave. [`Sim::crash`] loses what was not
//! synced: names in the order they were made, data whole, torn, or as zeros. A sync that failed throws
//! its data away and calls the next one a success, as Linux does. The same seed does the same.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use rustix::io::Errno;

use super::{Disk, DiskFile, Kind, Look, Open};

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Error(Errno),
    /// A write takes only its first bytes; any other call goes on.
    Short(usize),
    /// The machine stops before the call; of a write some bytes may have been taken.
    Crash,
}

/// Cheap to clone: all clones are one disk.
#[derive(Clone)]
pub struct Sim(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    files: Vec<File>,
    now: BTreeMap<PathBuf, usize>,
    lasting: BTreeMap<PathBuf, usize>,
    /// Changes of names that are not synced, by folder.
    pending: BTreeMap<PathBuf, Vec<Change>>,
    calls: usize,
    faults: BTreeMap<usize, Fault>,
    /// Bytes that are still free.
    room: Option<usize>,
    read_only: Vec<PathBuf>,
    is_dead: bool,
    /// Counts up with each crash: handles of a time before are of no use.
    life: usize,
    paused: Duration,
    random: u64,
}

#[derive(Clone, Default)]
struct File {
    is_folder: bool,
    data: Vec<u8>,
    lasting: Vec<u8>,
    /// Where a failed sync left nothing of the data.
    lost: Option<(usize, usize)>,
    locked: bool,
    changes: u64,
}

#[derive(Clone)]
enum Change {
    Link(PathBuf, usize),
    Unlink(PathBuf),
    Rename(PathBuf, PathBuf),
}

impl Change {
    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Change::Link(path, file) => {
                names.insert(path.clone(), *file);
            }
            Change::Unlink(path) => {
                names.remove(path);
            }
            Change::Rename(from, to) => {
                if let Some(file) = names.remove(from) {
                    names.insert(to.clone(), file);
                }
            }
        }
    }
}

impl Sim {
    /// An empty disk with these folders.
    pub fn new(seed: u64, folders: &[&str]) -> Self {
        let mut state = State { random: seed, ..State::default() };
        for folder in folders {
            for path in Path::new(folder).ancestors() {
                let file = state.files.len();
                state.files.push(File { is_folder: true, ..File::default() });
                state.now.entry(path.to_owned()).or_insert(file);
            }
        }
        state.lasting = state.now.clone();
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.state().calls
    }

    /// What happens `ahead` calls from now, 0 at the next.
    pub fn fail(&self, ahead: usize, fault: Fault) {
        let mut state = self.state();
        let at = state.calls + ahead;
        state.faults.insert(at, fault);
    }

    /// Nothing fails any more.
    pub fn mend(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.room = None;
        state.read_only.clear();
    }

    pub fn leave_room(&self, bytes: usize) {
        self.state().room = Some(bytes);
    }

    pub fn make_read_only(&self, folder: &str) {
        self.state().read_only.push(folder.into());
    }

    /// How long was waited.
    pub fn paused(&self) -> Duration {
        self.state().paused
    }

    pub fn is_dead(&self) -> bool {
        self.state().is_dead
    }

    /// The machine stops and starts again: what was not synced may be gone.
    pub fn crash(&self) {
        let mut state = self.state();
        let pending = std::mem::take(&mut state.pending);
        for changes in pending.values() {
            let kept = state.below(changes.len() + 1);
            let mut names = std::mem::take(&mut state.lasting);
            changes[..kept].iter().for_each(|change| change.apply(&mut names));
            state.lasting = names;
        }
        // What lay below a folder that is gone is gone too.
        let names = state.lasting.clone();
        state.lasting.retain(|path, _| path.parent().is_none_or(|parent| names.contains_key(parent)));
        state.now = state.lasting.clone();
        for at in 0..state.files.len() {
            let left = state.left_of(at);
            let file = &mut state.files[at];
            (file.data, file.lasting, file.lost, file.locked) = (left.clone(), left, None, false);
        }
        state.is_dead = false;
        state.faults.clear();
        state.life += 1;
    }

    /// What is at a path now.
    pub fn bytes(&self, path: impl AsRef<Path>) -> Vec<u8> {
        let state = self.state();
        state.now.get(path.as_ref()).map(|at| state.files[*at].data.clone()).unwrap_or_default()
    }

    /// Puts another file at a path, as a program that syncs folders does.
    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        let mut state = self.state();
        let at = state.files.len();
        state.files.push(File { data: bytes.into(), lasting: bytes.into(), ..File::default() });
        state.now.insert(path.as_ref().into(), at);
        state.lasting.insert(path.as_ref().into(), at);
    }
}

impl State {
    /// SplitMix64, as in `notes::id`.
    fn below(&mut self, limit: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    /// Counts a call; fails if it is to.
    fn step(&mut self) -> io::Result<Option<usize>> {
        if self.is_dead {
            return Err(Errno::IO.into());
        }
        self.calls += 1;
        match self.faults.remove(&(self.calls - 1)) {
            Some(Fault::Error(error)) => Err(error.into()),
            Some(Fault::Short(bytes)) => Ok(Some(bytes)),
            Some(Fault::Crash) => {
                self.is_dead = true;
                Err(Errno::IO.into())
            }
            None => Ok(None),
        }
    }

    fn may_write(&self, path: &Path) -> io::Result<()> {
        match self.read_only.iter().any(|folder| path.starts_with(folder)) {
            true => Err(Errno::ROFS.into()),
            false => Ok(()),
        }
    }

    fn at(&self, path: &Path) -> io::Result<usize> {
        self.now.get(path).copied().ok_or_else(|| Errno::NOENT.into())
    }

    fn change(&mut self, change: Change, path: &Path) {
        change.apply(&mut self.now);
        self.pending.entry(path.parent().unwrap_or(Path::new("")).to_owned()).or_default().push(change);
    }

    fn look(&self, at: usize) -> Look {
        let file = &self.files[at];
        let changed = std::time::UNIX_EPOCH + Duration::from_nanos(file.changes);
        let kind = if file.is_folder { Kind::Folder } else { Kind::File };
        Look { kind, len: file.data.len() as u64, inode: (1, at as u64), modified: Some(changed) }
    }

    /// What a crash leaves of a file.
    fn left_of(&mut self, at: usize) -> Vec<u8> {
        let file = self.files[at].clone();
        if file.data == file.lasting {
            return file.lasting;
        }
        match self.below(4) {
            0 => file.lasting,
            1 => with_lost(&file),
            // The length was written and the data was not.
            2 if file.data.len() > file.lasting.len() => {
                let mut left = file.lasting;
                left.resize(file.data.len(), 0);
                left
            }
            _ if file.data.starts_with(&file.lasting) => {
                let more = self.below(file.data.len() - file.lasting.len() + 1);
                with_lost(&file)[..file.lasting.len() + more].to_vec()
            }
            _ => file.lasting,
        }
    }
}

/// The data, with zeros where a failed sync lost it.
fn with_lost(file: &File) -> Vec<u8> {
    let mut data = file.data.clone();
    if let Some((start, end)) = file.lost {
        let end = end.min(data.len());
        data[start.min(end)..end].fill(0);
    }
    data
}

impl Disk for Sim {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.step()?;
        let at = match (state.at(path), how) {
            (Ok(_), Open::New) => return Err(Errno::EXIST.into()),
            (Ok(at), Open::Append) => {
                state.may_write(path)?;
                at
            }
            (Ok(at), Open::Read) => at,
            (Err(error), Open::Read) => return Err(error),
            (Err(_), _) => {
                state.may_write(path)?;
                state.at(path.parent().unwrap_or(Path::new("")))?;
                let at = state.files.len();
                state.files.push(File::default());
                state.change(Change::Link(path.to_owned(), at), path);
                at
            }
        };
        if state.files[at].is_folder {
            return Err(Errno::ISDIR.into());
        }
        let life = state.life;
        Ok(Box::new(SimFile { disk: self.clone(), at, life, holds: false }))
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        let mut state = self.state();
        state.step()?;
        let at = state.at(path)?;
        Ok(state.look(at))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut state = self.state();
        state.step()?;
        state.at(folder)?;
        let inside = state.now.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.filter_map(|path| path.file_name()?.to_str().map(str::to_owned)).collect())
    }

    fn make_folder(&self, folder: &Path, _is_private: bool) -> io::Result<()> {
        let mut state = self.state();
        state.step()?;
        state.may_write(folder)?;
        if state.at(folder).is_ok() {
            return Err(Errno::EXIST.into());
        }
        let at = state.files.len();
        state.files.push(File { is_folder: true, ..File::default() });
        state.change(Change::Link(folder.to_owned(), at), folder);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step()?;
        state.may_write(to)?;
        state.at(from)?;
        state.change(Change::Rename(from.to_owned(), to.to_owned()), to);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step()?;
        state.at(path)?;
        state.may_write(path)?;
        state.change(Change::Unlink(path.to_owned()), path);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step()?;
        let changes = state.pending.remove(folder).unwrap_or_default();
        let mut names = std::mem::take(&mut state.lasting);
        changes.iter().for_each(|change| change.apply(&mut names));
        state.lasting = names;
        Ok(())
    }

    fn pause(&self, time: Duration) {
        self.state().paused += time;
    }
}

struct SimFile {
    disk: Sim,
    at: usize,
    life: usize,
    holds: bool,
}

impl SimFile {
    /// The disk, if the machine did not stop since the file was opened.
    fn state(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.disk.state();
        if state.life == self.life { Ok(state) } else { Err(Errno::IO.into()) }
    }
}

impl DiskFile for SimFile {
    fn look(&self) -> io::Result<Look> {
        let mut state = self.state()?;
        state.step()?;
        Ok(state.look(self.at))
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        let mut state = self.state()?;
        state.step()?;
        let file = &mut state.files[self.at];
        let is_mine = !std::mem::replace(&mut file.locked, true);
        drop(state);
        self.holds |= is_mine;
        Ok(self.holds)
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let mut state = self.state()?;
        state.step()?;
        let data = &state.files[self.at].data;
        let rest = data.get(offset as usize..).unwrap_or_default();
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        Ok(len)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.state()?;
        let step = state.step();
        let most = match &step {
            Ok(short) => short.unwrap_or(bytes.len()).min(bytes.len()),
            // The machine stops, or the disk fails, in the middle of the write.
            Err(_) => state.below(bytes.len() + 1),
        };
        let most = most.min(state.room.unwrap_or(usize::MAX));
        let (at, is_full) = (self.at, most == 0 && !bytes.is_empty());
        if let Some(room) = &mut state.room {
            *room -= most;
        }
        let file = &mut state.files[at];
        file.data.extend_from_slice(&bytes[..most]);
        file.changes += 1;
        step?;
        if is_full { Err(Errno::NOSPC.into()) } else { Ok(most) }
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        let mut state = self.state()?;
        state.step()?;
        let file = &mut state.files[self.at];
        let freed = file.data.len().saturating_sub(len as usize);
        file.data.truncate(len as usize);
        // What is written there later is new data.
        file.lost = file.lost.map(|(start, end)| (start, end.min(len as usize))).filter(|(start, end)| start < end);
        file.changes += 1;
        if let Some(room) = &mut state.room {
            *room += freed;
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.state()?;
        let step = state.step();
        let is_dead = state.is_dead;
        let file = &mut state.files[self.at];
        if step.is_err() && !is_dead {
            // What was to be written is thrown away, though programs still see it.
            let clean = file.data.iter().zip(&file.lasting).take_while(|(a, b)| a == b).count();
            file.lost = Some((file.lost.map_or(clean, |(start, _)| start.min(clean)), file.data.len()));
        }
        step?;
        file.lasting = with_lost(file);
        Ok(())
    }
}

impl Drop for SimFile {
    fn drop(&mut self) {
        if self.holds
            && let Ok(mut state) = self.state()
        {
            state.files[self.at].locked = false;
        }
    }
}
