//! The frames of the live connection, as a JSON Schema made from the types that are really sent.

use sapa_model::{ClientFrame, ServerFrame};
use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

/// The schema of every frame, in the form of JSON Schema 2020-12.
pub fn schema() -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    add::<ClientFrame>(&mut parts);
    add::<ServerFrame>(&mut parts);
    let definitions: Map<String, Value> = parts
        .iter()
        .filter_map(|(name, schema)| Some((name.clone(), local(serde_json::to_value(schema).ok()?))))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "/api/v1/frames.json",
        "title": "Frames of the live connection",
        "description": "A client sends ClientFrame, the server ServerFrame, each as one JSON text.",
        "oneOf": [{ "$ref": "#/$defs/ClientFrame" }, { "$ref": "#/$defs/ServerFrame" }],
        "$defs": definitions,
    })
}

fn add<T: ToSchema>(parts: &mut Vec<(String, RefOr<Schema>)>) {
    parts.push((T::name().into_owned(), <T as PartialSchema>::schema()));
    T::schemas(parts);
}

/// Where `OpenAPI` keeps its parts, JSON Schema has another place.
fn local(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("#/components/schemas/", "#/$defs/")),
        Value::Array(values) => values.into_iter().map(local).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, local(value))).collect(),
        other => other,
    }
}
