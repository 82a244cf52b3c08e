//! Bad weather below the program: a full disk, failing writes, a lock held by others. Whatever was acknowledged can
//! be read by another process afterwards, and the program recovers by itself.

mod disk;
mod ledger;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use serde_json::json;

use crate::support::{Binary, PIXEL, Person};
use disk::SmallDisk;
use ledger::Ledger;

/// How soon the program takes writes again once it can.
const RECOVERY: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_disk_that_was_full_has_taken_nothing_that_was_acknowledged() {
    for refusals in [2, 10] {
        let disk = SmallDisk::of_mib(8);
        let binary = disk.serve();
        let mut ledger = Ledger::open(&binary.origin).await;
        for _ in 0..5 {
            ledger.tries().await.unwrap();
        }
        disk.fill();
        let mut refused = 0;
        while refused < refusals {
            match ledger.tries().await {
                // Room that the log of the database has from before.
                Ok(()) => disk.fill(),
                Err(code) => {
                    assert_eq!(code, "disk_full", "{}", ledger.sent());
                    refused += 1;
                }
            }
        }
        // Reads go on, also after a start.
        assert!(ledger.person.reads(ledger.room).await.len() >= 5);
        binary.kill();
        let binary = disk.serve();
        ledger.reopen(&binary.origin).await;
        assert!(ledger.person.reads(ledger.room).await.len() >= 5);
        assert_eq!(ledger.tries().await.unwrap_err(), "disk_full");
        disk.make_room();
        recovers(&mut ledger).await;
        for _ in 0..20 {
            ledger.tries().await.unwrap();
        }
        assert_eq!(ledger.readiness().await, 200);
        binary.kill();
        ledger.is_kept_in(disk.copy().path()).await;
        // And nothing gets a number that was given out before.
        let binary = disk.serve();
        ledger.reopen(&binary.origin).await;
        ledger.tries().await.unwrap();
        // Not while it moves what is in the log.
        binary.kill();
        ledger.is_kept_in(disk.copy().path()).await;
    }
}

#[tokio::test]
async fn a_log_that_cannot_be_written_keeps_nobody_from_writing() {
    let disk = SmallDisk::of_mib(8);
    let log = disk.path().join("sapa.log");
    let line = format!("exec \"$0\" \"$@\" 2>> {}", log.display());
    let binary = disk.serve_with(&line, &["--log", "debug"]);
    let mut ledger = Ledger::open(&binary.origin).await;
    ledger.tries().await.unwrap();
    disk.fill();
    let mut refused = 0;
    while refused < 5 {
        match ledger.tries().await {
            Ok(()) => disk.fill(),
            Err(code) => {
                assert_eq!(code, "disk_full");
                refused += 1;
            }
        }
    }
    disk.make_room();
    recovers(&mut ledger).await;
    binary.kill();
    ledger.is_kept_in(disk.copy().path()).await;
}

#[tokio::test]
async fn files_leave_room_for_texts() {
    const SIZE: usize = 2 << 20;
    let disk = SmallDisk::of_mib(48);
    let binary = disk.serve_with("exec \"$0\" \"$@\"", &["--file-reserve", "16"]);
    let mut ledger = Ledger::open(&binary.origin).await;
    let mut taken = 0;
    let refused = loop {
        let upload = json!({ "upload": { "name": "berkas.bin", "size": SIZE } });
        let id = ledger.person.calls("announce_upload", upload).await;
        let sent = ledger.person.puts(&format!("/files/{id}"), vec![b'a'; SIZE]).await.unwrap();
        if sent.status() != 200 {
            break sent;
        }
        taken += 1;
        assert!(taken * SIZE < 48 << 20, "there is an end");
    };
    assert_eq!(refused.status(), 507);
    assert_eq!(refused.json::<serde_json::Value>().await.unwrap()["code"], "storage_full");
    assert!(taken > 5, "{taken} files were taken");
    for _ in 0..100 {
        ledger.tries().await.unwrap();
    }
    binary.kill();
    ledger.is_kept_in(disk.copy().path()).await;
}

#[tokio::test]
async fn a_write_that_fails_is_never_acknowledged() {
    let tries: usize = std::env::var("SAPA_WEATHER_CALLS").map_or(5, |calls| calls.parse().unwrap());
    // The first ones, then fewer and fewer; all of them where many are asked for.
    let calls: Vec<usize> = if tries > 5 { (1..=tries).collect() } else { vec![1, 2, 4, 9, 17] };
    let house = tempfile::tempdir().unwrap();
    let binary = Binary::serve(house.path());
    let ledger = Ledger::open(&binary.origin).await;
    binary.terminate();
    assert!(binary.leaves().await.success());
    let mut recovered = 0;
    for call in calls {
        for failing in ["fsync,fdatasync:error=EIO", "pwrite64:error=ENOSPC", "pwrite64:error=EIO"] {
            let data = copy(house.path());
            let Some(traced) = Traced::serve(data.path(), &format!("{failing}:when={call}")) else {
                // What fails while it starts, it says and leaves.
                continue;
            };
            let mut ledger = ledger.again(&traced.origin).await;
            let mut taken = 0;
            for _ in 0..12 {
                taken += usize::from(ledger.tries().await.is_ok());
            }
            recovered += usize::from(taken > 0);
            traced.kill();
            ledger.is_kept_in(data.path()).await;
        }
    }
    assert!(recovered > 0, "no fault was survived");
}

