//! `sapa log`: what has happened to accounts.

use std::io::{Write as _, stdout};

use clap::Args;
use sapa_domain::host::{LogFilter, LogRow};

use super::host::{Data, printable, time};

/// `sapa log`
#[derive(Args)]
pub struct Log {
    /// Of the account with this username only
    #[arg(long, value_name = "NAME")]
    user: Option<String>,

    /// At most so many rows, the newest
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    limit: u64,

    /// Only what is older than the row with this number, to read on
    #[arg(long, value_name = "NUMBER")]
    before: Option<i64>,

    /// As JSON, one row a line
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    data: Data,
}

impl Log {
    /// Prints the log, the newest first.
    pub async fn run(self) -> anyhow::Result<()> {
        let host = self.data.open().await?;
        let filter = LogFilter { username: self.user, before: self.before, limit: self.limit };
        for row in host.log(filter).await? {
            if self.json {
                writeln!(stdout(), "{}", serde_json::to_string(&row)?)?;
            } else {
                print(&row)?;
            }
        }
        Ok(())
    }
}

fn print(row: &LogRow) -> std::io::Result<()> {
    let who = row.username.as_ref().map_or_else(|| "-".to_owned(), |name| format!("@{name}"));
    let from = row.address.as_deref().unwrap_or("-");
    let rest = printable(&format!("{} {}", row.detail, row.device));
    writeln!(stdout(), "{}  {}  {:<20} {who}  {from}  {}", row.id, time(row.at.0), row.act, rest.trim())?;
    Ok(())
}
