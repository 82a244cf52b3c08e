//! Settings: each is a flag and a variable, with a default that works.

mod address;
mod database;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use sapa_domain::accounts::JoinOptions;
use sapa_domain::attachments::FileLimits;
use sapa_domain::calls::{CallOptions, LinkOptions, LivekitOptions, Secret, TurnOptions, TwilioOptions};
use sapa_domain::mail::{LetterLimits, MailOptions};
use sapa_domain::rates::RateLimits;
use sapa_domain::{OpenOptions, TriesAllowed};
use sapa_model::account::Registration;
use sapa_model::text::HouseName;
use tokio::sync::OnceCell;

pub use address::PublicUrl;
pub use database::{database_url, parse_database_url};

pub use address::parse_public_url;
use address::{parse_listener, parse_network};

/// What `sapa serve` can be told.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Where to listen: an address or a name, with a port
    #[arg(long, env = "SAPA_ADDR", default_value = "127.0.0.1:3000", value_parser = parse_listener)]
    pub addr: SocketAddr,

    /// What the house is called, in titles, letters and where people sign in
    #[arg(long, env = "SAPA_NAME", default_value = "Sapa", value_parser = parse_name)]
    pub name: HouseName,

    /// Where the data lives; made if it is not there
    #[arg(long, env = "SAPA_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,

    /// The database [default: sqlite, in the data folder]
    #[arg(long, env = "SAPA_DATABASE_URL", hide_env_values = true, value_parser = parse_database_url)]
    pub database_url: Option<String>,

    /// Where files are kept, `file:` and an absolute folder [default: files, in the data folder]
    #[arg(long, env = "SAPA_BLOB_URL")]
    pub blob_url: Option<String>,

    /// The largest picture, in MiB
    #[arg(long, env = "SAPA_PICTURE_LIMIT", default_value_t = 25)]
    pub picture_limit: u32,

    /// The largest file of any other kind, in MiB
    #[arg(long, env = "SAPA_FILE_LIMIT", default_value_t = 100)]
    pub file_limit: u32,

    /// What all files of one person may take, in MiB
    #[arg(long, env = "SAPA_FILE_QUOTA", default_value_t = 2048)]
    pub file_quota: u32,

    /// What files leave free on the disk, in MiB, so that texts and deletions go on
    #[arg(long, env = "SAPA_FILE_RESERVE", default_value_t = 64)]
    pub file_reserve: u32,

    /// The address that people type, such as <https://chat.example.org>, without a path: a house has a host name
    /// of its own; over https, cookies are Secure
    /// [default: whatever a request names]
    #[arg(long, env = "SAPA_PUBLIC_URL", value_parser = parse_public_url)]
    pub public_url: Option<PublicUrl>,

    /// Sites whose pages may use the API with a token, such as <https://app.example.org>, with commas between them
    /// [default: none]
    #[arg(long, env = "SAPA_CORS_ORIGIN", value_delimiter = ',', value_parser = parse_public_url)]
    pub cors_origin: Vec<PublicUrl>,

    /// The mail server, such as <smtps://name:password@mail.example.org>
    /// [default: none, letters are written into the folder mail of the data folder]
    #[arg(long, env = "SAPA_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Who letters are from
    #[arg(long, env = "SAPA_MAIL_FROM", default_value = "Sapa <sapa@localhost>")]
    pub mail_from: String,

    /// Keep an account out until its e-mail address is confirmed
    #[arg(long, env = "SAPA_REQUIRE_VERIFIED_EMAIL")]
    pub require_verified_email: bool,

    /// Who may make an account: open (everybody), invite (see `sapa invite`; links of groups count too) or
    /// closed
    #[arg(long, env = "SAPA_REGISTRATION", default_value = "open", value_parser = parse_registration)]
    pub registration: Registration,

    /// Accounts that may be made from one network within an hour
    #[arg(long, env = "SAPA_REGISTRATIONS_ADDRESS", default_value_t = 60)]
    pub registrations_address: u32,

    /// Letters a day to addresses that nobody has confirmed, asked for from one network
    #[arg(long, env = "SAPA_LETTERS_ADDRESS", default_value_t = 50)]
    pub letters_address: u32,

    /// Letters a day to addresses that nobody has confirmed, in all
    #[arg(long, env = "SAPA_LETTERS", default_value_t = 1000)]
    pub letters: u32,

    /// Requests of one account a minute, over all doors
    #[arg(long, env = "SAPA_RATE_ACCOUNT", default_value_t = 3000)]
    pub rate_account: u32,

    /// Requests a minute from one address by people who are not signed in
    #[arg(long, env = "SAPA_RATE_ADDRESS", default_value_t = 1200)]
    pub rate_address: u32,

    /// Sign-ins for one account from one network that may fail within ten minutes
    #[arg(long, env = "SAPA_SIGN_IN_TRIES", default_value_t = 10)]
    pub sign_in_tries: u32,

    /// Sign-ins from one address that may fail within ten minutes
    #[arg(long, env = "SAPA_SIGN_IN_TRIES_ADDRESS", default_value_t = 100)]
    pub sign_in_tries_address: u32,

    /// How those in a call reach each other: p2p, livekit or twilio
    #[arg(long, env = "SAPA_CALL_PROVIDER", default_value = "p2p")]
    pub call_provider: CallProvider,

    /// The LiveKit server, such as <wss://live.example.org>
    #[arg(long, env = "SAPA_LIVEKIT_URL", required_if_eq("call_provider", "livekit"))]
    pub livekit_url: Option<String>,

    /// The key that LiveKit knows this server by
    #[arg(long, env = "SAPA_LIVEKIT_KEY", required_if_eq("call_provider", "livekit"))]
    pub livekit_key: Option<String>,

    /// The secret that goes with it
    #[arg(
        long,
        env = "SAPA_LIVEKIT_SECRET",
        hide_env_values = true,
        required_if_eq("call_provider", "livekit")
    )]
    pub livekit_secret: Option<String>,

    /// The account at Twilio, AC…
    #[arg(long, env = "SAPA_TWILIO_ACCOUNT", required_if_eq("call_provider", "twilio"))]
    pub twilio_account: Option<String>,

    /// The API key at Twilio, SK…
    #[arg(long, env = "SAPA_TWILIO_KEY", required_if_eq("call_provider", "twilio"))]
    pub twilio_key: Option<String>,

    /// The secret that goes with it
    #[arg(
        long,
        env = "SAPA_TWILIO_SECRET",
        hide_env_values = true,
        required_if_eq("call_provider", "twilio")
    )]
    pub twilio_secret: Option<String>,

    /// Where Twilio's API of rooms is
    #[arg(long, env = "SAPA_TWILIO_URL", default_value = "https://video.twilio.com")]
    pub twilio_url: String,

    /// A STUN server for calls, such as stun:stun.example.org; may be repeated [default: none]
    #[arg(long, env = "SAPA_STUN_URL", value_delimiter = ',')]
    pub stun_url: Vec<String>,

    /// A TURN server that relays calls, such as turn:turn.example.org; may be repeated [default: none]
    #[arg(long, env = "SAPA_TURN_URL", value_delimiter = ',', requires = "turn_secret")]
    pub turn_url: Vec<String>,

    /// The secret that the TURN server shares with this one (coturn: static-auth-secret)
    #[arg(long, env = "SAPA_TURN_SECRET", hide_env_values = true)]
    pub turn_secret: Option<String>,

    /// How long a call rings, in seconds
    #[arg(long, env = "SAPA_CALL_RING", default_value_t = 45, value_parser = clap::value_parser!(u32).range(5..=300))]
    pub call_ring: u32,

    /// Let webhooks post to addresses that are not public, such as the host's own
    #[arg(long, env = "SAPA_WEBHOOK_PRIVATE")]
    pub webhook_private: bool,

    /// Connections over HTTP at a time, live ones too; fewer where the system lets fewer files be open
    #[arg(long, env = "SAPA_CONNECTIONS", default_value_t = 8192, value_parser = clap::value_parser!(u32).range(16..))]
    pub connections: u32,

    /// Connections over HTTP of one address at a time, but of a trusted proxy: a school may share one
    #[arg(long, env = "SAPA_CONNECTIONS_ADDRESS", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..))]
    pub connections_address: u32,

    /// Address of a reverse proxy whose X-Forwarded-For is believed, or a network of such, as in 10.0.0.0/8;
    /// may be repeated [default: none]
    #[arg(long, env = "SAPA_TRUSTED_PROXY", value_delimiter = ',', value_parser = parse_network)]
    pub trusted_proxy: Vec<IpNet>,

    /// Where to listen for plain text, a connection that signs in [default: nowhere]
    #[arg(long, env = "SAPA_TCP_ADDR", value_parser = parse_listener)]
    pub tcp_addr: Option<SocketAddr>,

    /// Where to listen for plain text, a token in every request [default: nowhere]
    #[arg(long, env = "SAPA_TCP_TOKEN_ADDR", value_parser = parse_listener)]
    pub tcp_token_addr: Option<SocketAddr>,

    /// The certificate for plain text over TLS, a PEM file [default: none, no TLS]
    #[arg(long, env = "SAPA_TCP_TLS_CERT")]
    pub tcp_tls_cert: Option<PathBuf>,

    /// The key that goes with it, a PEM file
    #[arg(long, env = "SAPA_TCP_TLS_KEY")]
    pub tcp_tls_key: Option<PathBuf>,

    /// What to log: error, warn, info, debug, or a filter by module
    #[arg(long, env = "SAPA_LOG", default_value = "warn")]
    pub log: String,
}

