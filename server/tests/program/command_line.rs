//! The program as a process: its settings, its start and its end.

use std::fs::{File, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use crate::support::{Binary, PASSWORD, Person};

fn refused(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = Binary::command().args(arguments).output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{arguments:?}: {said}");
    said
}

#[test]
fn help_lists_every_setting_with_its_default() {
    let output = Binary::command().args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for (flag, variable, default) in [
        ("--addr", "SAPA_ADDR", "127.0.0.1:3000"),
        ("--data-dir", "SAPA_DATA_DIR", "./data"),
        ("--database-url", "SAPA_DATABASE_URL", "sqlite"),
        ("--public-url", "SAPA_PUBLIC_URL", "default"),
        ("--smtp-url", "SAPA_SMTP_URL", "none"),
        ("--mail-from", "SAPA_MAIL_FROM", "sapa@localhost"),
        ("--require-verified-email", "SAPA_REQUIRE_VERIFIED_EMAIL", "confirmed"),
        ("--connections", "SAPA_CONNECTIONS", "8192"),
        ("--connections-address", "SAPA_CONNECTIONS_ADDRESS", "1024"),
        ("--registration", "SAPA_REGISTRATION", "open"),
        ("--registrations-address", "SAPA_REGISTRATIONS_ADDRESS", "60"),
        ("--letters-address", "SAPA_LETTERS_ADDRESS", "50"),
        ("--letters", "SAPA_LETTERS", "1000"),
        ("--trusted-proxy", "SAPA_TRUSTED_PROXY", "none"),
        ("--tcp-addr", "SAPA_TCP_ADDR", "nowhere"),
        ("--tcp-token-addr", "SAPA_TCP_TOKEN_ADDR", "nowhere"),
        ("--tcp-tls-cert", "SAPA_TCP_TLS_CERT", "none"),
        ("--tcp-tls-key", "SAPA_TCP_TLS_KEY", "PEM"),
        ("--log", "SAPA_LOG", "warn"),
    ] {
        for word in [flag, variable, default] {
            assert!(help.contains(word), "{word} in {help}");
        }
    }
}

#[test]
fn settings_that_cannot_be_used_are_told_in_one_line() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    assert!(refused(&["serve", "--addr", "nowhere"]).contains("--addr"));
    assert!(refused(&["serve", "--public-url", "chat.example.org"]).contains("http"));
    assert!(refused(&["serve", "--log", "[", "--data-dir", folder]).contains("--log"));

    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below_a_file = file.join("data");
    let said = refused(&["serve", "--data-dir", below_a_file.to_str().unwrap()]);
    assert_eq!(said.lines().count(), 1, "{said}");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused(&["serve", "--addr", &address, "--data-dir", folder]);
    assert!(said.lines().count() == 1 && said.contains(&address), "{said}");

    for setting in [["--smtp-url", "nonsense"], ["--mail-from", "nobody"]] {
        let said = refused(&["serve", "--addr", "127.0.0.1:0", "--data-dir", folder, setting[0], setting[1]]);
        assert!(said.lines().count() == 1 && said.contains(setting[0]), "{said}");
    }
    // Beside a server, not before there was one.
    for command in [&["reports"][..], &["user", "ban", "oleh"], &["invite"], &["log"]] {
        let empty = tempfile::tempdir().unwrap();
        let said = refused(&[command, &["--data-dir", empty.path().to_str().unwrap()]].concat());
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(!empty.path().join("sapa.db").exists());
    }

    for settings in [
        &["--database-url", "nonsense"][..],
        &["--database-url", "postgres://localhost/sapa"],
        &["--public-url", "nonsense"],
        &["--addr", "nonsense"],
        &["--registration", "nonsense"],
        &["--nonsense"],
    ] {
        let said = refused(&[&["serve", "--data-dir", folder], settings].concat());
        assert!(said.lines().count() == 1 && said.contains(settings[0]), "{said}");
    }
    let said = refused(&["user", "ban"]);
    assert_eq!(said, "sapa: the following required arguments were not provided: <USERNAME>\n");
}

