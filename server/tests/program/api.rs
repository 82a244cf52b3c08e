//! The API: every operation with its example, and who may do what on every door.

mod call;
mod catalogue;
mod doors;
mod examples;
mod frames;
mod friendships;
mod groups;
mod people;
mod program;
mod rest;
mod rights;
mod schemathesis;
mod status;
mod world;
