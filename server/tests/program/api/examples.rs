//! Every operation's example is run against a server, and its answer is held against its schema.

use reqwest::Client;
use serde_json::{Value, json};

use super::call::{Operation, operations, send};
use super::world::World;

/// What an answer of a status is described as.
fn schema(document: &Value, operation: &Operation, status: u16) -> Option<Value> {
    let mut response = &operation.described["responses"][status.to_string()];
    assert!(response.is_object(), "{}: {status} is not described", operation.name);
    if let Some(reference) = response["$ref"].as_str() {
        response = document.pointer(reference.trim_start_matches('#')).unwrap();
    }
    let (_, content) = response["content"].as_object()?.iter().next()?;
    let mut schema = content["schema"].clone();
    schema["components"] = document["components"].clone();
    Some(schema)
}

/// Holds an answer against what is described.
pub async fn check(document: &Value, operation: &Operation, response: reqwest::Response) -> u16 {
    let status = response.status().as_u16();
    let schema = schema(document, operation, status);
    let body = response.text().await.unwrap();
    match schema {
        None => assert_eq!(body, "", "{} answers {status} with a body", operation.name),
        Some(schema) => {
            let body: Value = serde_json::from_str(&body).unwrap();
            let errors = errors(&schema, &body);
            assert!(errors.is_empty(), "{} {status}: {errors:#?}\n{body:#}", operation.name);
        }
    }
    status
}

/// Where a value does not fit its schema.
fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(schema).unwrap();
    let errors = validator.iter_errors(value);
    errors.map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

#[test]
fn every_example_of_a_body_fits_its_schema() {
    let document = serde_json::to_value(sapa::rest::description()).unwrap();
    let mut bodies = 0;
    for operation in operations(&document) {
        let content = &operation.described["requestBody"]["content"]["application/json"];
        let Some(mut schema) = content.get("schema").cloned() else { continue };
        schema["components"] = document["components"].clone();
        let errors = errors(&schema, &content["example"]);
        assert!(errors.is_empty(), "{}: {errors:#?}\n{content:#}", operation.name);
        bodies += 1;
    }
    assert!(bodies > 30, "{bodies}");
}

/// Does what an example begins with: an upload that was only announced does not outlive a start.
pub async fn prepare(http: &Client, origin: &str, world: &World, operation: &Operation) {
    if operation.name == "PUT /files/{fileId}" {
        let upload = json!({ "name": "a", "size": 4 });
        let announce = http.post(format!("{origin}/api/v1/files")).json(&upload);
        assert_eq!(send(announce, Some(world.token("sari"))).await.status(), 201);
    }
    if operation.name.contains("/calls") {
        call(http, origin, world).await;
    }
}

/// Begins call 1: maria rings the others of the group.
pub async fn call(http: &Client, origin: &str, world: &World) {
    let call = http.post(format!("{origin}/api/v1/groups/1/call"));
    assert_eq!(send(call, Some(world.token("maria"))).await.status(), 201);
}

#[tokio::test]
async fn every_example_can_be_run() {
    let (world, http) = (World::get().await, Client::new());
    let document = serde_json::to_value(sapa::rest::description()).unwrap();
    let mut failed = Vec::new();
    for operation in operations(&document) {
        let app = world.opens().await;
        let sari = world.token("sari");
        prepare(&http, &app.origin, world, &operation).await;
        let who = if operation.is_public() { None } else { Some(sari) };
        let response = send(operation.example(&http, &app.origin, false), who).await;
        let status = response.status();
        if status.is_success() {
            check(&document, &operation, response).await;
        } else {
            failed.push(format!("{}: {status} {}", operation.name, response.text().await.unwrap()));
        }
        app.stop().await;
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
