//! Posts what happens in groups to their outgoing webhooks.
//!
//! Each post is signed (HMAC-SHA256 over the time, a dot and the body), and goes to public addresses only
//! unless the host allows others: a name is resolved first, and what it resolves to is looked at.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use sapa_domain::Chat;
use sapa_domain::turns::{Bounds, Turns};
use sapa_domain::webhooks::{self, Delivery, Due};
use sapa_model::{AppResult, UserId, WebhookId};
use sha2::Sha256;
use tokio::task::JoinSet;

/// How often to look for what is due.
const EVERY: Duration = Duration::from_millis(500);
/// How long a post may take.
const TIME_MAX: Duration = Duration::from_secs(10);
/// When to look again where TLS cannot be set up.
const TLS_AGAIN: Duration = Duration::from_mins(1);
/// Posts on their way at a time. A slow receiver makes its owner's other webhooks wait, and nobody else's.
const LANES: Bounds =
    Bounds { all: 32, each: 4, waiting: 1024, waiting_each: OF_MAKER, patience: Duration::from_mins(1) };
/// Webhooks of one maker that are looked at together: those whose posts are on their way, and who wait for that.
const OF_MAKER: usize = 8;

/// Posts for ever what is due.
pub async fn run(chat: Chat, allow_private: bool) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut posts = Posts::new(chat, allow_private);
    loop {
        tokio::select! {
            _ = every.tick() => if let Err(error) = posts.begin_all().await {
                tracing::error!(%error, "webhooks cannot be posted now");
                every.reset_after(TLS_AGAIN);
            },
            () = posts.ended(), if !posts.tasks.is_empty() => {}
        }
    }
}

/// Posts that are on their way, or wait for that.
struct Posts {
    chat: Chat,
    allow_private: bool,
    /// Made when there is something to post: it reads the system's certificates, which most houses never need.
    client: Option<Client>,
    lanes: Turns<UserId>,
    tasks: JoinSet<()>,
    under_way: HashMap<tokio::task::Id, Due>,
}

impl Posts {
    fn new(chat: Chat, allow_private: bool) -> Self {
        let (lanes, tasks, under_way) = (Turns::new(LANES), JoinSet::new(), HashMap::new());
        Self { chat, allow_private, client: None, lanes, tasks, under_way }
    }

    /// Begins whatever is due. An error where nothing can be posted.
    async fn begin_all(&mut self) -> anyhow::Result<()> {
        loop {
            let ids: Vec<_> = self.under_way.values().map(|due| due.id).collect();
            let busy: Vec<_> =
                self.under_way.values().map(|due| due.maker).filter(|maker| self.is_busy(*maker)).collect();
            match webhooks::due(&self.chat, &ids, &busy).await {
                Ok(due) if due.is_empty() => return Ok(()),
                Ok(due) => {
                    for one in due {
                        self.begin(one)?;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "webhooks cannot be looked for");
                    return Ok(());
                }
            }
        }
    }

    fn is_busy(&self, maker: UserId) -> bool {
        self.under_way.values().filter(|due| due.maker == maker).count() >= OF_MAKER
    }

    fn begin(&mut self, due: Due) -> anyhow::Result<()> {
        if self.is_busy(due.maker) {
            return Ok(());
        }
        let client = match &self.client {
            Some(client) => client,
            None => self.client.insert(client(self.allow_private)?),
        };
        let (chat, client, lanes) = (self.chat.clone(), client.clone(), self.lanes.clone());
        let allow_private = self.allow_private;
        let task = self.tasks.spawn(async move {
            // Where it is not its turn for too long it is still due.
            let Ok(_turn) = lanes.take(due.maker, 1).await else { return };
            if let Err(error) = deliver(&chat, &client, due.id, allow_private).await {
                tracing::warn!(%error, "a webhook cannot be looked at now");
            }
        });
        self.under_way.insert(task.id(), due);
        Ok(())
    }

    /// Waits until a post has ended.
    async fn ended(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => {
                tracing::error!(%error, "a post to a webhook has failed inside");
                error.id()
            }
            None => return,
        };
        self.under_way.remove(&id);
    }
}

async fn deliver(chat: &Chat, client: &Client, id: WebhookId, allow_private: bool) -> AppResult<()> {
    let Some(delivery) = webhooks::delivery(chat, id).await? else { return Ok(()) };
    let posted = post(client, &delivery, allow_private).await;
    webhooks::settle(chat, id, delivery.seq, posted.map_err(|error| error.to_string())).await
}

/// What posts are made with.
fn client(allow_private: bool) -> anyhow::Result<Client> {
    let client = Client::builder()
        .user_agent(concat!("Sapa/", env!("CARGO_PKG_VERSION")))
        .timeout(TIME_MAX)
        // Another address might not be a public one.
        .redirect(Policy::none())
        .no_proxy()
        .dns_resolver(Arc::new(PublicOnly { allow_private }));
    client.build().context("TLS cannot be set up")
}

async fn post(client: &Client, delivery: &Delivery, allow_private: bool) -> anyhow::Result<()> {
    if delivery.post.messages.is_empty() && !delivery.post.reload {
        return Ok(());
    }
    let url: Url = delivery.url.parse().context("the address cannot be read")?;
    // A resolver is not asked for an address that is written as numbers.
    let literal = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
    if literal.is_some_and(|address| !allow_private && !is_public(address)) {
        bail!("the address is not a public one");
    }
    let body = serde_json::to_vec(&delivery.post)?;
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
    let answer = client
        .post(url)
        .header("content-type", "application/json")
        .header("x-sapa-delivery", format!("{}-{}", delivery.id, delivery.seq))
        .header("x-sapa-timestamp", &time)
        .header("x-sapa-signature", signature(&delivery.secret, &time, &body))
        .body(body)
        .send()
        .await
        // Without the address: it may hold a secret.
        .map_err(reqwest::Error::without_url)?;
    if answer.status().is_success() { Ok(()) } else { bail!("it answered {}", answer.status()) }
}

/// `sha256=` and the code in hexadecimal.
fn signature(secret: &str, time: &str, body: &[u8]) -> String {
    use std::fmt::Write as _;
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().iter().fold("sha256=".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Resolves names to public addresses alone.
struct PublicOnly {
    allow_private: bool,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|at| allow_private || is_public(at.ip())).collect();
            if allowed.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the Internet's, by the IANA special-purpose address registries.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only 2000::/3 is given out, and of it not all leads where it says: Teredo and 6to4 carry an IPv4
    // address inside, as NAT64 (64:ff9b::/96) does.
    let given_out = a & 0xe000 == 0x2000;
    let tunnel = (a == 0x2001 && b < 0x200) || a == 0x2002;
    let documentation = (a == 0x2001 && b == 0xdb8) || (a == 0x3fff && b < 0x1000);
    given_out && !tunnel && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        for public in ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn a_signature_can_be_checked() {
        // Calculated with OpenSSL: printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        let expected = "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae";
        assert_eq!(signature("key", "1700000000", b"{}"), expected);
    }
}
