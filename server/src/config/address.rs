//! Addresses among the settings: the one that people type, and those of proxies.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};

use ipnet::{IpNet, Ipv4Net};
use reqwest::Url;

/// Scheme and host of the address that people type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
}

impl PublicUrl {
    /// As a browser writes it in `Origin`: scheme, host, port if it is not the scheme's own.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether people come over TLS.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// Reads one.
pub fn parse_public_url(s: &str) -> Result<PublicUrl, String> {
    let named = || "must begin with http:// or https:// and name a host".to_owned();
    let url = Url::parse(s).map_err(|_| named())?;
    if !matches!(url.scheme(), "http" | "https") || !s.contains("://") {
        return Err(named());
    }
    let is_more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
    if is_more || !url.username().is_empty() || url.password().is_some() {
        return Err("must end after the host and port".to_owned());
    }
    Ok(PublicUrl { origin: url.origin().ascii_serialization() })
}

/// Where to listen: an address or the name of a host, with a port. A name stands for its first address of IPv4, if it
/// has one.
pub fn parse_listener(s: &str) -> Result<SocketAddr, String> {
    if let Ok(address) = s.parse() {
        return Ok(address);
    }
    let wrong =
        || "must be an address or a name of this machine with a port, such as localhost:3000".to_owned();
    let found: Vec<_> = s.to_socket_addrs().map_err(|_| wrong())?.collect();
    found.iter().find(|address| address.is_ipv4()).or(found.first()).copied().ok_or_else(wrong)
}

/// An address or a network. Those of IPv4 that are written as IPv6 are IPv4's.
pub fn parse_network(s: &str) -> Result<IpNet, String> {
    let wrong = || "must be an address or a network, such as 192.0.2.1 or 10.0.0.0/8".to_owned();
    let network = if s.contains('/') {
        s.parse().map_err(|_| wrong())?
    } else {
        IpNet::from(s.parse::<IpAddr>().map_err(|_| wrong())?)
    };
    let IpNet::V6(v6) = network else { return Ok(network) };
    let mapped = v6.addr().to_ipv4_mapped().zip(v6.prefix_len().checked_sub(96));
    Ok(mapped.and_then(|(addr, prefix)| Ipv4Net::new(addr, prefix).ok()).map_or(network, IpNet::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin() {
        let url = parse_public_url("https://Chat.Example.org:443/").unwrap();
        assert_eq!(url.origin(), "https://chat.example.org");
        assert!(url.is_secure());
        assert_eq!(parse_public_url("http://127.0.0.1:3000").unwrap().origin(), "http://127.0.0.1:3000");
        for (written, origin) in [
            ("http://[0:0:0:0:0:0:0:1]:80/", "http://[::1]"),
            ("https://B\u{fc}cher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(parse_public_url(written).unwrap().origin(), origin);
        }
        for bad in [
            "chat.example.org",
            "chat.example.org:443",
            "https://a#b",
            "ftp://chat.example.org",
            "https://",
            "https://a@b",
            "https://a/b",
            "https://a?b",
        ] {
            assert!(parse_public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_may_listen_by_name() {
        for (written, address) in
            [("127.0.0.1:3000", "127.0.0.1:3000"), ("localhost:3000", "127.0.0.1:3000"), ("[::]:0", "[::]:0")]
        {
            assert_eq!(parse_listener(written), Ok(address.parse().unwrap()), "{written}");
        }
        for bad in ["", "localhost", "127.0.0.1", "3000", "localhost:99999", "no such host:3000"] {
            assert!(parse_listener(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_proxy_is_an_address_or_a_network_however_it_is_written() {
        let holds = |network: &str, address: &str| {
            parse_network(network).unwrap().contains(&address.parse::<IpAddr>().unwrap().to_canonical())
        };
        assert!(holds("127.0.0.1", "::ffff:127.0.0.1") && holds("::ffff:127.0.0.1", "127.0.0.1"));
        assert!(holds("10.0.0.0/8", "::ffff:10.1.2.3") && holds("::ffff:10.0.0.0/104", "10.1.2.3"));
        assert!(holds("fd00::/8", "fd12::1") && !holds("10.0.0.0/8", "11.0.0.1"));
        for bad in ["", "10.0.0.0/33", "localhost", "10.0.0"] {
            assert!(parse_network(bad).is_err(), "{bad}");
        }
    }
}
