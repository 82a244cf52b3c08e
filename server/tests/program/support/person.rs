//! Somebody who uses a server by HTTP.

use std::net::{IpAddr, Ipv4Addr};

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

use super::Socket;

/// Long enough for every rule.
pub const PASSWORD: &str = "kunci rahasia";

/// A signed-in user and their one browser.
#[derive(Clone)]
pub struct Person {
    pub id: i64,
    pub cookie: String,
    origin: String,
    http: Client,
}

impl Person {
    /// Registers, as the form does.
    pub async fn join(origin: &str, username: &str) -> Self {
        Self::join_from(origin, username, Ipv4Addr::LOCALHOST).await
    }

    /// The same from another address of the host.
    pub async fn join_from(origin: &str, username: &str, from: Ipv4Addr) -> Self {
        let account =
            json!({ "account": { "username": username, "password": PASSWORD, "nickname": username } });
        Self::enter(origin, "register", account, from).await
    }

    /// Signs in once more, elsewhere.
    pub async fn sign_in(origin: &str, username: &str) -> Self {
        let known = json!({ "login": username, "password": PASSWORD });
        Self::enter(origin, "sign_in", known, Ipv4Addr::LOCALHOST).await
    }

    async fn enter(origin: &str, function: &str, arguments: Value, from: Ipv4Addr) -> Self {
        // The server may be another process.
        sapa::application::use_ring();
        let http = Client::builder().local_address(IpAddr::from(from)).build().unwrap();
        let mut person = Self { id: 0, cookie: String::new(), origin: origin.to_owned(), http };
        let response = person.posts(function, &arguments).await;
        assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
        let line = response.headers()[SET_COOKIE].to_str().unwrap();
        person.cookie = line.split(';').next().unwrap().to_owned();
        person.id = person.calls("me", json!({})).await["user"]["id"].as_i64().unwrap();
        person
    }

    /// The same person and session, where the house is now.
    pub fn elsewhere(&self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self.clone() }
    }

    /// Calls a server function; gives the whole answer.
    pub async fn posts(&self, function: &str, arguments: &Value) -> Response {
        let mut request =
            self.http.post(format!("{}/rpc/{function}", self.origin)).header(ORIGIN, &self.origin);
        if !self.cookie.is_empty() {
            request = request.header(COOKIE, &self.cookie);
        }
        request.json(arguments).send().await.unwrap()
    }

    /// Sends a text over REST.
    pub async fn sends(&self, room: i64, text: &str) -> Response {
        self.http
            .post(format!("{}/api/v1/groups/{room}/messages", self.origin))
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie)
            .json(&json!({ "content": text }))
            .send()
            .await
            .unwrap()
    }

    /// Sends bytes to an address.
    pub async fn puts(&self, path: &str, body: impl Into<reqwest::Body>) -> reqwest::Result<Response> {
        self.http
            .put(format!("{}{path}", self.origin))
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie)
            .body(body)
            .send()
            .await
    }

    /// Fetches a file, or some bytes of it.
    pub async fn gets(&self, path: &str, range: Option<&str>) -> Response {
        let range = range.map(|range| ("range", range));
        self.asks(Method::GET, path, range.as_slice()).await
    }

    /// Asks for a file with these headers.
    pub async fn asks(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
        let request =
            self.http.request(method, format!("{}{path}", self.origin)).header(COOKIE, &self.cookie);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.send().await.unwrap()
    }

    /// Calls a server function that must succeed.
    pub async fn calls(&self, function: &str, arguments: Value) -> Value {
        let response = self.posts(function, &arguments).await;
        let (status, body) = (response.status(), response.text().await.unwrap());
        assert_eq!(status, 200, "{function}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Asks, is accepted, and finds the room of the two.
    pub async fn befriends(&self, other: &Self) -> i64 {
        self.calls("ask", json!({ "user": other.id })).await;
        other.calls("accept", json!({ "user": self.id })).await;
        self.calls("open_direct", json!({ "user": other.id })).await["room"]["id"].as_i64().unwrap()
    }

    /// Makes a group with these people in it.
    pub async fn founds(&self, name: &str, members: &[&Self]) -> i64 {
        let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
        let group = json!({ "group": { "name": name, "hue": 30, "memberIds": ids } });
        self.calls("create_group", group).await["room"]["id"].as_i64().unwrap()
    }

    /// The texts of a room's newest page.
    pub async fn reads(&self, room: i64) -> Vec<String> {
        let page = self.calls("history", json!({ "room": room, "from": "latest" })).await;
        let messages = page["messages"].as_array().unwrap();
        messages
            .iter()
            .filter_map(|message| message["body"]["text"]["text"].as_str().map(ToOwned::to_owned))
            .collect()
    }

    /// Opens the live connection and hears its `Hello`.
    pub async fn connects(&self) -> Socket {
        let mut socket = Socket::open(&self.origin, Some(&self.origin), &self.cookie).await.unwrap();
        assert_eq!(socket.event("hello").await["userId"], self.id);
        socket
    }
}
