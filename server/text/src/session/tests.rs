use proptest::prelude::*;

use super::*;

#[test]
fn the_seven_requests_of_the_seed_and_three_readings_are_known() {
    assert_eq!(
        REQUESTS.join(" "),
        "AUTH LOGOUT SEND SEND_GROUP SEND_FILE SEND_GROUP_FILE REGISTER INBOX MY_FILE DOWNLOAD_FILE"
    );
    for name in REQUESTS {
        assert_ne!(parse(name).err(), Some(Rejected::Unknown), "{name}");
        for unknown in
            [name.to_lowercase(), format!(" {name}"), format!("{name}X a b"), format!("\"{name}\" a")]
        {
            assert_eq!(parse(&unknown), Err(Rejected::Unknown), "{unknown}");
        }
    }
}

#[test]
fn the_last_parameter_takes_the_rest() {
    assert_eq!(
        parse("SEND oleh  halo \"Oleh\" "),
        Ok(Request::Send { user: "oleh".into(), text: " halo \"Oleh\" " })
    );
    assert_eq!(
        parse("SEND_GROUP \"Kopi pagi\" halo semua"),
        Ok(Request::SendGroup { group: "Kopi pagi".into(), text: "halo semua" })
    );
    assert_eq!(
        parse("REGISTER sari \"kunci rahasia\" \"South Korea\" Sari Dewi"),
        Ok(Request::Register {
            username: "sari".into(),
            password: "kunci rahasia".into(),
            country: "South Korea".into(),
            nickname: "Sari Dewi"
        })
    );
}

#[test]
fn a_third_word_is_the_file_if_it_is_base64() {
    let sent = |line| match parse(line) {
        Ok(Request::SendFile { name, content, .. }) => {
            Ok((name.into_owned(), content.map(|content| content.as_str().to_owned())))
        }
        Ok(other) => panic!("{other:?}"),
        Err(rejected) => Err(rejected),
    };
    let good = |name: &str, content: Option<&str>| Ok((name.to_owned(), content.map(ToOwned::to_owned)));
    assert_eq!(sent("SEND_FILE oleh a.txt"), good("a.txt", None));
    assert_eq!(sent("SEND_FILE oleh a.txt aGFsbw=="), good("a.txt", Some("aGFsbw==")));
    assert_eq!(sent("SEND_FILE oleh \"a b.txt\" aGFsbw=="), good("a b.txt", Some("aGFsbw==")));
    assert_eq!(sent("SEND_FILE oleh \"a b.txt\""), good("a b.txt", None));
    assert_eq!(sent("SEND_FILE oleh foto dari pantai.jpg"), good("foto dari pantai.jpg", None));
    assert_eq!(sent("SEND_FILE oleh \"a b.txt\" aGFsbw"), Err(Rejected::BadContent(Verb::SendFile)));
    assert_eq!(sent("SEND_FILE oleh"), Err(Rejected::Malformed(Verb::SendFile)));
}

#[test]
fn only_a_request_with_a_file_may_be_long() {
    for long in ["SEND_FILE oleh a.txt AAAA", "SEND_GROUP_FILE a"] {
        assert!(carries_file(long.as_bytes()), "{long}");
    }
    for short in ["SEND_FILE", "SEND_FILES a", "SEND oleh a", "AUTH a b", ""] {
        assert!(!carries_file(short.as_bytes()), "{short}");
    }
}

#[test]
fn what_is_missing_or_too_much_is_malformed() {
    for (line, verb) in [
        ("AUTH", Verb::Auth),
        ("AUTH sari", Verb::Auth),
        ("AUTH sari ", Verb::Auth),
        ("AUTH  sari rahasia", Verb::Auth),
        ("LOGOUT now", Verb::Logout),
        ("SEND oleh", Verb::Send),
        ("SEND \"oleh halo", Verb::Send),
        ("REGISTER sari rahasia ID", Verb::Register),
        ("INBOX semua", Verb::Inbox),
        ("MY_FILE a", Verb::MyFile),
        ("DOWNLOAD_FILE oleh", Verb::DownloadFile),
    ] {
        assert_eq!(parse(line), Err(Rejected::Malformed(verb)), "{line}");
    }
}

#[test]
fn a_blank_before_the_end_is_forgiven_where_it_cannot_be_meant() {
    for line in [
        "LOGOUT",
        "INBOX",
        "INBOX SEMUA",
        "MY_FILE",
        "DOWNLOAD_FILE oleh \"foto pantai.jpg\"",
        "SEND_FILE oleh a.txt",
        "SEND_FILE oleh a.txt aGFsbw==",
        "SEND_GROUP_FILE Kopi \"a b.txt\"",
        "SEND_GROUP_FILE Kopi \"a b.txt\" aGFsbw==",
    ] {
        for blanks in [" ", "  "] {
            assert_eq!(parse(&format!("{line}{blanks}")), parse(line), "{line}");
        }
    }
}

#[test]
fn a_request_shows_no_password() {
    let shown = format!("{:?}", parse("AUTH sari rahasia").unwrap());
    assert_eq!(shown, "Auth(…)");
}

proptest! {
    #[test]
    fn what_is_read_is_written_as_it_was_meant(line in "(AUTH|LOGOUT|SEND|SEND_GROUP|SEND_FILE|SEND_GROUP_FILE|REGISTER|INBOX|MY_FILE|DOWNLOAD_FILE)( [\"a-cA=]{0,8}){0,5}( SEMUA)?") {
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
