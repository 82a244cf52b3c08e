//! A line is a request or is refused; a request that is written is read as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sapa_text::session::parse;

fuzz_target!(|line: &str| {
    if let Ok(request) = parse(line) {
        let written = request.to_string();
        assert_eq!(parse(&written), Ok(request), "{written}");
    }
});
