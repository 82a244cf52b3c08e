//! `sapa tcp`, and what the README says of it.

use std::io::Write as _;
use std::process::{Output, Stdio};

use crate::support::{Binary, TestApp};

/// Types these lines into `sapa tcp`.
async fn types(arguments: Vec<String>, lines: String) -> Output {
    tokio::task::spawn_blocking(move || {
        let mut command = Binary::command();
        command.arg("tcp").args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    })
    .await
    .unwrap()
}

/// A conversation in the README: what was started, what was typed, what came.
struct Transcript {
    arguments: Vec<String>,
    typed: String,
    printed: String,
}

fn transcripts(readme: &str) -> Vec<Transcript> {
    let blocks = readme.split("```").skip(1).step_by(2);
    let conversations = blocks.filter_map(|block| block.split_once("$ sapa tcp ").map(|(_, rest)| rest));
    conversations
        .map(|conversation| {
            let (arguments, lines) = conversation.split_once('\n').unwrap();
            let (typed, printed): (Vec<&str>, Vec<&str>) =
                lines.lines().partition(|line| line.starts_with("> "));
            let typed = typed.iter().flat_map(|line| [&line[2..], "\n"]).collect();
            let printed = printed.iter().flat_map(|line| [line, "\n"]).collect();
            Transcript { arguments: arguments.split(' ').map(Into::into).collect(), typed, printed }
        })
        .collect()
}

/// With what is another at each time made the same: tokens and times.
fn with_placeholders(text: &str) -> String {
    let word = |word: &str| {
        let is_token = word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_time = word.len() > 18 && word.as_bytes()[10] == b'T' && word.ends_with('Z');
        if is_token {
            "TOKEN".to_owned()
        } else if is_time {
            "TIME".to_owned()
        } else {
            word.to_owned()
        }
    };
    text.split('"').map(word).collect::<Vec<_>>().join("\"")
}

#[tokio::test]
async fn the_conversations_of_the_readme_are_true() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let transcripts = transcripts(&readme);
    assert_eq!(transcripts.len(), 2, "one for each protocol");
    let app = TestApp::start().await;
    for Transcript { mut arguments, typed, printed } in transcripts {
        let address = if arguments.contains(&"--token".to_owned()) { app.tcp_token } else { app.tcp };
        *arguments.last_mut().unwrap() = address.to_string();
        let output = types(arguments, typed).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(with_placeholders(&said), with_placeholders(&printed), "\n{said}");
    }
}

#[tokio::test]
async fn it_ends_with_its_input_or_with_the_server() {
    let app = TestApp::start().await;
    let address = || vec![app.tcp.to_string()];
    let output = types(address(), String::new()).await;
    assert!(output.status.success() && output.stdout.is_empty());
    let output = types(address(), "\n\nHALO".to_owned()).await;
    let unknown = "{\"status\": \"ERROR\", \"data\": \"request tidak dikenali\"}\n";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), unknown);
    let output = types(address(), format!("{}\n", "x".repeat(10_000))).await;
    assert!(String::from_utf8(output.stdout).unwrap().contains("request terlalu panjang"));
    let output = types(vec!["127.0.0.1:1".to_owned()], String::new()).await;
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.lines().count() == 1 && said.contains("127.0.0.1:1"), "{said}");
}
