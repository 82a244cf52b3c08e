//! What the documents name is there.

use std::fs;
use std::path::Path;

/// The tests that a document names as `place::name`, each with its place and name.
fn tests(document: &str) -> Vec<(&str, &str)> {
    // What stands between backticks is every other piece.
    document.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::")).collect()
}

/// Where a test of such a place is written, from the top of the repository.
fn file(place: &str) -> String {
    match place.split_once('/') {
        Some(("core", rest)) => format!("server/domain/tests/core/{rest}.rs"),
        Some(("text", rest)) => format!("server/text/src/{rest}.rs"),
        Some(("end2end", rest)) => format!("end2end/tests/{rest}.spec.ts"),
        _ => format!("server/tests/program/{place}.rs"),
    }
}

#[test]
fn every_request_of_the_seeds_names_a_test_that_is_there() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let document = fs::read_to_string(top.join("docs/seeds.md")).unwrap();
    let tests = tests(&document);
    let mut missing = Vec::new();
    for (place, name) in &tests {
        // The line that says how tests are named.
        if *name == "name" {
            continue;
        }
        let path = top.join(file(place));
        let source = fs::read_to_string(&path).unwrap_or_default();
        let written = if place.starts_with("end2end/") {
            source.contains(&format!("test(\"{name}")) || source.contains(&format!("test(`{name}"))
        } else {
            source.contains(&format!("fn {name}("))
        };
        if !written {
            missing.push(format!("{place}::{name}"));
        }
    }
    assert!(tests.len() > 100 && missing.is_empty(), "{missing:#?} of {}", tests.len());
    let rows = document.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| asked for"));
    for row in rows {
        let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()), "{row}");
    }
}
