//! Who may do what: one table of every operation on every door, each cell of it tried.
//!
//! The rows come from the code: an operation that the table does not name, or names and is not there, fails
//! the test. A cell of REST or of a server function is the status of the answer, of the live connection the
//! code of the error or `ok`. `BLOCKED` acts where the other one has blocked them, `BANNED` with a session that
//! has outlived the ban.

use std::collections::BTreeMap;

use reqwest::Client;
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;

use super::call::{operations, send};
use super::catalogue::{commands, server_function, session_request, token_request};
use super::examples::{call, check, prepare};
use super::world::{PASSWORD, World};
use crate::support::{Socket, Terminal, TestApp};

const TABLE: &str = include_str!("rights.txt");
const ROLES: [(&str, Option<&str>); 9] = [
    ("anonymous", None),
    ("stranger", Some("joko")),
    ("blocked", Some("hadi")),
    ("former", Some("fajar")),
    ("member", Some("maria")),
    ("admin", Some("oleh")),
    ("owner", Some("sari")),
    ("powerless", Some("powerless")),
    (BANNED, Some("sari")),
];
const BLOCKED: &str = "blocked";
const BANNED: &str = "banned";
/// Commands that need a call that goes on.
const OF_A_CALL: [&str; 5] = ["join_call", "decline_call", "leave_call", "show_in_call", "signal"];

/// Row by row, cell by cell.
type Table = BTreeMap<String, Vec<String>>;

fn expected() -> Table {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| {
        let (name, cells) = line.split_once(" | ").unwrap_or_else(|| panic!("{line}"));
        (name.trim().to_owned(), cells.split_whitespace().map(ToOwned::to_owned).collect())
    })
    .collect()
}

