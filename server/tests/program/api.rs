//! The API: every operation with its example, and who may do what on every door.

mod call;
mod catalogue;
mod examples;
mod rest;
mod rights;
mod world;