#[test]
fn a_data_folder_serves_one_process_at_a_time() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let first = Binary::serve(data.path());
    for command in ["serve", "demo"] {
        let said = refused(&[command, "--data-dir", folder]);
        assert!(said.lines().count() == 1 && said.contains(folder), "{said}");
    }
    // Nor by its database from another folder.
    let other = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{folder}/sapa.db");
    let said = refused(&["serve", "--data-dir", other.path().to_str().unwrap(), "--database-url", &url]);
    assert!(said.lines().count() == 1 && said.contains("sapa.db"), "{said}");
    first.kill();
    Binary::serve(data.path()).kill();
}

#[tokio::test]
async fn a_data_folder_may_be_called_anything() {
    let data = tempfile::tempdir().unwrap();
    for name in
        ["x%20y", "a?b", "pct%41dir", "a#b", "sp ace", "mode=rwc", "file:x", "\u{43a}\u{430}\u{432}\u{430}"]
    {
        let folder = data.path().join(name);
        let binary = Binary::serve(&folder);
        Person::join(&binary.origin, "sari").await;
        binary.terminate();
        assert!(binary.leaves().await.success(), "{name}");
        let host =
            Binary::command().args(["user", "ban", "sari", "--data-dir"]).arg(&folder).output().unwrap();
        assert!(host.status.success(), "{name}: {host:?}");
        for file in ["sapa.db", "files", "mail", "lock"] {
            assert!(folder.join(file).exists(), "{name}/{file}");
        }
    }
    let found = std::fs::read_dir(data.path()).unwrap().count();
    assert_eq!(found, 8, "and nothing beside them");
}

