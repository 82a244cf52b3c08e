//! The running program, the same for the binary and for tests.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use leptos::config::LeptosOptions;
use sapa_app::api::context::Assets;
use sapa_domain::{Chat, host, mail, schedules};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::data_dir::DataDir;
use crate::drawing::Drawing;
use crate::http::{self, Descriptors, Places};
use crate::public::Kept;
use crate::session::LookUps;
use crate::state::AppState;
use crate::text::{self, Protocol, Times};
use crate::{jobs, router, site, webhooks};

/// How long requests and connections may take to end when the program leaves.
const PATIENCE: Duration = Duration::from_secs(6);

pub use sapa_domain::tls::use_ring;

/// A server that listens and is not serving yet.
pub struct Application {
    /// How long people at a terminal may take; the default but in tests.
    pub text_times: Times,
    /// How long peers may take over HTTP; the default but in tests.
    pub http_times: http::Times,
    descriptors: Descriptors,
    listener: TcpListener,
    text: Vec<text::Listener>,
    tls: Option<text::Tls>,
    state: AppState,
    data_dir: DataDir,
}

impl Application {
    /// Makes the data folder, opens the database and listens.
    ///
    /// # Errors
    /// One line for whoever starts the program: what could not be done, and why.
    pub async fn build(config: Config) -> anyhow::Result<Self> {
        use_ring();
        let descriptors = Descriptors::raise();
        let data_dir = DataDir::hold(&config)?;
        let listener = TcpListener::bind(config.addr)
            .await
            .with_context(|| format!("cannot listen on {}", config.addr))?;
        let tls = text::tls(config.tcp_tls_cert.as_deref(), config.tcp_tls_key.as_deref())?;
        let mut text = Vec::new();
        for (protocol, addr) in
            [(Protocol::Session, config.tcp_addr), (Protocol::Token, config.tcp_token_addr)]
        {
            if let Some(addr) = addr {
                text.push(text::Listener::bind(protocol, addr)?);
            }
        }
        // Pages are rendered on the runtime that serves them. A second server in the same process, as in
        // tests, finds this done.
        let _ = any_spawner::Executor::init_tokio();
        let listening = listener.local_addr()?;
        let chat = Chat::open(config.open_options(listening)?).await?;
        let state = AppState {
            chat,
            origin: config.origin(listening).into(),
            config: Arc::new(config),
            assets: Assets { folder: site::pkg(), parts: site::parts() },
            leptos: LeptosOptions::builder().output_name("sapa").build(),
            leaving: CancellationToken::new(),
            connections: TaskTracker::new(),
            times: http::Times::default(),
            places: Places::default(),
            look_ups: LookUps::default(),
            drawing: Drawing::default(),
            kept: Kept::default(),
        };
        let (text_times, http_times) = (Times::default(), state.times);
        Ok(Self { text_times, http_times, descriptors, listener, text, tls, state, data_dir })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system's.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Where it listens for a plain-text protocol, if it does.
    pub fn text_address(&self, protocol: Protocol) -> Option<SocketAddr> {
        self.text.iter().find(|listener| listener.protocol() == protocol)?.address().ok()
    }

    /// What to tell whoever has started it: a line for each address.
    ///
    /// # Errors
    /// The system's.
    pub fn announcement(&self) -> std::io::Result<String> {
        let mut lines = vec![format!("Sapa is at http://{}", self.address()?)];
        let tls = if self.tls.is_some() { ", with TLS" } else { "" };
        for listener in &self.text {
            lines.push(format!("{} is at {}{tls}", listener.protocol(), listener.address()?));
        }
        Ok(lines.join("\n"))
    }

    /// Serves until `shutdown` is ready; then takes nothing new, lets what is in flight end, closes
    /// the connections and the database.
    ///
    /// # Errors
    /// The listener's.
    pub async fn run_until(self, shutdown: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let Self { text_times, http_times, descriptors, listener, text, tls, mut state, data_dir } = self;
        state.times = http_times;
        let leaving = state.leaving.clone();
        let jobs = tokio::spawn(jobs::run(state.chat.clone(), leaving.clone()));
        let letters = tokio::spawn(mail::run(state.chat.clone()));
        let reminders = tokio::spawn(schedules::run(state.chat.clone()));
        let webhooks = tokio::spawn(webhooks::run(state.chat.clone(), state.config.webhook_private));
        let bans = tokio::spawn(host::enforce(state.chat.clone()));
        let house = text::House::new(&state, tls, text_times);
        let text_ports = text.len();
        for listener in text {
            tokio::spawn(listener.serve(house.clone(), descriptors.text()));
        }
        tokio::spawn({
            let leaving = leaving.clone();
            async move {
                shutdown.await;
                leaving.cancel();
            }
        });

        let serving = http::serve(
            listener,
            http::House {
                router: router::build(&state),
                times: http_times,
                leaving: leaving.clone(),
                config: state.config.clone(),
            },
            descriptors.http(state.config.connections, text_ports),
        );
        let patience = async {
            leaving.cancelled().await;
            tokio::time::sleep(PATIENCE).await;
        };
        tokio::select! {
            () = serving => {}
            () = patience => tracing::warn!("requests were still running and have been cut off"),
        }
        state.connections.close();
        if tokio::time::timeout(PATIENCE / 2, state.connections.wait()).await.is_err() {
            tracing::warn!("connections were still open and have been cut off");
        }
        letters.abort();
        bans.abort();
        webhooks.abort();
        reminders.abort();
        state.chat.close().await;
        jobs.abort();
        drop(data_dir);
        Ok(())
    }
}
