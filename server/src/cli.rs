//! The command line.

mod demo;
mod host;
mod invite;
mod leave;
mod log;
mod tcp;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use self::leave::Signals;

use crate::{Application, Config};

/// Exit code for settings that cannot be used.
const BAD_SETTINGS: u8 = 2;

/// A messenger that anyone can run.
#[derive(Parser)]
#[command(name = "sapa", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Config,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the messenger; also what `sapa` alone does
    Serve(Config),
    /// Fill an empty data folder with people and messages to look at
    Demo(Config),
    /// Read what people have reported
    Reports(host::Reports),
    /// Close an account, or open it again
    User(host::User),
    /// Read who signed in, who failed to, and what was changed of accounts
    Log(log::Log),
    /// Let somebody make an account where that is by invitation
    Invite(invite::Invite),
    /// Speak plain text with a server by hand
    Tcp(tcp::Tcp),
}

/// What is to be done.
enum Task {
    Serve(Box<Config>),
    Demo(Box<Config>),
    Reports(host::Reports),
    User(host::User),
    Invite(invite::Invite),
    Log(log::Log),
    Tcp(tcp::Tcp),
}

impl Task {
    fn of(config: Config, task: fn(Box<Config>) -> Self) -> (Self, String) {
        let log = config.log.clone();
        (task(Box::new(config)), log)
    }
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if is_help(error.kind()) => error.exit(),
        Err(error) => return refuse(&in_one_line(&error)),
    };
    let (task, log) = match cli.command {
        None => Task::of(cli.serve, Task::Serve),
        Some(Command::Serve(config)) => Task::of(config, Task::Serve),
        Some(Command::Demo(config)) => Task::of(config, Task::Demo),
        Some(Command::Reports(reports)) => (Task::Reports(reports), "warn".to_owned()),
        Some(Command::User(user)) => (Task::User(user), "warn".to_owned()),
        Some(Command::Log(log)) => (Task::Log(log), "warn".to_owned()),
        Some(Command::Invite(invite)) => (Task::Invite(invite), "warn".to_owned()),
        Some(Command::Tcp(tcp)) => (Task::Tcp(tcp), "warn".to_owned()),
    };
    let filter = match tracing_subscriber::EnvFilter::try_new(&log) {
        Ok(filter) => filter,
        Err(error) => return refuse(&format!("--log {log}: {error}")),
    };
    // Colours are for people: not for a file, nor for whoever wants none (https://no-color.org).
    let coloured =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(coloured)
        // A line that cannot be written is lost. To say so in another would panic where that cannot be written.
        .log_internal_errors(false)
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("the runtime cannot be started: {error}")),
    };
    let done = runtime.block_on(async {
        match task {
            Task::Serve(config) => serve(*config).await,
            Task::Demo(config) => demo::run(&config).await,
            Task::Reports(reports) => reports.run().await,
            Task::User(user) => user.run().await,
            Task::Log(log) => log.run().await,
            Task::Invite(invite) => invite.run().await,
            Task::Tcp(tcp) => tcp.run().await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read has read enough, such as `head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => refuse(&with_causes(&error)),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    kind == Some(std::io::ErrorKind::BrokenPipe)
}

fn is_help(kind: ErrorKind) -> bool {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    matches!(kind, DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand | DisplayVersion)
}

/// What is wrong, without the hints below it.
fn in_one_line(error: &clap::Error) -> String {
    let told = error.render().to_string();
    let lines: Vec<_> = told.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    lines.join(" ").trim_start_matches("error: ").to_owned()
}

/// An error and what has caused it. Many errors tell their cause themselves: it is not told twice.
fn with_causes(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |said, cause| {
        let cause = cause.to_string();
        if said.is_empty() {
            cause
        } else if said.contains(&cause) {
            said
        } else {
            format!("{said}: {cause}")
        }
    })
}

fn refuse(why: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "sapa: {why}");
    ExitCode::from(BAD_SETTINGS)
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let application = Application::build(config).await?;
    // Whoever reads this may have gone, or its disk be full: that keeps nobody from talking.
    let _ = writeln!(std::io::stdout(), "{}", application.announcement()?);
    let mut signals = Signals::listen()?;
    application
        .run_until(async move {
            signals.first().await;
            // Whoever asks a second time does not want to wait.
            tokio::spawn(async move {
                signals.again().await;
                std::process::exit(1);
            });
        })
        .await
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let cause = || std::io::Error::other("no such folder");
        let told = Err::<(), _>(cause()).context("it cannot be opened").unwrap_err();
        assert_eq!(with_causes(&told), "it cannot be opened: no such folder");
        let told = Err::<(), _>(cause()).context("it cannot be opened: no such folder").unwrap_err();
        assert_eq!(with_causes(&told), "it cannot be opened: no such folder");
    }
}
