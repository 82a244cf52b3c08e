//! The memory that large lines and replies take, of all connections together: shared fairly by account and
//! by network, with a bound for each.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use sapa_domain::network;
use sapa_domain::turns::{Bounds, NetworkTurn, NetworkTurns};
use sapa_model::{AppResult, UserId};

/// What is taken at a time, in bytes.
pub const UNIT: usize = 64 * 1024;
/// In units: 64 MiB in all, 40 of them for one network.
const OF_NETWORKS: Bounds =
    Bounds { all: 1024, each: 640, waiting: 512, waiting_each: 32, patience: Duration::from_secs(10) };
/// Of it, 20 MiB for one account: the largest line, and some more.
const OF_ACCOUNTS: Bounds = Bounds { each: 320, waiting_each: 16, ..OF_NETWORKS };

/// What there is, shared by all.
#[derive(Clone)]
pub struct Budget(NetworkTurns);

impl Default for Budget {
    fn default() -> Self {
        Self(NetworkTurns::new(OF_NETWORKS, OF_ACCOUNTS))
    }
}

impl Budget {
    /// A share of it for somebody from there, with nothing in it yet.
    pub fn share(&self, address: Option<IpAddr>) -> Share {
        let network = network(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
        Share { of: self.clone(), network, held: Vec::new() }
    }
}

/// What one connection has of it; given back when dropped.
pub struct Share {
    of: Budget,
    network: IpAddr,
    held: Vec<NetworkTurn>,
}

impl Share {
    /// Makes the share as large as so many bytes need, on the account of `who`. An error where too little is
    /// left for that.
    pub async fn grow(&mut self, who: UserId, bytes: usize) -> AppResult<()> {
        let (units, held) = (units(bytes), self.units());
        if units > held {
            self.held.push(self.of.0.take((who, self.network), units - held).await?);
        }
        Ok(())
    }

    /// Gives back what so many bytes do not need.
    pub fn shrink(&mut self, bytes: usize) {
        let mut left = units(bytes);
        self.held.retain_mut(|turn| {
            let size = turn.size().min(left);
            left -= size;
            if size > 0 {
                turn.shrink(size);
            }
            size > 0
        });
    }

    fn units(&self) -> u64 {
        self.held.iter().map(NetworkTurn::size).sum()
    }
}

fn units(bytes: usize) -> u64 {
    bytes.div_ceil(UNIT) as u64
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn shares_grow_and_shrink_within_what_one_may_hold() {
        let budget = Budget::default();
        let address = |n: u8| Some(IpAddr::from([192, 0, 2, n]));
        let (sari, oleh) = (UserId(1), UserId(2));
        let (mut one, mut other) = (budget.share(address(1)), budget.share(address(2)));
        one.grow(sari, UNIT * 300).await.unwrap();
        assert!(other.grow(sari, UNIT * 30).now_or_never().is_none(), "she waits for herself");
        other.grow(oleh, UNIT * 30).await.unwrap();
        one.shrink(UNIT + 1);
        assert_eq!((one.units(), budget.0.free()), (2, 1024 - 32));
        other.grow(sari, UNIT * 100).await.unwrap();
        // Many accounts of one network leave something to others.
        let mut many: Vec<_> = (0..3).map(|_| budget.share(address(3))).collect();
        for (share, (who, is_room)) in many.iter_mut().zip([(11, true), (12, true), (13, false)]) {
            let grown = share.grow(UserId(who), UNIT * 300).now_or_never();
            assert_eq!(grown.is_some(), is_room);
        }
        one.grow(oleh, UNIT * 200).await.unwrap();
        drop((one, other, many));
        assert_eq!(budget.0.free(), 1024);
    }
}
