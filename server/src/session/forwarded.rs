//! Where a request comes from, behind proxies.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use axum::http::{HeaderMap, HeaderName};

use crate::config::Config;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What trusted proxies say, else the other end of the connection.
///
/// Each proxy adds at the end whom it was asked by. So the list is read from there, for as long as a trusted one
/// has written it: what stands before that, anybody can forge. An entry that cannot be read ends it too.
pub fn address(config: &Config, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let peer = peer.to_canonical();
    if !config.trusts(peer) {
        if headers.contains_key(FORWARDED_FOR) {
            tell(peer);
        }
        return peer;
    }
    let lines = headers.get_all(FORWARDED_FOR).iter();
    let hops: Vec<_> = lines.flat_map(|line| line.to_str().unwrap_or("unreadable").split(',')).collect();
    let mut address = peer;
    for hop in hops.into_iter().rev().map_while(|hop| parse(hop.trim())) {
        address = hop;
        if !config.trusts(hop) {
            break;
        }
    }
    address
}

/// An address, with a port and in brackets perhaps, as some proxies write it.
fn parse(hop: &str) -> Option<IpAddr> {
    let alone = || hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop).parse().ok();
    let with_port = || hop.parse().map(|hop: SocketAddr| hop.ip()).ok();
    alone().or_else(with_port).map(|hop: IpAddr| hop.to_canonical())
}

/// Tells the host, once, of what looks like a proxy that nobody has named: whoever comes by it counts as one.
fn tell(peer: IpAddr) {
    static TOLD: Once = Once::new();
    let is_near = match peer {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    };
    if is_near {
        TOLD.call_once(|| {
            tracing::warn!(
                %peer,
                "X-Forwarded-For is not believed, and all who come from there count as one address: \
                 name the proxy by --trusted-proxy"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Settings {
        #[command(flatten)]
        config: Config,
    }

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let flags = ["sapa", "--trusted-proxy", "127.0.0.1,10.0.0.0/8,2001:db8::7"];
        let config = Settings::parse_from(flags).config;
        let of = |peer: &str, lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            address(&config, peer.parse().unwrap(), &headers).to_string()
        };
        for (peer, lines, expected) in [
            ("127.0.0.1", &["203.0.113.7"][..], "203.0.113.7"),
            ("::ffff:127.0.0.1", &["203.0.113.7"], "203.0.113.7"),
            ("::ffff:198.51.100.1", &["203.0.113.7"], "198.51.100.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("127.0.0.1", &["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
            ("127.0.0.1", &["6.6.6.6, 203.0.113.7", "10.1.2.3"], "203.0.113.7"),
            ("127.0.0.1", &["6.6.6.6, 203.0.113.7:4711"], "203.0.113.7"),
            ("127.0.0.1", &["6.6.6.6, [2001:db8::1]:4711 , [2001:db8::7]"], "2001:db8::1"),
            ("127.0.0.1", &["6.6.6.6, ::ffff:203.0.113.7, ::ffff:10.0.0.9"], "203.0.113.7"),
            // Whoever is not named ends the list; the forged one before it is not believed.
            ("127.0.0.1", &["6.6.6.6, unknown"], "127.0.0.1"),
            ("127.0.0.1", &["6.6.6.6, , 10.0.0.9"], "10.0.0.9"),
            ("127.0.0.1", &["6.6.6.6", "caf\u{e9}"], "127.0.0.1"),
            // Asked from the proxy's own machine.
            ("127.0.0.1", &["10.0.0.9, 127.0.0.1"], "10.0.0.9"),
        ] {
            assert_eq!(of(peer, lines), expected, "{peer} {lines:?}");
        }
    }
}