#[tokio::test]
async fn what_it_keeps_is_for_its_own_user_alone() {
    let data = tempfile::tempdir().unwrap();
    let other = data.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let database = format!("--database-url=sqlite://{}?mode=rwc", other.join("named.db").display());
    let blobs = format!("--blob-url=file:{}", other.join("blobs").display());
    let (own, named) =
        (["sapa.db", "sapa.db-wal", "sapa.db-shm", "files"], ["named.db", "named.db-wal", "blobs"]);
    for (name, flags, kept) in [
        ("first", &[][..], own.map(|name| data.path().join("first").join(name)).to_vec()),
        ("second", &[database.as_str(), &blobs], named.map(|name| other.join(name)).to_vec()),
    ] {
        let folder = data.path().join(name);
        let serve = || {
            let mut command = Command::new("bash");
            command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_sapa")]);
            command.args(flags);
            Binary::serve_and_tell(command, &folder, 1).0
        };
        let open = || kept.iter().chain([&folder]).flat_map(|path| open_to_others(path)).collect::<Vec<_>>();
        let binary = serve();
        let sari = Person::join(&binary.origin, "sari").await;
        let email = serde_json::json!({ "email": "sari@example.org", "password": PASSWORD });
        sari.calls("change_email", email).await;
        let upload = serde_json::json!({ "upload": { "name": "a.txt", "size": 5 } });
        let id = sari.calls("announce_upload", upload).await;
        assert_eq!(sari.puts(&format!("/files/{id}"), "kopi!").await.unwrap().status(), 200);
        while std::fs::read_dir(folder.join("mail")).unwrap().count() == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // While it runs, with all that the database keeps beside itself.
        assert_eq!(open(), Vec::<PathBuf>::new());
        binary.kill();

        // As an older version has left it.
        let everything = ["-R", "a+rwX", folder.to_str().unwrap(), other.to_str().unwrap()];
        assert!(Command::new("chmod").args(everything).status().unwrap().success());
        assert!(open().len() > 8);
        let notes = folder.join("notes.txt");
        std::fs::write(&notes, "the host's own").unwrap();
        std::fs::set_permissions(&notes, Permissions::from_mode(0o644)).unwrap();
        let binary = serve();
        assert_eq!(open(), [notes], "what is not ours is left as it is");
        binary.kill();
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// What others may read or enter, of a folder and all that is in it.
fn open_to_others(path: &Path) -> Vec<PathBuf> {
    let mut open = Vec::new();
    if path.is_dir() {
        let entries = std::fs::read_dir(path).unwrap();
        open.extend(entries.flat_map(|entry| open_to_others(&entry.unwrap().path())));
    }
    if mode(path) & 0o077 != 0 {
        open.push(path.to_owned());
    }
    open
}

#[tokio::test]
async fn a_closed_terminal_ends_it_in_good_order_unless_it_is_to_go_on() {
    let data = tempfile::tempdir().unwrap();
    // Whoever runs the tests may have the signal ignored, which would be inherited.
    let mut command = Command::new("env");
    command.args(["--default-signal=HUP", env!("CARGO_BIN_EXE_sapa")]);
    let (binary, _) = Binary::serve_and_tell(command, data.path(), 1);
    let sari = Person::join(&binary.origin, "sari").await;
    let mut socket = sari.connects().await;
    // As terminals do when they close.
    binary.signal("HUP");
    binary.signal("HUP");
    assert_eq!(socket.close_code().await, 1012);
    drop(socket);
    assert!(binary.leaves().await.success());

    let mut nohup = Command::new("bash");
    nohup.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_sapa")]);
    let (binary, _) = Binary::serve_and_tell(nohup, data.path(), 1);
    binary.signal("HUP");
    Person::sign_in(&binary.origin, "sari").await;
    binary.kill();
}

#[tokio::test]
async fn the_log_tells_routes_without_secrets_and_without_colours() {
    let data = tempfile::tempdir().unwrap();
    let log = data.path().join("log.txt");
    let mut command = Binary::command();
    command.args(["--log", "debug"]).stderr(File::create(&log).unwrap());
    let (binary, _) = Binary::serve_and_tell(command, &data.path().join("data"), 1);
    sapa::application::use_ring();
    for path in [
        "/verify/secret-1",
        "/reset/secret-2",
        "/join/secret-3",
        "/api/v1/verify?token=secret-4",
        "/api/v1/invites/secret-5",
        "/c/kopi/files/7/secret-6/original",
        "/secret-7",
        "/api/v1/secret-8",
        "/api/secret-9",
    ] {
        reqwest::get(format!("{}{path}", binary.origin)).await.unwrap();
    }
    reqwest::Client::new().post(format!("{}/api/v1/hooks/secret-10", binary.origin)).send().await.unwrap();
    binary.terminate();
    assert!(binary.leaves().await.success());
    let log = std::fs::read_to_string(log).unwrap();
    assert!(!log.contains("secret-") && !log.contains('\u{1b}'), "{log}");
    for route in ["/verify", "/reset", "/join", "/api/v1/invites/{token}", "/api/v1/hooks/{secret}"] {
        assert!(log.contains(&format!("route=\"{route}\"")), "{route} in {log}");
    }
}

#[tokio::test]
async fn a_page_of_another_address_is_told_of_once() {
    let data = tempfile::tempdir().unwrap();
    let log = data.path().join("log.txt");
    let mut command = Binary::command();
    command.args(["--public-url", "https://chat.example.org"]).stderr(File::create(&log).unwrap());
    let (binary, _) = Binary::serve_and_tell(command, &data.path().join("data"), 1);
    sapa::application::use_ring();
    for _ in 0..3 {
        let answer = reqwest::Client::new()
            .post(format!("{}/rpc/sign_in", binary.origin))
            .header("origin", &binary.origin)
            .json(&serde_json::json!({ "login": "sari", "password": "kunci rahasia" }))
            .send();
        assert_eq!(answer.await.unwrap().status(), 403);
    }
    binary.terminate();
    let origin = binary.origin.clone();
    assert!(binary.leaves().await.success());
    let log = std::fs::read_to_string(log).unwrap();
    assert_eq!(log.lines().count(), 1, "{log}");
    for part in [&format!("{origin:?}"), "https://chat.example.org", "--public-url"] {
        assert!(log.contains(part), "{part} in {log}");
    }
}

#[tokio::test]
async fn asked_to_leave_it_answers_what_it_has_and_goes() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let (sari, oleh) =
        (Person::join(&binary.origin, "sari").await, Person::join(&binary.origin, "oleh").await);
    let room = sari.befriends(&oleh).await;
    let mut socket = sari.connects().await;
    socket.sends(room, 1, "sampai jumpa").await;
    binary.terminate();
    assert_eq!(socket.close_code().await, 1012);
    drop(socket);
    assert!(binary.leaves().await.success());

    let again = Binary::serve(data.path());
    assert_eq!(Person::sign_in(&again.origin, "sari").await.reads(room).await, ["sampai jumpa"]);
}
