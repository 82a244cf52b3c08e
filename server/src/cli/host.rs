//! What the host does beside the server: reading reports, closing accounts.

use std::io::{Write as _, stdout};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sapa_domain::host::Host;
use sapa_model::report::Report;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::config::{database_url, parse_database_url};

/// Where the data is; the server may be running.
#[derive(Args)]
pub struct Data {
    /// Where the data lives
    #[arg(long, env = "SAPA_DATA_DIR", default_value = "./data")]
    data_dir: PathBuf,

    /// The database [default: sqlite, in the data folder]
    #[arg(long, env = "SAPA_DATABASE_URL", hide_env_values = true, value_parser = parse_database_url)]
    database_url: Option<String>,
}

impl Data {
    /// The host's way into the database.
    pub async fn open(&self) -> anyhow::Result<Host> {
        Ok(Host::open(&database_url(self.database_url.as_deref(), &self.data_dir)).await?)
    }
}

/// `sapa reports`
#[derive(Args)]
pub struct Reports {
    /// Those that are closed too
    #[arg(long)]
    all: bool,

    /// Close the report with this number
    #[arg(long, value_name = "NUMBER")]
    close: Option<i64>,

    /// As JSON, one report a line
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    data: Data,
}

impl Reports {
    /// Prints the reports, the newest first, or closes one.
    pub async fn run(self) -> anyhow::Result<()> {
        let host = self.data.open().await?;
        if let Some(id) = self.close {
            host.close_report(id).await?;
            writeln!(stdout(), "Report {id} is closed.")?;
            return Ok(());
        }
        let mut last = None;
        loop {
            let page = host.reports(self.all, last).await?;
            if last.is_none() && page.is_empty() && !self.json {
                writeln!(stdout(), "There are no {}reports.", if self.all { "" } else { "open " })?;
            }
            for report in &page {
                if self.json {
                    writeln!(stdout(), "{}", serde_json::to_string(report)?)?;
                } else {
                    print(report)?;
                }
            }
            match page.last() {
                Some(report) => last = Some(report.id),
                None => return Ok(()),
            }
        }
    }
}

fn print(report: &Report) -> std::io::Result<()> {
    let reason = format!("{:?}", report.reason).to_lowercase();
    let closed = if report.closed_at.is_some() { " (closed)" } else { "" };
    writeln!(
        stdout(),
        "{}  {}  @{} reports @{}: {reason}{closed}",
        report.id,
        time(report.created_at.0),
        report.reporter,
        report.user
    )?;
    if !report.note.is_empty() {
        writeln!(stdout(), "    {}", printable(&report.note))?;
    }
    for message in &report.excerpt {
        let mark = if message.reported { '>' } else { ' ' };
        let files = message.files.iter().map(|name| format!("[{}]", printable(name)));
        let said: Vec<_> = std::iter::once(printable(&message.text)).chain(files).collect();
        writeln!(
            stdout(),
            "  {mark} {}  @{}: {}",
            time(message.created_at.0),
            message.author,
            said.join(" ")
        )?;
    }
    writeln!(stdout())?;
    Ok(())
}

/// On one line, and without anything that a terminal would obey.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// As people and programs both read it.
pub fn time(milliseconds: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(milliseconds.div_euclid(1_000));
    at.ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default()
}

/// `sapa user`
#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Sign an account out everywhere and let it in no more
    Ban(Whom),
    /// Let a banned account in again
    Unban(Whom),
}

#[derive(Args)]
struct Whom {
    /// The account's username
    username: String,

    #[command(flatten)]
    data: Data,
}

impl User {
    /// Does it, and says so.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.act {
            Act::Ban(whom) => {
                whom.data.open().await?.ban(&whom.username).await?;
                writeln!(stdout(), "{} is banned.", whom.username)?;
            }
            Act::Unban(whom) => {
                whom.data.open().await?.unban(&whom.username).await?;
                writeln!(stdout(), "{} may come in again.", whom.username)?;
            }
        }
        Ok(())
    }
}
