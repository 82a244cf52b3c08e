//! A program that asks over REST.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;

use crate::support::TestApp;

/// A program with a token; with an empty one it asks as nobody.
pub struct Program {
    pub http: Client,
    pub token: String,
    origin: String,
}

impl Program {
    pub fn new(app: &TestApp, token: &str) -> Self {
        Self { http: Client::new(), token: token.to_owned(), origin: app.origin.clone() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}/api/v1{path}", self.origin));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }

    pub async fn gets(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub async fn sends(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        answer(self.request(method, path).json(&body)).await
    }

    pub async fn posts(&self, path: &str, body: Value) -> (StatusCode, Value) {
        self.sends(Method::POST, path, body).await
    }
}

/// What is answered: the status, and the JSON of the body.
pub async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let (status, _, body) = whole(request).await;
    (status, body)
}

/// The same with the headers.
pub async fn whole(request: RequestBuilder) -> (StatusCode, HeaderMap, Value) {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
}
