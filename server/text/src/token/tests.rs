use proptest::prelude::*;

use super::*;

fn deed(line: &str) -> Deed<'_> {
    match parse(line).unwrap() {
        Request::With { token, deed } => {
            assert_eq!(token, "abc");
            deed
        }
        Request::Auth { .. } => panic!("{line}"),
    }
}

#[test]
fn the_eight_requests_of_the_seed_are_known() {
    assert_eq!(
        REQUESTS.join(", "),
        "AUTH, SEND MESSAGE, SEND GROUP MESSAGE, SEND FILE, SEND GROUP FILE, MY FILE, INBOX, DOWNLOAD FILE"
    );
    for name in REQUESTS {
        assert!(matches!(parse(name), Err(Rejected::Malformed(_))), "{name}");
        assert_eq!(parse(&format!("{name}S abc")), Err(Rejected::Unknown));
        assert_eq!(parse(&name.to_lowercase()), Err(Rejected::Unknown));
    }
    for unknown in
        ["SEND", "SEND  MESSAGE abc oleh halo", "SEND GROUP", "MY", "DOWNLOAD", "LOGOUT", "SEND_FILE"]
    {
        assert_eq!(parse(unknown), Err(Rejected::Unknown), "{unknown}");
    }
}

#[test]
fn the_last_parameter_takes_the_rest() {
    assert_eq!(
        deed("SEND MESSAGE abc oleh halo, \"Oleh\"!"),
        Deed::SendMessage { user: "oleh".into(), text: "halo, \"Oleh\"!" }
    );
    assert_eq!(
        deed("SEND GROUP MESSAGE abc \"Kopi pagi\" halo"),
        Deed::SendGroupMessage { group: "Kopi pagi".into(), text: "halo" }
    );
    let name = || "foto pantai.jpg".into();
    assert_eq!(
        deed("DOWNLOAD FILE abc oleh foto pantai.jpg"),
        Deed::DownloadFile { user: "oleh".into(), name: name() }
    );
    let content = Content::parse("aGFsbw==").unwrap();
    assert_eq!(
        deed("SEND FILE abc oleh \"foto pantai.jpg\" aGFsbw=="),
        Deed::SendFile { user: "oleh".into(), name: name(), content }
    );
    assert_eq!(deed("INBOX abc SEMUA"), Deed::Inbox { all: true });
    assert_eq!(deed("INBOX abc"), Deed::Inbox { all: false });
    // Clients put a blank before the end.
    for line in ["INBOX abc", "INBOX abc SEMUA", "MY FILE abc", "SEND FILE abc oleh a.txt aGFsbw=="] {
        assert_eq!(deed(&format!("{line} ")), deed(line), "{line}");
    }
}

#[test]
fn what_is_not_base64_is_said_to_be_so() {
    for bad in ["aGFsbw", "aGFs bw==", "%", "\"aGFsbw==\"", "aGFsbw== a"] {
        let line = format!("SEND FILE abc oleh a.txt {bad}");
        assert_eq!(parse(&line), Err(Rejected::BadContent(Verb::SendFile)), "{line}");
    }
    assert_eq!(parse("SEND GROUP FILE abc Kopi a.txt"), Err(Rejected::Malformed(Verb::SendGroupFile)));
}

#[test]
fn the_token_of_a_long_line_stands_in_its_beginning() {
    assert_eq!(file_token(b"SEND FILE abc oleh a.txt AAAA"), Some("abc"));
    assert_eq!(file_token(b"SEND GROUP FILE abc"), Some("abc"));
    for none in
        [&b"SEND MESSAGE abc oleh halo"[..], b"SEND FILES abc", b"SEND FILE", b"SEND FILE \xff a", b""]
    {
        assert_eq!(file_token(none), None);
    }
}

proptest! {
    #[test]
    fn what_is_read_is_written_as_it_was_meant(line in "(AUTH|SEND MESSAGE|SEND GROUP MESSAGE|SEND FILE|SEND GROUP FILE|MY FILE|INBOX|DOWNLOAD FILE)( [\"a-cA=]{0,8}){0,5}( SEMUA)?") {
        if let Ok(request) = parse(&line) {
            let written = request.to_string();
            prop_assert_eq!(parse(&written), Ok(request.clone()), "{}", written);
        }
    }

    #[test]
    fn any_text_is_taken_or_refused(line in "\\PC{0,60}") {
        let _ = parse(&line);
    }
}