/// How those in a call reach each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CallProvider {
    /// Each with each, from browser to browser.
    P2p,
    /// By a LiveKit server.
    Livekit,
    /// By Twilio Video.
    Twilio,
}

fn parse_name(s: &str) -> Result<HouseName, String> {
    HouseName::parse(s).map_err(|error| error.message.into_owned())
}

fn parse_registration(s: &str) -> Result<Registration, String> {
    match s {
        "open" => Ok(Registration::Open),
        "invite" => Ok(Registration::Invite),
        "closed" => Ok(Registration::Closed),
        _ => Err("must be open, invite or closed".to_owned()),
    }
}

impl Config {
    /// Where the database is.
    pub fn database_url(&self) -> String {
        database_url(self.database_url.as_deref(), &self.data_dir)
    }

    /// What one process at a time may use: the data folder, and the database, wherever it is. Each with the file
    /// that is locked for it.
    pub fn used_alone(&self) -> Vec<(PathBuf, PathBuf)> {
        let database = database::files(&self.database_url()).into_iter().next();
        let beside = database.map(|database| {
            let mut lock = database.clone().into_os_string();
            lock.push("-lock");
            (database, lock.into())
        });
        std::iter::once((self.data_dir.clone(), self.data_dir.join("lock"))).chain(beside).collect()
    }

