//! Whatever a file holds, going through it ends, moves nothing and fails for nothing but what it holds. The first
//! byte says what may be said in it.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use sapa_media::{Fault, Said, film};

fuzz_target!(|data: &[u8]| {
    let [said, bytes @ ..] = data else { return };
    let said = if said % 2 == 0 { Said::Nothing } else { Said::Titles };
    let mut file = Cursor::new(bytes.to_vec());
    let found = film(&mut file, said);
    assert!(!matches!(found, Err(Fault::Io(_))));
    assert_eq!(file.get_ref().len(), bytes.len());
});
