//! Servers to test, and the people who use them.

mod binary;
mod person;
mod socket;
pub mod terminal;

use std::net::SocketAddr;

use clap::Parser;
use sapa::text::{Protocol, Times};
use sapa::{Application, Config, http};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use binary::Binary;
pub use person::{PASSWORD, Person};
pub use socket::{Socket, send};
pub use terminal::Terminal;

/// A picture of one pixel, a GIF.
pub const PIXEL: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// A server of its own, with a data folder of its own.
pub struct TestApp {
    /// `http://host:port`.
    pub origin: String,
    /// Where a terminal signs in.
    pub tcp: SocketAddr,
    /// Where it brings a token with each request.
    pub tcp_token: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<anyhow::Result<()>>,
    data: TempDir,
}

impl TestApp {
    /// With the settings that a newcomer has.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With these flags besides.
    pub async fn start_with(flags: &[&str]) -> Self {
        Self::start_in(flags, Times::default()).await
    }

    /// With other times for those at a terminal.
    pub async fn start_in(flags: &[&str], times: Times) -> Self {
        Self::start_on(tempfile::tempdir().unwrap(), flags, times).await
    }

    /// With other times for those who come over HTTP.
    pub async fn start_bounded(flags: &[&str], times: http::Times) -> Self {
        Self::start_timed(tempfile::tempdir().unwrap(), flags, Times::default(), times).await
    }

    /// On data that is there already.
    pub async fn start_on(data: TempDir, flags: &[&str], times: Times) -> Self {
        Self::start_timed(data, flags, times, http::Times::default()).await
    }

    async fn start_timed(data: TempDir, flags: &[&str], text: Times, http: http::Times) -> Self {
        let folder = data.path().to_str().unwrap();
        let own = ["sapa", "--data-dir", folder];
        let addr = if flags.contains(&"--addr") { &[][..] } else { &["--addr", "127.0.0.1:0"][..] };
        let tcp = ["--tcp-addr", "127.0.0.1:0", "--tcp-token-addr", "127.0.0.1:0"];
        let config = config(own.iter().chain(addr).chain(&tcp).chain(flags));
        let mut application = Application::build(config).await.unwrap();
        (application.text_times, application.http_times) = (text, http);
        let origin = origin(application.address().unwrap());
        let text = |protocol| application.text_address(protocol).unwrap();
        let (tcp, tcp_token) = (text(Protocol::Session), text(Protocol::Token));
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(application.run_until(async {
            let _ = stopped.await;
        }));
        Self { origin, tcp, tcp_token, stop, served, data }
    }

    /// Somebody new, signed in.
    pub async fn joins(&self, username: &str) -> Person {
        Person::join(&self.origin, username).await
    }

    /// Two friends, and their room.
    pub async fn friends(&self, one: &str, other: &str) -> (Person, Person, i64) {
        let (one, other) = (self.joins(one).await, self.joins(other).await);
        let room = one.befriends(&other).await;
        (one, other, room)
    }

    /// Somebody at a terminal who has signed in.
    pub async fn terminal(&self, username: &str) -> Terminal {
        let mut terminal = Terminal::connect(self.tcp).await;
        terminal.signs_in(username).await;
        terminal
    }

    /// A terminal whose requests carry a token, and that token.
    pub async fn token_terminal(&self, username: &str) -> (Terminal, String) {
        let mut terminal = Terminal::connect(self.tcp_token).await;
        let reply = terminal.asks(&format!("AUTH {username} {PASSWORD}")).await;
        assert_eq!(reply["status"], "OK", "{reply}");
        (terminal, reply["data"].as_str().unwrap().to_owned())
    }

    /// Where its database is, for whoever comes beside it.
    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.data.path().join("sapa.db").display())
    }

    /// Stops it as a signal would, and waits until it has gone.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap().unwrap();
    }
}

/// Settings as the command line gives them.
pub fn config<'a>(flags: impl IntoIterator<Item = &'a &'a str>) -> Config {
    Settings::parse_from(flags).config
}

fn origin(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// A name for a message, different for each number.
pub fn client_id(number: u64) -> String {
    format!("0191e7a0-0000-7000-8000-{number:012x}")
}
