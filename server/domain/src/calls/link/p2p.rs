//! Each with each: servers by which browsers find a way to one another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sapa_model::call::IceServer;
use sapa_model::{Timestamp, UserId};
use sha1::Sha1;

use super::Secret;

/// How long a TURN server takes what it was told, in seconds: a long call, and no more.
const TURN_LIFE: i64 = 6 * 60 * 60;

/// TURN servers that share a secret with us.
#[derive(Clone, Debug)]
pub struct TurnOptions {
    /// Their addresses, `turn:…` or `turns:…`.
    pub urls: Vec<String>,
    /// What coturn calls `static-auth-secret`.
    pub secret: Secret,
}

/// The servers, with credentials that end by themselves: as the name stand when that is and whose they
/// are, as the password the name's HMAC-SHA1 under the shared secret (draft-uberti-behave-turn-rest-00,
/// as coturn's `use-auth-secret` reads it).
pub fn ice_servers(
    stun: &[String],
    turn: Option<&TurnOptions>,
    user_id: UserId,
    now: Timestamp,
) -> Vec<IceServer> {
    let mut servers = Vec::new();
    if !stun.is_empty() {
        servers.push(IceServer { urls: stun.to_vec(), username: None, credential: None });
    }
    if let Some(turn) = turn {
        let username = format!("{}:{user_id}", now.0 / 1_000 + TURN_LIFE);
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(turn.secret.as_str().as_bytes()) else {
            return servers;
        };
        mac.update(username.as_bytes());
        let credential = STANDARD.encode(mac.finalize().into_bytes());
        servers.push(IceServer {
            urls: turn.urls.clone(),
            username: Some(username),
            credential: Some(credential),
        });
    }
    servers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turn_credentials_are_those_that_coturn_expects() {
        let turn =
            TurnOptions { urls: vec!["turn:turn.example.org".to_owned()], secret: Secret::new("north") };
        let stun = vec!["stun:stun.example.org".to_owned()];
        let servers = ice_servers(&stun, Some(&turn), UserId(7), Timestamp(1_600_000_000_000));
        assert_eq!(servers[0], IceServer { urls: stun, username: None, credential: None });
        assert_eq!(servers[1].username.as_deref(), Some("1600021600:7"));
        // printf 1600021600:7 | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(servers[1].credential.as_deref(), Some("NP0ymapzv3mXFIdRby6XMtHEbts="));
        assert_eq!(ice_servers(&[], None, UserId(7), Timestamp(0)), []);
    }
}
