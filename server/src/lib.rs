//! The program around the domain: settings, HTTP, WebSocket, plain text, background jobs, the command line.
//!
//! It translates and never decides: each door turns a request into one call of `sapa_domain`.

pub mod application;
mod avatars;
mod calendar;
pub mod cli;
mod compression;
pub mod config;
mod cors;
mod data_dir;
mod drawing;
mod files;
mod forms;
mod headers;
pub mod http;
mod jobs;
mod log;
mod origin;
mod pace;
mod page;
mod problem;
mod public;
mod rates;
pub mod rest;
mod router;
mod seats;
mod session;
mod site;
mod state;
mod tagged;
pub mod text;
mod webhooks;
mod websocket;

pub use application::Application;
pub use config::Config;
pub use pace::Waits;
pub use page::server_functions;
