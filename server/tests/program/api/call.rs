//! Calls of REST operations, as their description gives them.

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;

use super::world::{DIRECT, DIRECT_MESSAGE, FRIENDSHIP};

/// An operation of the description.
#[derive(Clone)]
pub struct Operation {
    /// `POST /groups/{groupId}/messages`
    pub name: String,
    pub method: Method,
    pub path: String,
    pub described: Value,
}

/// All operations, in the order of the description.
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, described) in item.as_object().unwrap() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let name = format!("{method} {path}");
            all.push(Operation { name, method, path: path.clone(), described: described.clone() });
        }
    }
    all
}

impl Operation {
    /// Whether one can call it without being signed in.
    pub fn is_public(&self) -> bool {
        self.described["security"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == &serde_json::json!({})))
    }

    /// The documented example. With `blocked`, between two of whom one has blocked the other.
    pub fn example(&self, http: &Client, origin: &str, blocked: bool) -> RequestBuilder {
        let (mut path, mut query) = (self.path.clone(), Vec::new());
        for parameter in self.described["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let example = parameter.get("example").or_else(|| parameter["schema"].get("example"));
            let in_path = parameter["in"] == "path";
            let Some(example) = example else {
                assert!(!in_path, "{}: {name} has no example", self.name);
                continue;
            };
            let value = match (blocked, name) {
                (true, "groupId") => DIRECT.to_string(),
                (true, "messageId") => DIRECT_MESSAGE.to_string(),
                (true, "friendshipId") => FRIENDSHIP.to_string(),
                (true, "userId") => "1".to_owned(),
                _ => example.as_str().map_or_else(|| example.to_string(), ToOwned::to_owned),
            };
            if in_path {
                path = path.replace(&format!("{{{name}}}"), &value);
            } else if parameter["in"] == "query" {
                query.push((name.to_owned(), value));
            }
        }
        let request = http.request(self.method.clone(), format!("{origin}/api/v1{path}")).query(&query);
        self.with_body(request, blocked)
    }

    fn with_body(&self, request: RequestBuilder, blocked: bool) -> RequestBuilder {
        let content = &self.described["requestBody"]["content"];
        if let Some(json) = content.get("application/json") {
            let mut body = json["example"].clone();
            assert!(!body.is_null(), "{}: no example of the body", self.name);
            if blocked && let Some(members) = body.as_object_mut() {
                for (name, value) in members {
                    match name.as_str() {
                        "userId" => *value = 1.into(),
                        "userIds" | "memberIds" => *value = serde_json::json!([1]),
                        "groupId" => *value = DIRECT.0.into(),
                        "messageId" => *value = DIRECT_MESSAGE.0.into(),
                        _ => {}
                    }
                }
            }
            return request.json(&body);
        }
        if content.get("multipart/form-data").is_some() {
            let part = Part::bytes(PNG.to_vec()).file_name("titik.png");
            return request.multipart(Form::new().part("avatar", part));
        }
        match content.get("application/octet-stream") {
            Some(bytes) => request.body(bytes["example"].as_str().unwrap().to_owned()),
            None => request,
        }
    }
}

/// Sends a request with somebody's token.
pub async fn send(request: RequestBuilder, token: Option<&str>) -> Response {
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.unwrap()
}

/// One grey dot.
pub const PNG: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42,
    0x60, 0x82,
];