/// Holds what was found against the rows of a door.
fn compare(door: &str, found: &Table) {
    let expected: Table = expected().into_iter().filter(|(name, _)| name.starts_with(door)).collect();
    let mut wrong = Vec::new();
    for (name, cells) in found {
        if expected.get(name) != Some(cells) {
            wrong.push(format!("{name:<60} | {}", cells.join(" ")));
        }
    }
    for name in expected.keys().filter(|name| !found.contains_key(*name)) {
        wrong.push(format!("{name} is in the table only"));
    }
    assert!(wrong.is_empty(), "not as the table has it:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn rest_is_as_the_table_says() {
    let (world, http) = (World::get().await, Client::new());
    let document = serde_json::to_value(sapa::rest::description()).unwrap();
    let mut found = Table::new();
    for operation in operations(&document) {
        let mut cells = Vec::new();
        for (role, who) in ROLES {
            let app = world.opens().await;
            prepare(&http, &app.origin, world, &operation).await;
            sent_away(&app, role).await;
            let request = operation.example(&http, &app.origin, role == BLOCKED);
            let response = send(request, who.map(|who| world.token(who))).await;
            cells.push(check(&document, &operation, response).await.to_string());
            app.stop().await;
        }
        found.insert(format!("rest {}", operation.name), cells);
    }
    compare("rest ", &found);
}

#[tokio::test]
async fn server_functions_are_as_the_table_says() {
    let (world, http) = (World::get().await, Client::new());
    let mut found = Table::new();
    for path in sapa::server_functions() {
        let name = path.trim_start_matches("/rpc/");
        let mut cells = Vec::new();
        for (role, who) in ROLES {
            let arguments = server_function(name, role == BLOCKED);
            let arguments = arguments.unwrap_or_else(|| panic!("{name} has no example"));
            let app = world.opens().await;
            sent_away(&app, role).await;
            let request = http.post(format!("{}{path}", app.origin)).json(&arguments);
            let response = send(request, who.map(|who| world.token(who))).await;
            let status = response.status().as_u16();
            assert!(status < 500, "{name} as {role}: {}", response.text().await.unwrap());
            cells.push(status.to_string());
            app.stop().await;
        }
        found.insert(format!("rpc {name}"), cells);
    }
    compare("rpc ", &found);
}

#[tokio::test]
async fn commands_are_as_the_table_says() {
    let (world, http) = (World::get().await, Client::new());
    let frames = sapa::rest::frames();
    let described = frames["$defs"]["ClientCommand"]["oneOf"].as_array().unwrap();
    let names: Vec<&str> = described.iter().map(command_name).collect();
    assert_eq!(names, commands(false).iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let mut found = Table::new();
    for at in 0..names.len() {
        let mut cells = Vec::new();
        for (role, who) in ROLES {
            let app = world.opens().await;
            let (name, command) = commands(role == BLOCKED).swap_remove(at);
            if OF_A_CALL.contains(&name) {
                call(&http, &app.origin, world).await;
            }
            sent_away(&app, role).await;
            cells.push(gives(&app, who.map(|who| world.token(who)), command).await);
            app.stop().await;
            found.insert(format!("ws {name}"), cells.clone());
        }
    }
    compare("ws ", &found);
}

/// Bans the owner, but leaves their sessions where they are.
async fn sent_away(app: &TestApp, role: &str) {
    if role == BANNED {
        let raw = Database::connect(app.database_url()).await.unwrap();
        raw.execute_unprepared("UPDATE users SET banned_at = 1 WHERE username = 'sari'").await.unwrap();
        raw.close().await.unwrap();
    }
}

/// What the schema of a command calls it.
fn command_name(schema: &Value) -> &str {
    let unit = schema["enum"][0].as_str().or_else(|| schema["const"].as_str());
    unit.unwrap_or_else(|| schema["properties"].as_object().unwrap().keys().next().unwrap())
}

async fn gives(app: &TestApp, token: Option<&str>, command: Value) -> String {
    match Socket::by_token(&app.origin, token).await {
        Err(status) => status.to_string(),
        Ok(mut socket) => {
            let answer = socket.asks(command).await;
            answer["error"]["code"].as_str().unwrap_or("ok").to_owned()
        }
    }
}

#[tokio::test]
async fn plain_text_is_as_the_table_says() {
    let world = World::get().await;
    let mut found = Table::new();
    for name in sapa_text::session::REQUESTS {
        let mut cells = Vec::new();
        for (role, who) in ROLES {
            // Nobody signs in here by a token.
            if role == "powerless" {
                cells.push("-".to_owned());
                continue;
            }
            let app = world.opens().await;
            sent_away(&app, role).await;
            let mut terminal = Terminal::connect(app.tcp).await;
            if let Some(who) = who {
                let signed_in = terminal.asks(&format!("AUTH {who} {PASSWORD}")).await;
                assert_eq!(signed_in["status"] == "OK", role != BANNED);
            }
            let line =
                session_request(name, role == BLOCKED).unwrap_or_else(|| panic!("{name} has no example"));
            cells.push(terminal.asks(&line).await["status"].as_str().unwrap().to_owned());
            // Or the server would wait for its farewell to be heard.
            drop(terminal);
            app.stop().await;
        }
        found.insert(format!("tcp {name}"), cells);
    }
    for name in sapa_text::token::REQUESTS {
        let mut cells = Vec::new();
        for (role, who) in ROLES {
            let app = world.opens().await;
            sent_away(&app, role).await;
            let mut terminal = Terminal::connect(app.tcp_token).await;
            let token = who.map_or("nonsense", |who| world.token(who));
            let line = token_request(name, token, role == BLOCKED)
                .unwrap_or_else(|| panic!("{name} has no example"));
            cells.push(terminal.asks(&line).await["status"].as_str().unwrap().to_owned());
            // Or the server would wait for its farewell to be heard.
            drop(terminal);
            app.stop().await;
        }
        found.insert(format!("tcp-token {name}"), cells);
    }
    compare("tcp", &found);
}