#[tokio::test]
async fn a_lock_held_by_another_program_is_waited_out_or_said() {
    let long = std::env::var_os("SAPA_WEATHER_CALLS").is_some();
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let mut ledger = Ledger::open(&binary.origin).await;
    for seconds in if long { vec![1, 6, 20] } else { vec![1, 6] } {
        let url = format!("sqlite://{}", data.path().join("sapa.db").display());
        let other = Database::connect(url).await.unwrap();
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        let lock = other.begin_with_options(options).await.unwrap();
        let (held, mut ok, mut said) = (Instant::now(), 0, 0);
        let free = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            lock.rollback().await.unwrap();
        });
        while !free.is_finished() {
            let asked = Instant::now();
            match ledger.tries().await {
                Ok(()) => ok += 1,
                Err(code) => {
                    assert_eq!(code, "unavailable");
                    said += 1;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
            assert!(asked.elapsed() < Duration::from_secs(11), "an answer comes in time");
        }
        free.await.unwrap();
        recovers(&mut ledger).await;
        println!("held for {:?}: {ok} taken, {said} refused", held.elapsed());
    }
    binary.kill();
    ledger.is_kept_in(data.path()).await;
}

#[tokio::test]
async fn what_is_missing_is_seen_to_be_missing() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let mut ledger = Ledger::open(&binary.origin).await;
    ledger.tries().await.unwrap();
    binary.kill();
    ledger.is_kept_in(data.path()).await;
    let url = format!("sqlite://{}", data.path().join("sapa.db").display());
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared("DELETE FROM messages WHERE number = 1").await.unwrap();
    let checked = tokio::spawn(async move { ledger.is_kept_in(data.path()).await });
    assert!(checked.await.is_err(), "the check that the others rely on");
}

#[tokio::test]
async fn a_start_that_ends_anywhere_is_taken_up_by_the_next() {
    let long = std::env::var_os("SAPA_WEATHER_CALLS").is_some();
    // A start has some 40 of these, most of them in migrations.
    let calls: Vec<usize> = if long { (1..=60).collect() } else { vec![2, 7, 19, 31] };
    let mut ended = 0;
    for fault in ["fsync,fdatasync:signal=KILL", "fsync,fdatasync:error=EIO", "pwrite64:error=ENOSPC"] {
        for call in &calls {
            let data = tempfile::tempdir().unwrap();
            match Traced::serve(data.path(), &format!("{fault}:when={call}")) {
                Some(traced) => traced.kill(),
                None => ended += 1,
            }
            let binary = Binary::serve(data.path());
            let mut ledger = Ledger::open(&binary.origin).await;
            ledger.tries().await.unwrap();
            binary.kill();
            ledger.is_kept_in(data.path()).await;
        }
    }
    println!("{ended} starts of {} came to nothing", 3 * calls.len());
    assert!(ended > 0, "no start was ended");
}

#[tokio::test]
async fn a_file_is_on_the_disk_before_it_is_acknowledged() {
    let data = tempfile::tempdir().unwrap();
    let calls = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("strace");
    command.args(["-f", "-qqq", "-y", "-e", "trace=fsync,fdatasync", "-o"]).arg(calls.path());
    command.arg(env!("CARGO_BIN_EXE_sapa"));
    let (binary, _) = Binary::serve_and_tell(command, data.path(), 1);
    let sari = Person::join(&binary.origin, "sari").await;
    let id =
        sari.calls("announce_upload", json!({ "upload": { "name": "berkas.bin", "size": 70_000 } })).await;
    let path = format!("/files/{}", id.as_i64().unwrap());
    assert_eq!(sari.puts(&path, vec![b'a'; 70_000]).await.unwrap().status(), 200);
    let avatar = sari.puts("/avatar", PIXEL).await.unwrap();
    assert_eq!(avatar.status(), 200, "{}", avatar.text().await.unwrap());
    // What has been acknowledged is seen in this very moment.
    let synced = std::fs::read_to_string(calls.path()).unwrap();
    let (mut folders, mut stored) = (vec![data.path().join("files")], 0);
    while let Some(folder) = folders.pop() {
        assert!(synced.contains(&format!("<{}>", folder.display())), "{}: {synced}", folder.display());
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert!(synced.contains(&format!("<{}>", path.display())), "{}: {synced}", path.display());
                stored += 1;
            }
        }
    }
    assert_eq!(stored, 3, "the file, and a picture in two sizes");
    for child in binary.children() {
        let _ = Command::new("kill").args(["-9", &child.to_string()]).status();
    }
    binary.kill();
}

/// Waits until a send is taken.
async fn recovers(ledger: &mut Ledger) {
    let start = Instant::now();
    while let Err(code) = ledger.tries().await {
        assert!(start.elapsed() < RECOVERY, "still {code}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A copy of a data folder that nobody uses.
fn copy(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let done = Command::new("cp").arg("-a").arg(folder.join(".")).arg(copy.path()).status().unwrap();
    assert!(done.success());
    copy
}

/// The program under `strace`, which makes one of its calls fail.
struct Traced {
    binary: Binary,
    origin: String,
}

impl Traced {
    /// None where it does not get as far as serving.
    fn serve(data: &Path, inject: &str) -> Option<Self> {
        let mut command = Command::new("strace");
        command.args(["-f", "-qqq", "-o", "/dev/null", "--seccomp-bpf"]);
        command.args(["-e", "trace=pwrite64,fsync,fdatasync", "-e", &format!("inject={inject}")]);
        command.arg(env!("CARGO_BIN_EXE_sapa")).stderr(Stdio::null());
        let binary = Binary::try_serve(command, data)?;
        Some(Self { origin: binary.origin.clone(), binary })
    }

    /// Ends the program, and with it who watches it.
    fn kill(self) {
        for child in self.binary.children() {
            let _ = Command::new("kill").args(["-9", &child.to_string()]).status();
        }
        self.binary.kill();
    }
}
