//! The program: `sapa`, `sapa serve`, `sapa demo`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sapa::cli::run()
}
