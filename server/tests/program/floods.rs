//! Strangers who take and hold what they can: everybody else is served all the while.

mod full;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures::future::join_all;
use reqwest::Client;
use sapa::http::Times;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::support::terminal::{error, ok};
use crate::support::{Binary, PASSWORD, Person, Socket, Terminal, TestApp};

/// Longer than anything that is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// An answer that takes longer while others misbehave is a fault, even on a busy machine.
const SOON: Duration = Duration::from_secs(2);

/// A connection from the host `127.0.0.n`, over which this has been said.
async fn stranger(n: u8, to: SocketAddr, says: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, n), 0))).unwrap();
    let mut stream = socket.connect(to).await.unwrap();
    // It may have been ended already.
    let _ = stream.write_all(says.as_bytes()).await;
    stream
}

async fn strangers(count: usize, n: u8, to: SocketAddr, says: &str) -> Vec<TcpStream> {
    join_all((0..count).map(|_| stranger(n, to, says))).await
}

fn address(origin: &str) -> SocketAddr {
    origin.trim_start_matches("http://").parse().unwrap()
}

/// What comes until the server closes.
async fn hears_out(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    // A connection that is cut has ended too.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut heard)).await.expect("it stays open");
    String::from_utf8_lossy(&heard).into_owned()
}

/// Those that the server has not closed.
fn open(streams: &[TcpStream]) -> usize {
    let is_open = |stream: &&TcpStream| {
        let read = stream.try_read(&mut [0; 512]);
        matches!(read, Ok(1..)) || read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    };
    streams.iter().filter(is_open).count()
}