    /// What other settings have kept outside of the data folder: files, and folders of such.
    pub fn kept_elsewhere(&self) -> Vec<PathBuf> {
        let database = self.database_url.as_deref().map(database::files).unwrap_or_default();
        let blobs = self.blob_url.as_deref().and_then(|url| url.strip_prefix("file:")).map(PathBuf::from);
        database.into_iter().chain(blobs).collect()
    }

    /// How the messenger is opened: all that it keeps lies in the data folder, where nothing else is said.
    /// `listening` is where letters point to without a public address.
    ///
    /// # Errors
    /// Where the data folder has no absolute path.
    pub fn open_options(&self, listening: SocketAddr) -> std::io::Result<OpenOptions> {
        let data_dir = std::path::absolute(&self.data_dir)?;
        let files = || format!("file:{}", data_dir.join("files").display());
        let mib = |limit: u32| u64::from(limit) << 20;
        Ok(OpenOptions {
            database_url: self.database_url(),
            blob_url: self.blob_url.clone().unwrap_or_else(files),
            spool: data_dir.join("spool"),
            files: FileLimits {
                picture: mib(self.picture_limit),
                file: mib(self.file_limit),
                quota: mib(self.file_quota),
                reserve: mib(self.file_reserve),
            },
            mail: MailOptions {
                smtp_url: self.smtp_url.clone(),
                folder: data_dir.join("mail"),
                house: self.name.clone(),
                from: self.mail_from.clone(),
                origin: self.origin(listening),
                limits: LetterLimits { network: self.letters_address, total: self.letters },
            },
            rates: RateLimits {
                account: self.rate_account,
                address: self.rate_address,
                sign_in: TriesAllowed {
                    per_account: self.sign_in_tries,
                    per_address: self.sign_in_tries_address,
                },
            },
            calls: CallOptions {
                ring: Duration::from_secs(self.call_ring.into()),
                link: self.call_link(),
                ..CallOptions::default()
            },
            require_verified_email: self.require_verified_email,
            joining: JoinOptions {
                registration: self.registration,
                network_an_hour: self.registrations_address,
            },
        })
    }

    /// How those in a call reach each other.
    fn call_link(&self) -> LinkOptions {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let secret = |value| Secret::new(text(value));
        match self.call_provider {
            CallProvider::P2p => {
                let turn = TurnOptions { urls: self.turn_url.clone(), secret: secret(&self.turn_secret) };
                let turn = (!self.turn_url.is_empty()).then_some(turn);
                LinkOptions::P2p { stun: self.stun_url.clone(), turn }
            }
            CallProvider::Livekit => LinkOptions::Livekit(LivekitOptions {
                url: text(&self.livekit_url),
                key: text(&self.livekit_key),
                secret: secret(&self.livekit_secret),
            }),
            CallProvider::Twilio => LinkOptions::Twilio(TwilioOptions {
                account: text(&self.twilio_account),
                key: text(&self.twilio_key),
                secret: secret(&self.twilio_secret),
                url: self.twilio_url.trim_end_matches('/').to_owned(),
                client: OnceCell::new(),
            }),
        }
    }

    /// Whether this is the address of a proxy whose word is believed.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted_proxy.iter().any(|network| network.contains(&address))
    }

    /// Scheme and host of the site: the public address, else the one where it listens. Never what a request
    /// names, for anybody can write anything there.
    pub fn origin(&self, listening: SocketAddr) -> String {
        self.public_url.as_ref().map_or_else(|| format!("http://{listening}"), |url| url.origin().to_owned())
    }

    /// Whether cookies must travel over TLS only.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(PublicUrl::is_secure)
    }
}
