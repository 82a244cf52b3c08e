//! Servers to test, and the people who use them.

mod binary;
mod person;
mod socket;

use std::net::SocketAddr;

use clap::Parser;
use sapa::{Application, Config};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use binary::Binary;
pub use person::Person;
pub use socket::{Socket, send};

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// A server of its own, with a data folder of its own.
pub struct TestApp {
    /// `http://host:port`.
    pub origin: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<anyhow::Result<()>>,
    _data: TempDir,
}

impl TestApp {
    /// With the settings that a newcomer has.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With these flags besides.
    pub async fn start_with(flags: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), flags).await
    }

    /// On data that is there already.
    pub async fn start_in(data: TempDir, flags: &[&str]) -> Self {
        let folder = data.path().to_str().unwrap();
        let own = ["sapa", "--addr", "127.0.0.1:0", "--data-dir", folder];
        let config = config(own.iter().chain(flags));
        let application = Application::build(config).await.unwrap();
        let origin = origin(application.address().unwrap());
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(application.run_until(async {
            let _ = stopped.await;
        }));
        Self { origin, stop, served, _data: data }
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
