//! Plain text over TLS.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::support::terminal::ok;
use crate::support::{Binary, Terminal, TestApp};

/// A certificate of one's own for `localhost`, and its key, as files.
fn certificate(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (cert, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (cert, key)
}

#[tokio::test]
async fn both_protocols_speak_tls() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = certificate(folder.path(), "a");
    let flags = ["--tcp-tls-cert", cert.to_str().unwrap(), "--tcp-tls-key", key.to_str().unwrap()];
    let app = TestApp::start_with(&flags).await;
    app.friends("sari", "oleh").await;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&cert).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let connect = async |address| {
        let stream = TcpStream::connect(address).await.unwrap();
        Terminal::over(connector.connect("localhost".try_into().unwrap(), stream).await.unwrap())
    };
    let mut session = connect(app.tcp).await;
    session.signs_in("sari").await;
    assert_eq!(session.says("SEND oleh halo").await, ok("pesan terkirim"));
    let content = "A".repeat(400_000);
    assert_eq!(session.says(&format!("SEND_FILE oleh a.bin {content}")).await, ok("file terkirim"));

    let mut token = connect(app.tcp_token).await;
    let reply = token.asks(&format!("AUTH oleh {}", crate::support::PASSWORD)).await;
    token.gives(format!("INBOX {}\n", reply["data"].as_str().unwrap())).await;
    token.stream.shutdown().await.unwrap();
    assert!(token.hears().await.contains("\"pesan\":\"halo\""));
    token.is_closed().await;

    // Without it there is nothing to be heard.
    let mut plain = TcpStream::connect(app.tcp).await.unwrap();
    plain.write_all(b"AUTH sari rahasia\r\n\r\n").await.unwrap();
    let mut heard = Vec::new();
    let _ = plain.read_to_end(&mut heard).await;
    assert!(!heard.starts_with(b"{"), "{heard:?}");
}

#[test]
fn files_that_cannot_be_used_are_told_in_one_line() {
    let data = tempfile::tempdir().unwrap();
    let ((cert, key), (_, other_key)) = (certificate(data.path(), "a"), certificate(data.path(), "b"));
    let empty = data.path().join("empty");
    std::fs::write(&empty, "").unwrap();
    let missing = data.path().join("missing");
    for (flags, blamed) in [
        (vec![("--tcp-tls-cert", &cert)], "go together"),
        (vec![("--tcp-tls-key", &key)], "go together"),
        (vec![("--tcp-tls-cert", &missing), ("--tcp-tls-key", &key)], "missing"),
        (vec![("--tcp-tls-cert", &cert), ("--tcp-tls-key", &missing)], "missing"),
        (vec![("--tcp-tls-cert", &empty), ("--tcp-tls-key", &key)], "--tcp-tls-cert"),
        (vec![("--tcp-tls-cert", &cert), ("--tcp-tls-key", &empty)], "--tcp-tls-key"),
        (vec![("--tcp-tls-cert", &cert), ("--tcp-tls-key", &other_key)], "--tcp-tls-cert"),
    ] {
        let mut command = Binary::command();
        command.args(["--addr", "127.0.0.1:0", "--data-dir"]).arg(data.path().join("data"));
        for (flag, file) in &flags {
            command.arg(flag).arg(file);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.lines().count() == 1 && said.contains(blamed), "{said}");
    }
}
