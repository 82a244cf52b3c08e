//! The rules of Sapa.