/// Waits until so many are left open, or fewer.
async fn are_left(streams: &[TcpStream], most: usize) {
    let start = Instant::now();
    while open(streams) > most {
        assert!(start.elapsed() < PATIENCE, "{} are open", open(streams));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How long the slowest but one in a hundred of these sends takes to be acknowledged.
async fn p99_of_sends(socket: &mut Socket, room: i64, first: u64) -> Duration {
    let mut took = Vec::new();
    for number in first..first + 100 {
        let start = Instant::now();
        socket.sends(room, number, "halo").await;
        took.push(start.elapsed());
    }
    took.sort_unstable();
    println!("median {:?}, p99 {:?}", took[50], took[98]);
    took[98]
}

async fn page_loads(origin: &str) {
    let start = Instant::now();
    // A connection of its own, as somebody has who comes now.
    let page = Client::new().get(format!("{origin}/sign-in")).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

fn short(change: impl FnOnce(&mut Times)) -> Times {
    let mut times = Times::default();
    change(&mut times);
    times
}

#[tokio::test]
async fn connections_that_ask_for_nothing_are_ended() {
    let times = short(|times| {
        times.head = Duration::from_millis(400);
        times.idle = Duration::from_millis(800);
    });
    let app = TestApp::start_bounded(&[], times).await;
    let to = address(&app.origin);
    let start = Instant::now();
    let mut all = strangers(20, 2, to, "").await;
    all.extend(strangers(20, 2, to, "GET /healthz HTTP/1.1\r\nHo").await);
    let kept = strangers(20, 2, to, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let halves = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /hea";
    let mut trickle = stranger(2, to, halves).await;
    let trickles = async {
        // A byte now and then is not enough.
        while trickle.write_all(b"l").await.is_ok() {
            assert!(start.elapsed() < PATIENCE);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::join!(are_left(&all, 0), trickles);
    are_left(&kept, 0).await;
    assert!(start.elapsed() >= times.idle);
    app.stop().await;
}

#[tokio::test]
async fn an_address_keeps_no_more_connections_than_it_may() {
    let app = TestApp::start_with(&["--connections", "64", "--connections-address", "16"]).await;
    let (to, sari) = (address(&app.origin), app.joins("sari").await);
    let idle = strangers(200, 2, to, "").await;
    // And the spare ones, for a moment.
    are_left(&idle, 16 + 16).await;
    // Those of many addresses take all seats that there are, and give way.
    let mut many = Vec::new();
    for n in 3..9 {
        many.extend(strangers(16, n, to, "GET / HTTP/1.1\r\nHo").await);
        page_loads(&app.origin).await;
    }
    many.extend(idle);
    are_left(&many, 64 + 16).await;
    assert_eq!(sari.calls("me", json!({})).await["user"]["id"], sari.id);
}

#[tokio::test]
async fn where_all_connections_are_busy_health_is_told_and_the_rest_put_off() {
    // A proxy's address is not capped, and is not the host's own.
    let flags = ["--connections", "16", "--connections-address", "1", "--trusted-proxy", "127.0.0.1"];
    let app = TestApp::start_with(&flags).await;
    let to = address(&app.origin);
    let announced = "POST /rpc/sign_in HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";
    let mut busy = strangers(16, 1, to, announced).await;
    let asks = async |path: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        hears_out(&mut stranger(1, to, &request).await).await
    };
    let start = Instant::now();
    loop {
        let page = asks("/sign-in").await;
        if page.starts_with("HTTP/1.1 503 ") {
            assert!(page.contains("retry-after: 5") && page.contains("unavailable"), "{page}");
            break;
        }
        // One of them was not busy yet, and gave way.
        assert!(start.elapsed() < PATIENCE, "{page:.99}");
        busy.push(stranger(1, to, announced).await);
    }
    for path in ["/healthz", "/readyz"] {
        assert!(asks(path).await.starts_with("HTTP/1.1 200 "), "{path}");
    }
    busy.clear();
    while !asks("/sign-in").await.starts_with("HTTP/1.1 200 ") {
        assert!(start.elapsed() < PATIENCE);
    }
}

#[tokio::test]
async fn bodies_that_never_come_hold_nothing_of_others() {
    let app = TestApp::start_bounded(&[], short(|times| times.body = Duration::from_secs(3))).await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut socket = sari.connects().await;
    let to = address(&app.origin);
    let announced = "POST /rpc/sign_in HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n{";
    let mut slow = strangers(600, 2, to, announced).await;
    page_loads(&app.origin).await;
    assert!(p99_of_sends(&mut socket, room, 1).await < SOON);
    let told = timeout(PATIENCE, join_all(slow.iter_mut().map(hears_out))).await.unwrap();
    for answer in told {
        assert!(answer.starts_with("HTTP/1.1 422 ") && answer.contains("in time"), "{answer}");
    }
}

#[tokio::test]
async fn pages_that_a_stranger_asks_for_keep_nobodys_sends_waiting() {
    // What is looked at here is not the count of requests, which would end this soon.
    let app = TestApp::start_with(&["--rate-address", "1000000"]).await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut socket = sari.connects().await;
    let settings = json!({ "settings": { "name": "Kopi", "handle": "kopi" } });
    let channel = sari.calls("create_channel", settings).await["room"]["id"].as_i64().unwrap();
    for number in 1..=21 {
        socket.sends(channel, number, &"*kopi* https://example.org/?a&b _teh_ ".repeat(90)).await;
    }
    let from = Ipv4Addr::new(127, 0, 0, 2);
    let stranger = Client::builder().local_address(std::net::IpAddr::from(from)).build().unwrap();
    let answers = Arc::new(Mutex::new(Vec::new()));
    let flood = (0..100).map(|number| {
        let path = ["/c/kopi?before=999", "/c/kopi", "/sign-in"][number % 3];
        let request = stranger.get(format!("{}{path}", app.origin));
        let answers = answers.clone();
        tokio::spawn(async move {
            while let Ok(answer) = request.try_clone().unwrap().send().await {
                let (status, later) =
                    (answer.status().as_u16(), answer.headers().contains_key("retry-after"));
                let _ = answer.bytes().await;
                answers.lock().unwrap().push((status, later));
            }
        })
    });
    let flood: Vec<_> = flood.collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let p99 = p99_of_sends(&mut socket, room, 100).await;
    page_loads(&app.origin).await;
    flood.iter().for_each(tokio::task::JoinHandle::abort);
    assert!(p99 < SOON, "{p99:?}");
    let mut told: BTreeMap<(u16, bool), usize> = BTreeMap::new();
    for answer in answers.lock().unwrap().drain(..) {
        *told.entry(answer).or_default() += 1;
    }
    // Whoever is refused is told when to come again.
    let is_known = |answer: &(u16, bool)| matches!(answer, (200, false) | (429 | 503, true));
    assert!(told.contains_key(&(200, false)) && told.keys().all(is_known), "{told:?}");
}

#[tokio::test]
async fn strangers_get_so_many_pages_a_minute() {
    let app = TestApp::start_with(&["--rate-address", "75"]).await;
    let statuses = join_all((0..12).map(|_| async {
        Client::new().get(format!("{}/sign-in", app.origin)).send().await.unwrap().status().as_u16()
    }));
    let refused = statuses.await.iter().filter(|status| **status == 429).count();
    assert!((1..=7).contains(&refused), "{refused}");
    app.stop().await;
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_refused_at_once() {
    let app = TestApp::start().await;
    let to = address(&app.origin);
    let start = Instant::now();
    for path in ["/rpc/sign_in", "/api/v1/login", "/api/v1/me"] {
        for size in ["65537", "9223372036854775807"] {
            let request = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n{{");
            let answer = hears_out(&mut stranger(2, to, &request).await).await;
            assert!(answer.starts_with("HTTP/1.1 413 "), "{path} {size}: {answer}");
        }
    }
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    app.stop().await;
}

#[tokio::test]
async fn a_body_must_keep_moving() {
    // For its next piece, and on the whole.
    for times in [
        short(|times| times.read.piece = Duration::from_millis(500)),
        short(|times| times.read.slack = Duration::from_millis(500)),
    ] {
        a_trickle_is_ended(times).await;
    }
}

async fn a_trickle_is_ended(times: Times) {
    let app = TestApp::start_bounded(&[], times).await;
    let sari = app.joins("sari").await;
    let to = address(&app.origin);
    let head = format!(
        "PUT /avatar HTTP/1.1\r\nHost: {to}\r\nOrigin: {}\r\nCookie: {}\r\nContent-Length: 99999\r\n\r\n",
        app.origin, sari.cookie
    );
    let mut slow = stranger(2, to, &head).await;
    let start = Instant::now();
    // A byte now and then is not enough.
    while slow.write_all(b"x").await.is_ok() && open(std::slice::from_ref(&slow)) > 0 {
        assert!(start.elapsed() < PATIENCE, "it goes on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_form_is_read_no_further_than_a_field_that_does_not_begin() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let to = address(&app.origin);
    let head = format!(
        "POST /api/v1/avatar HTTP/1.1\r\nHost: {to}\r\nOrigin: {}\r\nCookie: {}\r\n\
        Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 999999999\r\n\r\n",
        app.origin, sari.cookie
    );
    for begin in ["", "--x\r\nContent-Disposition: "] {
        let mut stream = stranger(2, to, &format!("{head}{begin}")).await;
        let (mut hears, mut says) = stream.split();
        let pours = async {
            let mut mib = 0;
            while says.write_all(&vec![b'a'; 1 << 20]).await.is_ok() {
                mib += 1;
                assert!(mib < 32, "all of it is taken");
            }
        };
        let mut answer = [0; 2048];
        tokio::select! {
            read = timeout(PATIENCE, hears.read(&mut answer)) => {
                let answer = String::from_utf8_lossy(&answer[..read.unwrap().unwrap()]);
                assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("before a field"), "{answer}");
            }
            // It may be closed before the answer is read.
            () = pours => {}
        }
    }
}

#[tokio::test]
async fn one_account_with_slow_uploads_keeps_nobody_from_theirs() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let mut socket = oleh.connects().await;
    let to = address(&app.origin);
    let head = format!(
        "PUT /avatar HTTP/1.1\r\nHost: {to}\r\nOrigin: {}\r\nCookie: {}\r\nContent-Length: 999\r\n\r\nx",
        app.origin, sari.cookie
    );
    let slow = strangers(100, 2, to, &head).await;
    // Sixteen come in, thirty-two wait, and the rest are told when to come again.
    let mut told = Vec::new();
    let start = Instant::now();
    while told.len() < 52 {
        assert!(start.elapsed() < PATIENCE, "{}", told.len());
        tokio::time::sleep(Duration::from_millis(20)).await;
        told.extend(slow.iter().filter_map(|stream| {
            let mut answer = [0; 2048];
            let read = stream.try_read(&mut answer).ok().filter(|read| *read > 0)?;
            Some(String::from_utf8_lossy(&answer[..read]).into_owned())
        }));
    }
    assert!(told.iter().all(|answer| answer.starts_with("HTTP/1.1 429 ")), "{told:?}");
    page_loads(&app.origin).await;
    let announced = oleh.calls("announce_upload", json!({ "upload": { "name": "a.txt", "size": 4 } })).await;
    let sent = oleh.puts(&format!("/files/{announced}"), "halo").await.unwrap();
    assert_eq!(sent.status(), 200);
    assert!(p99_of_sends(&mut socket, room, 1).await < SOON);
}

#[tokio::test]
async fn a_download_that_stands_still_is_ended() {
    const SIZE: usize = 8 << 20;
    let app =
        TestApp::start_bounded(&[], short(|times| times.write.piece = Duration::from_millis(700))).await;
    let sari = app.joins("sari").await;
    let upload = json!({ "upload": { "name": "a.bin", "size": SIZE } });
    let id = sari.calls("announce_upload", upload).await;
    let file: Value =
        sari.puts(&format!("/files/{id}"), vec![b'a'; SIZE]).await.unwrap().json().await.unwrap();
    let path = format!("/files/{id}/{}/original", file["key"].as_str().unwrap());
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: a\r\nCookie: {}\r\nConnection: close\r\n\r\n", sari.cookie);
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut stopped = socket.connect(address(&app.origin)).await.unwrap();
    stopped.write_all(request.as_bytes()).await.unwrap();
    let mut head = [0; 12];
    stopped.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    // Ended while nothing is read: what is left then in the network is little of it.
    let mut rest = Vec::new();
    let start = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if stopped.write_all(b"x").await.is_err() {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "it stands");
    }
    let _ = stopped.read_to_end(&mut rest).await;
    assert!(rest.len() < SIZE / 2, "{}", rest.len());
    let whole = sari.gets(&path, None).await.bytes().await.unwrap();
    assert_eq!(whole.len(), SIZE);
}

#[tokio::test]
async fn with_few_descriptors_the_house_stands() {
    let data = tempfile::tempdir().unwrap();
    let mut command = Binary::command_after("ulimit -n 256");
    command.args(["--tcp-addr", "127.0.0.1:0"]);
    let (binary, announced) = Binary::serve_and_tell(command, data.path(), 2);
    let tcp: SocketAddr = announced[1].rsplit(' ').next().unwrap().parse().unwrap();
    let sari = Person::join(&binary.origin, "sari").await;
    let mut idle = strangers(300, 2, address(&binary.origin), "GET / HTTP/1.1\r\n").await;
    for n in 3..30 {
        idle.extend(strangers(10, n, tcp, "AUTH ").await);
    }
    page_loads(&binary.origin).await;
    assert_eq!(sari.calls("me", json!({})).await["user"]["id"], sari.id);
    let oleh = Person::join(&binary.origin, "oleh").await;
    let room = sari.befriends(&oleh).await;
    oleh.connects().await.sends(room, 1, "halo").await;
    // All seats are taken by those who say nothing: the idlest gives way, once it was quiet for a moment.
    let start = Instant::now();
    let mut terminal = loop {
        let mut terminal = Terminal::connect(tcp).await;
        if terminal.says(&format!("AUTH sari {PASSWORD}")).await == ok("autentikasi berhasil") {
            break terminal;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "no seat for who comes again");
    };
    assert_eq!(terminal.says("X").await, error("request tidak dikenali"));
    are_left(&idle, 128).await;
}
