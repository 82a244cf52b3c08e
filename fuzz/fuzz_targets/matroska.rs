//! Whatever a file holds, going through it ends, moves nothing and fails for nothing but what it holds.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use sapa_media::{Fault, matroska};

fuzz_target!(|data: &[u8]| {
    let mut file = Cursor::new(data.to_vec());
    let found = matroska(&mut file);
    assert!(!matches!(found, Err(Fault::Io(_))));
    assert_eq!(file.get_ref().len(), data.len());
});
