//! The docs of the live connection, drawn from the schema of its frames.

use leptos::prelude::*;
use serde_json::Value;

use super::frame::{self, Link, Setting};
use super::prose;
use super::schemas::{self, Schemas};
use crate::rest::frames;

/// A command and its answer.
const SEND: &str =
    r#"{"ref": 7, "command": {"send": {"roomId": 3, "clientId": "0191e7a0-…", "text": "halo"}}}"#;
/// What it is answered with.
const SENT: &str = r#"{"ref": 7, "done": {"sent": {"messageId": 9, "seq": 4}}}"#;

/// An event.
const TYPING: &str = r#"{"event": {"typing": {"roomId": 3, "userId": 1}}}"#;
/// The codes with which the server closes.
const ENDS: [(&str, &str); 7] = [
    ("4401", "The session has ended: sign in again."),
    ("4403", "The host has closed the account."),
    ("1012", "The server restarts: come back in a moment."),
    ("1013", "The client reads too slowly: come back and resume."),
    ("1001", "Nothing was heard of the client for a minute."),
    ("1008", "The client went on sending far more than it may."),
    ("1002, 1007, 1009", "A frame was malformed, not UTF-8, or too large."),
];

/// The page.
pub fn page(setting: &Setting) -> String {
    let schema = frames::schema();
    let schemas = Schemas::of(&schema);
    let parts = &schema["$defs"];
    let links = [
        Link::to_part("commands", "Commands"),
        Link::to_part("answers", "Answers"),
        Link::to_part("events", "Events"),
        Link::to_part("end", "The end"),
        Link::to_part(schemas::TYPES, "Types"),
        Link::to("/api/docs/", "REST API"),
    ];
    let end = |(code, why)| {
        view! {
            <div>
                <dt>
                    <code>{code}</code>
                </dt>
                <dd>{why}</dd>
            </div>
        }
    };
    let main = view! {
        <p>
            "A WebSocket at " <code>"/ws"</code>
            ", with the session cookie of a browser or with " <code>"Authorization: Bearer"</code>
            " and an access token or a personal API token that has the scope "
            <code>"read"</code> ". Every frame is one JSON text of at most 64 KiB; "
            <a href="/api/v1/frames.json">"a JSON Schema"</a> " describes each. The "
            <a href="/api/docs/">"REST API"</a> " is described on a page of its own."
        </p>
        <h2 id="commands">"Commands"</h2>
        <p>
            "A client numbers its commands by a " <code>"ref"</code>
            ", which the one answer to each repeats, with " <code>"done"</code> " or with an "
            <code>"error"</code> ". A send carries a " <code>"clientId"</code>
            ", a UUID: sent again, it is the same message."
        </p>
        <pre><code>{SEND}</code></pre>
        <pre><code>{SENT}</code></pre>
        {kinds(schemas, &parts["ClientCommand"])}
        <h2 id="answers">"Answers"</h2>
        {kinds(schemas, &parts["Done"])}
        <h2 id="events">"Events"</h2>
        <p>
            "Events come by themselves. Whoever makes a change hears its event too. Every change of a \
            room has the room's next " <code>"seq"</code>
            "; after an outage a client gives the numbers that it holds to " <code>"resume"</code>
            ". Much is answered in parts: a room with " <code>"more"</code>
            " is asked for again, with the number that its answer ends with."
        </p>
        <pre><code>{TYPING}</code></pre>
        {kinds(schemas, &parts["Event"])}
        <h2 id="end">"The end"</h2>
        <p>"The server closes with a code that says why."</p>
        <dl class="docs-fields">{ENDS.map(end).into_iter().collect::<Vec<_>>()}</dl>
        {schemas.types(parts, &["ClientCommand", "Done", "Event"])}
    };
    frame::page(setting, "The live connection", links.into(), main)
}

/// The kinds of an enum, each with what it carries.
fn kinds(schemas: Schemas<'_>, schema: &Value) -> AnyView {
    let described = schema["oneOf"].as_array().into_iter().flatten().filter_map(|kind| {
        let unit = kind["enum"][0].as_str().or_else(|| kind["const"].as_str());
        let (name, content) = match unit {
            Some(name) => (name, &Value::Null),
            None => kind["properties"].as_object()?.iter().next().map(|(name, of)| (name.as_str(), of))?,
        };
        let text = kind["description"].as_str().unwrap_or_default();
        Some(view! {
            <div>
                <dt>
                    <code>{name.to_owned()}</code>
                </dt>
                <dd>{prose::paragraphs(text)} {schemas.fields(content)}</dd>
            </div>
        })
    });
    view! { <dl class="docs-fields">{described.collect::<Vec<_>>()}</dl> }.into_any()
}
