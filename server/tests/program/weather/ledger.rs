//! What was sent, and what was acknowledged.

use std::path::Path;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

use crate::support::{Person, Socket, send};

/// Somebody who sends and writes down what was acknowledged.
pub struct Ledger {
    pub person: Person,
    pub room: i64,
    socket: Socket,
    origin: String,
    next: u64,
    acknowledged: Vec<(i64, String)>,
}

impl Ledger {
    /// Two new people in a new house.
    pub async fn open(origin: &str) -> Self {
        let (person, other) = (Person::join(origin, "sari").await, Person::join(origin, "oleh").await);
        let room = person.befriends(&other).await;
        let socket = person.connects().await;
        Self { person, room, socket, origin: origin.to_owned(), next: 0, acknowledged: Vec::new() }
    }

    /// The same people in a copy of the house, with nothing acknowledged yet.
    pub async fn again(&self, origin: &str) -> Self {
        let person = self.person.elsewhere(origin);
        let socket = person.connects().await;
        let origin = origin.to_owned();
        Self { person, room: self.room, socket, origin, next: self.next, acknowledged: Vec::new() }
    }

    /// The same house after a start.
    pub async fn reopen(&mut self, origin: &str) {
        self.person = self.person.elsewhere(origin);
        origin.clone_into(&mut self.origin);
        self.socket = self.person.connects().await;
    }

    /// Sends the next text; the code of the error where it is refused.
    pub async fn tries(&mut self) -> Result<(), String> {
        self.next += 1;
        let text = format!("{} {}", self.next, "halo ".repeat(200));
        let answer = self.socket.asks(send(self.room, self.next, &text)).await;
        match answer["done"]["sent"]["messageId"].as_i64() {
            Some(id) => {
                self.acknowledged.push((id, text.trim().to_owned()));
                Ok(())
            }
            None => Err(answer["error"]["code"].as_str().unwrap().to_owned()),
        }
    }

    /// For whoever reads a failure.
    pub fn sent(&self) -> String {
        format!("{} sent, {} acknowledged", self.next, self.acknowledged.len())
    }

    /// The status of `/readyz`.
    pub async fn readiness(&self) -> u16 {
        reqwest::get(format!("{}/readyz", self.origin)).await.unwrap().status().as_u16()
    }

    /// What was acknowledged is in the file, as this process reads it, each once and under its number.
    pub async fn is_kept_in(&self, data: &Path) {
        let url = format!("sqlite://{}", data.join("sapa.db").display());
        let db = Database::connect(url).await.unwrap();
        let rows = |sql: &str| db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql.to_owned()));
        let check = rows("PRAGMA integrity_check").await.unwrap();
        assert_eq!(check[0].try_get_by_index::<String>(0).unwrap(), "ok");
        let found = rows("SELECT id, body FROM messages").await.unwrap();
        let found: Vec<(i64, String)> = found
            .iter()
            .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
            .collect();
        for kept in &self.acknowledged {
            let times = found.iter().filter(|row| *row == kept).count();
            assert_eq!(times, 1, "message {} was acknowledged ({})", kept.0, self.sent());
        }
        db.close().await.unwrap();
    }
}
