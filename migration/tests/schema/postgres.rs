//! A PostgreSQL server for one test, from the packages of this machine: in a folder of its own, heard on a
//! socket in that folder and nowhere else.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use tempfile::TempDir;

/// Runs as long as it is held.
pub struct Postgres {
    folder: TempDir,
    account: Option<(u32, u32)>,
}

impl Postgres {
    /// Starts it, with an empty database.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // It refuses to run for root.
        let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let account = is_root.then(|| account("postgres").expect("the account that comes with PostgreSQL"));
        if let Some((user, group)) = account {
            chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let server = Self { folder, account };
        server.runs("initdb", &["--username=sapa", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        let socket = format!("-k {} -c listen_addresses= -c fsync=off", server.folder.path().display());
        let log = server.folder.path().join("log");
        let log = format!("--log={}", log.display());
        server.runs("pg_ctl", &["start", "--wait", &log, "--options", &socket]);
        server
    }

    /// Where its database is.
    pub fn url(&self) -> String {
        format!("postgres://sapa@localhost/postgres?host={}", self.folder.path().display())
    }

    fn runs(&self, program: &str, arguments: &[&str]) {
        // What the server inherits it keeps open, so this is no pipe.
        let output = self.folder.path().join("output");
        let file = fs::File::create(&output).unwrap();
        let status = self.command(program, arguments).stdout(file.try_clone().unwrap()).stderr(file).status();
        let said = fs::read_to_string(output).unwrap();
        assert!(status.as_ref().is_ok_and(ExitStatus::success), "{program}: {status:?} {said}");
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(installed(program));
        command.args(arguments).env("PGDATA", self.folder.path().join("data")).current_dir(&self.folder);
        if let Some((user, group)) = self.account {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Where it did not start, there is nothing to stop.
        let _ = self.command("pg_ctl", &["stop", "--wait", "--silent", "--mode=immediate"]).status();
    }
}

/// Debian keeps the server's programs out of the way of others.
fn installed(program: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let programs = versions.map(|version| version.path().join("bin").join(program));
    programs.filter(|program| program.exists()).max().unwrap_or_else(|| Path::new(program).to_owned())
}

/// The numbers of an account and its group (passwd(5)).
fn account(name: &str) -> Option<(u32, u32)> {
    let accounts = fs::read_to_string("/etc/passwd").ok()?;
    let mut fields = accounts
        .lines()
        .map(|line| line.split(':'))
        .find_map(|mut fields| (fields.next() == Some(name)).then_some(fields))?;
    Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
}
