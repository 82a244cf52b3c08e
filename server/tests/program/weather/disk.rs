//! A disk so small that it can be filled: a file system in memory, in a namespace of its own, gone with its holder.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::Binary;

/// See the module.
pub struct SmallDisk {
    holder: Child,
    place: tempfile::TempDir,
}

impl SmallDisk {
    /// With so much room.
    pub fn of_mib(size: u32) -> Self {
        let place = tempfile::tempdir().unwrap();
        let mount = format!("mount -t tmpfs -o size={size}m sapa \"$0\" && echo mounted && exec sleep 600");
        let mut command = Command::new("unshare");
        command.arg("--mount");
        if !is_root() {
            command.arg("--map-root-user");
        }
        let mut holder = command
            .args(["bash", "-c", &mount])
            .arg(place.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare, from util-linux");
        let mut said = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said.trim(), "mounted", "a file system in memory");
        Self { holder, place }
    }

    /// Serves from it.
    pub fn serve(&self) -> Binary {
        self.serve_with("exec \"$0\" \"$@\"", &[])
    }

    /// Serves from it with more settings, begun by this line of a shell, whose arguments are the program and its own.
    pub fn serve_with(&self, line: &str, settings: &[&str]) -> Binary {
        let mut command = Command::new("nsenter");
        command.arg("--mount").args(["--target", &self.holder.id().to_string()]);
        if !is_root() {
            command.args(["--user", "--preserve-credentials"]);
        }
        command.args(["bash", "-c", line, env!("CARGO_BIN_EXE_sapa")]).args(settings);
        Binary::serve_and_tell(command, self.place.path(), 1).0
    }

    /// A copy of its files, outside: `SQLite` finds no way to a namespace that is not its own.
    pub fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        for name in ["sapa.db", "sapa.db-wal"] {
            std::fs::copy(self.data().join(name), copy.path().join(name)).unwrap();
        }
        copy
    }

    /// The data folder, as those see it who live there.
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// The data folder, as this process sees it.
    fn data(&self) -> PathBuf {
        let root = Path::new("/proc").join(self.holder.id().to_string()).join("root");
        root.join(self.place.path().strip_prefix("/").unwrap())
    }

    /// Takes all the room that is left.
    pub fn fill(&self) {
        let mut filler = File::options().create(true).append(true).open(self.filler()).unwrap();
        loop {
            match filler.write(&[0; 4096]) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => return,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Gives it back.
    pub fn make_room(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.data().join("filler")
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Gone already after its time.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
