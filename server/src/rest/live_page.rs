//! The docs of the live connection, drawn from the schema of its frames.

use std::sync::LazyLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use leptos::prelude::*;
use serde_json::Value;

use super::frames;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A command and its answer.
const SEND: &str =
    r#"{"ref": 7, "command": {"send": {"roomId": 3, "clientId": "0191e7a0-…", "text": "halo"}}}"#;
const SENT: &str = r#"{"ref": 7, "done": {"sent": {"messageId": 9, "seq": 4}}}"#;

/// The page: drawn once, as it is the same for everybody.
pub fn page() -> Response {
    static PAGE: LazyLock<Bytes> =
        LazyLock::new(|| format!("<!doctype html>{}", document().to_html()).into());
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, PAGE.clone()).into_response()
}

fn document() -> impl IntoView {
    let schema = frames::schema();
    let parts = &schema["$defs"];
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>"The live connection · Sapa"</title>
                <link rel="icon" href="/favicon.svg" />
                <link rel="stylesheet" href="/docs.css" />
            </head>
            <body>
                <main>
                    <h1>"The live connection"</h1>
                    <p>
                        "A WebSocket at " <code>"/ws"</code>
                        ", with the session cookie of a browser or with " <code>"Authorization: Bearer"</code>
                        " and an access token or a personal API token that has the scope "
                        <code>"read"</code> ". Every frame is one JSON text of at most 64 KiB; "
                        <a href="/api/v1/frames.json">"a JSON Schema"</a> " describes each. The "
                        <a href="/api/docs/">"REST API"</a> " is described on a page of its own."
                    </p>
                    <h2>"Commands"</h2>
                    <p>
                        "A client numbers its commands by a " <code>"ref"</code>
                        ", which the one answer to each repeats, with " <code>"done"</code> " or with an "
                        <code>"error"</code> ". A send carries a " <code>"clientId"</code>
                        ", a UUID: sent again, it is the same message."
                    </p>
                    <pre>{SEND}</pre>
                    <pre>{SENT}</pre>
                    {kinds(&parts["ClientCommand"])}
                    <h2>"Answers"</h2>
                    {kinds(&parts["Done"])}
                    <h2>"Events"</h2>
                    <p>
                        "Events come by themselves. Whoever makes a change hears its event too. Every change of a \
                        room has the room's next " <code>"seq"</code>
                        "; after an outage a client gives the numbers that it holds to " <code>"resume"</code>
                        ". Much is answered in parts: a room with " <code>"more"</code>
                        " is asked for again, with the number that its answer ends with."
                    </p>
                    <pre>{r#"{"event": {"typing": {"roomId": 3, "userId": 1}}}"#}</pre>
                    {kinds(&parts["Event"])}
                    <h2>"The end"</h2>
                    <p>"The server closes with a code that says why."</p>
                    <dl>
                        <dt><code>"4401"</code></dt>
                        <dd>"The session has ended: sign in again."</dd>
                        <dt><code>"1012"</code></dt>
                        <dd>"The server restarts: come back in a moment."</dd>
                        <dt><code>"1013"</code></dt>
                        <dd>"The client reads too slowly: come back and resume."</dd>
                        <dt><code>"1001"</code></dt>
                        <dd>"Nothing was heard of the client for a minute."</dd>
                        <dt><code>"1008"</code></dt>
                        <dd>"The client went on sending far more than it may."</dd>
                        <dt><code>"1002, 1007, 1009"</code></dt>
                        <dd>"A frame was malformed, not UTF-8, or too large."</dd>
                    </dl>
                </main>
            </body>
        </html>
    }
}

/// The kinds of an enum, each with what it carries.
fn kinds(schema: &Value) -> impl IntoView + use<> {
    let kinds = schema["oneOf"].as_array().cloned().unwrap_or_default();
    let described = kinds.iter().filter_map(|kind| {
        let unit = kind["enum"][0].as_str().or_else(|| kind["const"].as_str());
        let (name, content) = match unit {
            Some(name) => (name.to_owned(), Value::Null),
            None => {
                kind["properties"].as_object()?.iter().next().map(|(name, of)| (name.clone(), of.clone()))?
            }
        };
        Some(view! {
            <dt>
                <code>{name}</code>
            </dt>
            <dd>{text(&kind["description"])} {fields(&content)}</dd>
        })
    });
    view! { <dl>{described.collect::<Vec<_>>()}</dl> }
}

fn fields(content: &Value) -> impl IntoView + use<> {
    if let Some(of) = content["$ref"].as_str() {
        return view! { <p>"A " <code>{short(of)}</code> "."</p> }.into_any();
    }
    let fields = content["properties"].as_object().cloned().unwrap_or_default();
    if fields.is_empty() {
        return ().into_any();
    }
    let row = |(name, of): (String, Value)| {
        view! {
            <tr>
                <th scope="row">
                    <code>{name}</code>
                </th>
                <td>
                    <code>{kind(&of)}</code>
                </td>
                <td>{text(&of["description"])}</td>
            </tr>
        }
    };
    view! {
        <table>
            <tbody>{fields.into_iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}

/// A type in a word or two.
fn kind(of: &Value) -> String {
    if let Some(of) = of["$ref"].as_str() {
        return short(of);
    }
    if let Some(either) = of["oneOf"].as_array() {
        return either.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match &of["type"] {
        Value::String(name) if name == "array" => format!("{}[]", kind(&of["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}

fn short(reference: &str) -> String {
    reference.rsplit('/').next().unwrap_or_default().to_owned()
}

fn text(value: &Value) -> String {
    // Links of the source's docs lead nowhere here.
    value.as_str().unwrap_or_default().replace("[`crate::limits::", "`").replace("`]", "`").replace('`', "")
}
