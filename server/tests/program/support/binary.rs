//! The program itself, as a process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A running `sapa serve`; killed when dropped.
pub struct Binary {
    child: Child,
    /// `http://host:port`.
    pub origin: String,
}

impl Binary {
    /// The program with no settings from the environment.
    pub fn command() -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sapa"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SAPA_")) {
            command.env_remove(name);
        }
        command
    }

    /// Serves a data folder on a free port.
    pub fn serve(data: &Path) -> Self {
        Self::start(Self::command(), data)
    }

    /// The same, with a bound on the size of each file that it writes, in KiB: beyond, the system
    /// refuses to write.
    pub fn serve_with_largest_file(data: &Path, kib: u32) -> Self {
        // The signal that would end the process is ignored, so that the write itself fails.
        Self::start(Self::command_after(&format!("trap '' XFSZ; ulimit -f {kib}")), data)
    }

    /// The program in a shell that has done this before.
    pub fn command_after(limits: &str) -> Command {
        let mut command = Command::new("bash");
        command.arg("-c").arg(format!("{limits}; exec \"$0\" \"$@\""));
        command.arg(env!("CARGO_BIN_EXE_sapa"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SAPA_")) {
            command.env_remove(name);
        }
        command
    }

    fn start(command: Command, data: &Path) -> Self {
        Self::serve_and_tell(command, data, 1).0
    }

    /// Serves with these settings, and gives the lines in which it says where.
    pub fn serve_and_tell(command: Command, data: &Path, lines: usize) -> (Self, Vec<String>) {
        Self::begin(command, data, lines).expect("the address")
    }

    /// Serves with these settings, if it gets as far as that.
    pub fn try_serve(command: Command, data: &Path) -> Option<Self> {
        Self::begin(command, data, 1).ok().map(|(binary, _)| binary)
    }

    fn begin(mut command: Command, data: &Path, lines: usize) -> Result<(Self, Vec<String>), ExitStatus> {
        let mut child = command
            .args(["--addr", "127.0.0.1:0", "--data-dir"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().take(lines);
        let said: Vec<String> = said.map(Result::unwrap).collect();
        match said.first().and_then(|line| line.strip_prefix("Sapa is at ")) {
            Some(origin) => Ok((Self { child, origin: origin.to_owned() }, said)),
            None => Err(child.wait().unwrap()),
        }
    }

    /// The processes that this one has begun.
    pub fn children(&self) -> Vec<u32> {
        let id = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        children.split_whitespace().map(|child| child.parse().unwrap()).collect()
    }

    /// The most memory that it has had resident at a time, in KiB (proc(5), `VmHWM`).
    pub fn peak_memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches("kB").trim().parse().unwrap()
    }

    /// Descriptors that it has open.
    pub fn descriptors(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count()
    }

    /// Counts the most memory from here on (proc(5), `clear_refs`).
    pub fn forget_peak_memory(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }

    /// Asks it to leave.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends it a signal, named without `SIG`.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args(["-s", name]).arg(self.child.id().to_string()).status().unwrap();
        assert!(done.success());
    }

    /// Ends it in the middle of whatever it does (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it has left, ten seconds at most.
    pub async fn leaves(mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "it stays");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // Gone already after `kill` and `leaves`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
