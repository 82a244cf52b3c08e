//! The command line.

mod demo;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

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
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let (config, fill) = match cli.command {
        None => (cli.serve, false),
        Some(Command::Serve(config)) => (config, false),
        Some(Command::Demo(config)) => (config, true),
    };
    let filter = match tracing_subscriber::EnvFilter::try_new(&config.log) {
        Ok(filter) => filter,
        Err(error) => return refuse(&format!("--log {}: {error}", config.log)),
    };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("the runtime cannot be started: {error}")),
    };
    let done = runtime.block_on(async { if fill { demo::run(&config).await } else { serve(config).await } });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("{error:#}")),
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("sapa: {why}");
    ExitCode::from(BAD_SETTINGS)
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let application = Application::build(config).await?;
    println!("Sapa is at http://{}", application.address()?);
    let mut term = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    application
        .run_until(async move {
            tokio::select! {
                _ = term.recv() => {}
                _ = interrupt.recv() => {}
            }
            // Whoever asks a second time does not want to wait.
            tokio::spawn(async move {
                tokio::select! {
                    _ = term.recv() => {}
                    _ = interrupt.recv() => {}
                }
                std::process::exit(1);
            });
        })
        .await
}
