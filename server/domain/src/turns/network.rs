//! Turns by account and by network: who makes many accounts waits for themselves all the same.

use std::net::IpAddr;

use sapa_model::{AppResult, UserId};

use super::{Bounds, Turn, Turns};

/// Something of which there is little, fair by network, and within one by account. Cheap to clone; all clones are
/// the same one.
#[derive(Clone)]
pub struct NetworkTurns {
    accounts: Turns<UserId>,
    networks: Turns<IpAddr>,
}

/// A share that is held; free again when dropped.
pub struct NetworkTurn {
    /// Nothing where nobody is signed in.
    account: Option<Turn<UserId>>,
    network: Turn<IpAddr>,
}

impl NetworkTurns {
    /// With all of it free. What there is, and how many may wait for it, `networks` says; of `accounts` only the
    /// bounds for each count.
    pub fn new(networks: Bounds, accounts: Bounds) -> Self {
        let accounts = Bounds { all: u64::MAX, waiting: usize::MAX, ..accounts };
        Self { accounts: Turns::new(accounts), networks: Turns::new(networks) }
    }

    /// Waits for a share of this size, or of the largest that one may hold. Errors as for [`Turns::take`].
    ///
    /// Of one account no more stands in the line of its network than it may hold: its other requests wait for it,
    /// and for nobody else.
    pub async fn take(&self, (who, network): (UserId, IpAddr), size: u64) -> AppResult<NetworkTurn> {
        let account = self.accounts.take(who, size).await?;
        let network = self.networks.take(network, account.size()).await?;
        Ok(NetworkTurn { account: Some(account), network })
    }

    /// The same for somebody of whom nothing is known but the network.
    pub async fn take_as_stranger(&self, network: IpAddr, size: u64) -> AppResult<NetworkTurn> {
        Ok(NetworkTurn { account: None, network: self.networks.take(network, size).await? })
    }

    /// What is free of it.
    pub fn free(&self) -> u64 {
        self.networks.free()
    }
}

impl NetworkTurn {
    /// How large it is.
    pub fn size(&self) -> u64 {
        self.network.size()
    }

    /// Gives back what is more than so much.
    pub fn shrink(&mut self, size: u64) {
        if let Some(account) = &mut self.account {
            account.shrink(size);
        }
        self.network.shrink(size);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::FutureExt as _;
    use sapa_model::ErrorCode;

    use super::*;

    #[tokio::test]
    async fn many_accounts_of_one_network_leave_the_rest_to_others() {
        let of = |each, waiting_each| Bounds {
            all: 4,
            each,
            waiting: 8,
            waiting_each,
            patience: Duration::from_millis(50),
        };
        let turns = NetworkTurns::new(of(3, 2), of(2, 1));
        let (school, home) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let mut held = Vec::new();
        for (who, is_room) in [(1, true), (1, true), (1, false), (2, true), (2, false), (3, false)] {
            let taken = turns.take((UserId(who), school), 1).now_or_never();
            assert_eq!(taken.is_some(), is_room, "account {who}");
            held.extend(taken.map(Result::unwrap));
        }
        let refused = turns.take((UserId(3), school), 1).await.err().unwrap();
        assert_eq!(refused.code, ErrorCode::TooMany);
        held.push(turns.take((UserId(4), home), 1).await.unwrap());
        assert_eq!(turns.free(), 0);
        held.clear();
        assert_eq!(turns.free(), 4);
        held.push(turns.take_as_stranger(school, 9).await.unwrap());
        assert_eq!(held[0].size(), 3);
        assert!(turns.take((UserId(1), school), 1).now_or_never().is_none(), "strangers count too");
    }
}
