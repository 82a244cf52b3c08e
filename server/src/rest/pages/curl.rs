//! Requests to paste into a terminal.

use std::fmt::Write as _;

use form_urlencoded::Serializer;
use serde_json::Value;

use super::operations::Operation;
use crate::rest::ROOT;

/// An operation's examples, one for each form that its body can have.
pub fn examples(operation: &Operation<'_>, origin: &str) -> Vec<String> {
    let contents = operation.described["requestBody"]["content"].as_object();
    match contents.filter(|contents| !contents.is_empty()) {
        None => vec![example(operation, origin, None)],
        Some(contents) => {
            let one = |(media_type, content)| example(operation, origin, Some((media_type, content)));
            contents.iter().map(one).collect()
        }
    }
}

fn example(operation: &Operation<'_>, origin: &str, body: Option<(&String, &Value)>) -> String {
    let method = operation.method.as_str();
    // What curl does by itself needs no saying.
    let is_plain = method == "GET" || method == "POST" && body.is_some();
    let mut command = if is_plain { "curl".to_owned() } else { format!("curl -X {method}") };
    let _ = write!(command, " {}", quoted(&address(operation, origin)));
    let mut more = |words: &str| {
        let _ = write!(command, " \\\n  {words}");
    };
    if !operation.is_public() {
        more(r#"-H "Authorization: Bearer $TOKEN""#);
    }
    for (parameter, value) in with_examples(operation, "header") {
        more(&format!(
            "-H {}",
            quoted(&format!("{}: {value}", parameter["name"].as_str().unwrap_or_default()))
        ));
    }
    match body {
        None => {}
        Some((media_type, content)) if media_type == "application/json" => {
            more("-H 'Content-Type: application/json'");
            more(&format!("-d {}", quoted(&content["example"].to_string())));
        }
        Some((media_type, content)) if media_type == "multipart/form-data" => {
            let schema = operation.schemas.target(&content["schema"]);
            // The fields that JSON takes as well have their examples there.
            let known = &operation.described["requestBody"]["content"]["application/json"]["example"];
            for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                if field["format"] == "binary" {
                    more(&format!("-F {name}=@FILE"));
                } else if let Some(value) = known[name].as_str() {
                    more(&format!("-F {}", quoted(&format!("{name}={value}"))));
                }
            }
        }
        Some((media_type, _)) => {
            more(&format!("-H 'Content-Type: {media_type}'"));
            more("--data-binary @FILE");
        }
    }
    command
}

/// The address with the examples of its parameters.
fn address(operation: &Operation<'_>, origin: &str) -> String {
    let mut path = operation.path.to_owned();
    for (parameter, value) in with_examples(operation, "path") {
        path = path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap_or_default()), &value);
    }
    let mut query = Serializer::new(String::new());
    for (parameter, value) in with_examples(operation, "query") {
        query.append_pair(parameter["name"].as_str().unwrap_or_default(), &value);
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{origin}{ROOT}{path}{mark}{query}")
}

/// The parameters of a place that have an example.
fn with_examples<'a>(
    operation: &Operation<'a>,
    place: &'static str,
) -> impl Iterator<Item = (&'a Value, String)> {
    operation.parameters().iter().filter(move |parameter| parameter["in"] == place).filter_map(|parameter| {
        let example = parameter.get("example").or_else(|| parameter["schema"].get("example"))?;
        Some((parameter, example.as_str().map_or_else(|| example.to_string(), ToOwned::to_owned)))
    })
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,=".contains(c);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::schemas::Schemas;
    use super::*;

    fn examples_of(method: &str, path: &str, described: &Value) -> Vec<String> {
        let document = json!({});
        let schemas = Schemas::of(&document);
        let operation = Operation { method: method.to_owned(), path, described, schemas };
        examples(&operation, "https://chat.example.org")
    }

    #[test]
    fn an_address_has_the_examples_of_its_parameters() {
        let described = json!({ "parameters": [
            { "name": "groupId", "in": "path", "schema": {}, "example": 3 },
            { "name": "q", "in": "query", "schema": { "example": "kopi & teh" } },
            { "name": "before", "in": "query", "schema": {} },
            { "name": "Upload-Offset", "in": "header", "schema": {}, "example": 0 },
        ] });
        let expected = "curl 'https://chat.example.org/api/v1/groups/3?q=kopi+%26+teh' \\\n  \
                        -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'Upload-Offset: 0'";
        assert_eq!(examples_of("GET", "/groups/{groupId}", &described), [expected]);
    }

    #[test]
    fn each_form_of_a_body_has_an_example() {
        let described = json!({ "security": [{}], "requestBody": { "content": {
            "application/json": { "example": { "content": "it's" } },
            "multipart/form-data": { "schema": { "properties": {
                "content": { "type": "string" },
                "attachment": { "type": "string", "format": "binary" },
            } } },
            "application/octet-stream": {},
        } } });
        let address = "https://chat.example.org/api/v1/hooks";
        let expected = [
            format!(
                r#"curl {address} \
  -H 'Content-Type: application/json' \
  -d '{{"content":"it'\''s"}}'"#
            ),
            format!("curl {address} \\\n  -F 'content=it'\\''s' \\\n  -F attachment=@FILE"),
            format!(
                "curl {address} \\\n  -H 'Content-Type: application/octet-stream' \\\n  --data-binary @FILE"
            ),
        ];
        assert_eq!(examples_of("POST", "/hooks", &described), expected);
    }
}
