//! Schemathesis sends what the description allows, and what it does not, and looks at every answer.
//!
//! A bounded run here; `make soak` makes a longer one by `SAPA_SCHEMATHESIS_EXAMPLES`.

use std::process::Stdio;

use tokio::process::Command;

use super::call::send;
use super::world::{PASSWORD, World};
use crate::support::TestApp;

/// What ends the session that the run goes on with.
const ENDS: [&str; 5] = ["logout", "revoke_device", "revoke_token", "reset_password", "refresh_tokens"];

async fn run(app: &TestApp, arguments: &[&str]) {
    let program = std::env::var("SAPA_SCHEMATHESIS").unwrap_or_else(|_| "schemathesis".to_owned());
    let examples = std::env::var("SAPA_SCHEMATHESIS_EXAMPLES").unwrap_or_else(|_| "3".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("schemathesis.toml");
    std::fs::write(&settings, include_str!("schemathesis.toml")).unwrap();
    let mut command = Command::new(&program);
    command
        .args(["--config-file", settings.to_str().unwrap(), "run"])
        .arg(format!("{}/api/v1/openapi.json", app.origin))
        .args(["--checks", "all", "--phases", "examples,coverage,fuzzing", "--continue-on-failure"])
        .args(["--no-color", "--warnings", "off", "--seed", "1", "--max-examples", &examples])
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = command.output().await.unwrap_or_else(|error| panic!("{program} cannot be run: {error}"));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{told}");
}

async fn house() -> TestApp {
    let much = "100000000";
    let limits = ["--rate-account", much, "--rate-address", much, "--sign-in-tries", much];
    World::get().await.opens_with(&[&limits[..], &["--sign-in-tries-address", much]].concat()).await
}

async fn header(app: &TestApp) -> String {
    let login = serde_json::json!({ "username": "sari", "password": PASSWORD });
    let request = reqwest::Client::new().post(format!("{}/api/v1/login", app.origin)).json(&login);
    let session: serde_json::Value = send(request, None).await.json().await.unwrap();
    format!("Authorization: Bearer {}", session["accessToken"].as_str().unwrap())
}

#[tokio::test]
async fn nobody_signed_in_finds_no_fault() {
    let app = house().await;
    // Without any, it would register by itself.
    run(&app, &["--header", "Authorization: Basic bm9ib2R5Og=="]).await;
    app.stop().await;
}

#[tokio::test]
async fn somebody_signed_in_finds_no_fault() {
    let app = house().await;
    let header = header(&app).await;
    let mut arguments = vec!["--header", &header];
    arguments.extend(ENDS.iter().flat_map(|operation| ["--exclude-operation-id", operation]));
    run(&app, &arguments).await;
    let header = self::header(&app).await;
    let mut arguments = vec!["--header", &header];
    arguments.extend(ENDS.iter().flat_map(|operation| ["--include-operation-id", operation]));
    run(&app, &arguments).await;
    app.stop().await;
}
