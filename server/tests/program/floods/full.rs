//! The same at full size, on the program with the settings that it has by default: `SAPA_FLOODS=full`, as `make soak`
//! sets it. Without that a small part of each. Others, from another address, send, show a picture and load pages
//! meanwhile; how long they wait is printed, and bounded where all of it is tried.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use image::{GrayImage, ImageFormat};
use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::*;

/// What others' sends may take, but for the slowest in a hundred.
const BOUND: Duration = Duration::from_millis(250);
/// Between two sends of others.
const PACE: Duration = Duration::from_millis(100);
/// Between two bytes of whoever is slow.
const TRICKLE: Duration = Duration::from_secs(15);

fn is_full() -> bool {
    std::env::var("SAPA_FLOODS").is_ok_and(|size| size == "full")
}

/// So many, or a small part of them.
fn some(full: usize) -> usize {
    if is_full() { full } else { full.div_ceil(10) }
}

/// The program, and two who use it from `127.0.0.1`.
struct Siege {
    binary: Binary,
    tcp: SocketAddr,
    to: SocketAddr,
    sari: Person,
    room: i64,
    picture: Vec<u8>,
    data: TempDir,
}

impl Siege {
    async fn new() -> Self {
        // Thousands of connections begin here.
        let _ = sapa::http::Descriptors::raise();
        let data = tempfile::tempdir().unwrap();
        let mut command = Binary::command();
        command.args(["--tcp-addr", "127.0.0.1:0"]);
        let (binary, announced) = Binary::serve_and_tell(command, data.path(), 2);
        let tcp = announced[1].rsplit(' ').next().unwrap().parse().unwrap();
        let (sari, oleh) =
            (Person::join(&binary.origin, "sari").await, Person::join(&binary.origin, "oleh").await);
        let room = sari.befriends(&oleh).await;
        let to = address(&binary.origin);
        Self { binary, tcp, to, sari, room, picture: png(40), data }
    }

    /// So many accounts of the host `127.0.0.n`.
    async fn accounts(&self, count: usize, n: u8) -> Vec<Person> {
        let mut accounts = Vec::new();
        for number in 0..count {
            let from = Ipv4Addr::new(127, 0, 0, n);
            let name = format!("heavy{n}x{number}");
            accounts.push(Person::join_from(&self.binary.origin, &name, from).await);
        }
        accounts
    }

    /// Fills a room with so many texts of this person, who has hidden the last sixth of them.
    async fn fills(&self, room: i64, writer: &Person, texts: usize) {
        let url = format!("sqlite://{}", self.data.path().join("sapa.db").display());
        let db = Database::connect(url).await.unwrap();
        let (sender, hidden) = (writer.id, texts / 6);
        db.execute_unprepared(&format!(
            "BEGIN IMMEDIATE;
            WITH RECURSIVE texts(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM texts WHERE number < {texts})
            INSERT INTO messages
                (room_id, sender_id, client_id, seq, position, number, kind, body, shadowed, created_at, comments)
            SELECT {room}, {sender}, 'text ' || number, last_seq + number, last_seq + number, number, 'text',
                'halo ' || number, FALSE, 1760000000000, 0
            FROM texts, rooms WHERE rooms.id = {room};
            UPDATE rooms SET last_seq = last_seq + {texts}, last_number = {texts} WHERE id = {room};
            INSERT INTO message_hides (user_id, message_id, room_id, seq)
            SELECT {sender}, id, room_id, seq FROM messages
            WHERE room_id = {room} AND number > {texts} - {hidden};
            COMMIT"
        ))
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    /// The head of a request to show a picture of oneself.
    fn shows(&self, who: &Person, bytes: usize) -> Vec<u8> {
        let Self { to, binary, .. } = self;
        format!(
            "PUT /avatar HTTP/1.1\r\nHost: {to}\r\nOrigin: {}\r\nCookie: {}\r\nContent-Length: {bytes}\r\n\r\n",
            binary.origin, who.cookie
        )
        .into_bytes()
    }

    /// Others go on for so long, on a thread of their own: what an attack takes of this one is not what they wait for.
    fn goes_on(&self, time: Duration) -> JoinHandle<[Vec<Duration>; 4]> {
        let (person, room) = (self.sari.clone(), self.room);
        let others =
            Others { person, room, origin: self.binary.origin.clone(), picture: self.picture.clone() };
        std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(others.go_on(time))
        })
    }

    /// Others go on while this is done to the house; tells the most memory that it took, in MiB.
    async fn stands(&self, what: &str, attack: JoinSet<()>) -> u64 {
        let time = Duration::from_secs(if is_full() { 60 } else { 3 });
        self.binary.forget_peak_memory();
        // Another house, which nobody attacks, says how busy the machine is besides.
        let calm = if is_full() { Some(Self::new().await) } else { None };
        let (others, calmly) = (self.goes_on(time), calm.as_ref().map(|calm| calm.goes_on(time)));
        let mut open = 0;
        while !others.is_finished() {
            open = open.max(self.binary.descriptors());
            sleep(PACE).await;
        }
        let [live, by_rest, pages, pictures] = others.join().expect("others are served");
        let calmly = calmly.map(|calmly| calmly.join().expect("others are served beside it"));
        let memory = self.binary.peak_memory_kib() / 1024;
        println!("{what}: at most {open} descriptors, {memory} MiB");
        let mut waits =
            vec![("live", &live), ("REST", &by_rest), ("page and readiness", &pages), ("picture", &pictures)];
        waits.extend(calmly.iter().map(|[live, ..]| ("live, in a house beside it", live)));
        for (name, took) in waits {
            let [median, p99, most] = [50, 99, 100].map(|part| share(took, part));
            println!("  {name}: {} of them, median {median:?}, p99 {p99:?}, longest {most:?}", took.len());
        }
        drop(attack);
        let bound = if is_full() { BOUND } else { 2 * SOON };
        for took in [live, by_rest] {
            assert!(share(&took, 99) < bound, "{what}");
        }
        memory
    }
}

/// Who has nothing to do with it.
struct Others {
    person: Person,
    room: i64,
    origin: String,
    picture: Vec<u8>,
}

impl Others {
    /// How long each send takes over the live connection and over REST, each page with a look at the readiness, and
    /// each picture.
    async fn go_on(self, time: Duration) -> [Vec<Duration>; 4] {
        let Self { person, room, origin, picture } = &self;
        let mut socket = person.connects().await;
        let live = times(time, PACE, async |number| drop(socket.sends(*room, number, "halo").await));
        let by_rest =
            times(time, PACE, async |_| assert_eq!(person.sends(*room, "halo").await.status(), 201));
        let pages = times(time, 10 * PACE, async |_| {
            page_loads(origin).await;
            let ready = Client::new().get(format!("{origin}/readyz")).send().await.unwrap();
            assert_eq!(ready.status(), 200);
        });
        let pictures = times(time, 10 * PACE, async |_| {
            let shown = person.puts("/avatar", picture.clone()).await.unwrap();
            assert_eq!(shown.status(), 200);
        });
        tokio::join!(live, by_rest, pages, pictures).into()
    }
}

/// How long this takes, again and again at a pace.
async fn times(time: Duration, pace: Duration, mut once: impl AsyncFnMut(u64)) -> Vec<Duration> {
    let (start, mut pace, mut took) = (Instant::now(), interval(pace), Vec::new());
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while start.elapsed() < time {
        pace.tick().await;
        let begun = Instant::now();
        once(took.len() as u64 + 1).await;
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    took
}

/// The longest but for those beyond so many in a hundred.
fn share(sorted: &[Duration], part: usize) -> Duration {
    sorted[(sorted.len() * part).div_ceil(100).max(1) - 1]
}

/// A picture with nothing on it, in a few bytes.
fn png(side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::new(side, side).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Somebody at `127.0.0.n` who says this, then a byte now and then, and comes again whenever they are sent away.
/// Answers are counted by their status.
async fn keeps_coming(n: u8, to: SocketAddr, says: Arc<Vec<u8>>, heard: Arc<[AtomicUsize; 6]>) {
    loop {
        let mut stream = stranger(n, to, "").await;
        let _ = stream.write_all(&says).await;
        let mut answer = [0; 2048];
        loop {
            tokio::select! {
                read = stream.read(&mut answer) => match read {
                    Ok(read @ 1..) => {
                        let hundreds = answer[..read].strip_prefix(b"HTTP/1.1 ").map(|rest| rest[0] - b'0');
                        if let Some(count) = hundreds.and_then(|at| heard.get(usize::from(at))) {
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    _ => break,
                },
                () = sleep(TRICKLE) => if stream.write_all(b"x").await.is_err() {
                    break;
                },
            }
        }
        sleep(Duration::from_secs(1)).await;
    }
}

#[derive(Default)]
struct Heard(Arc<[AtomicUsize; 6]>);

impl Drop for Heard {
    fn drop(&mut self) {
        let [_, _, ok, _, refused, busy] = &*self.0;
        println!("  those who did it heard {ok:?} x 2xx, {refused:?} x 4xx, {busy:?} x 5xx");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_are_announced_and_never_sent() {
    let (siege, heard) = (Siege::new().await, Heard::default());
    let says = Arc::new(b"POST /rpc/sign_in HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n{".to_vec());
    let mut attack = JoinSet::new();
    let (to, heard) = (siege.to, &heard.0);
    for number in 0..some(1_200) {
        let (says, heard) = (says.clone(), heard.clone());
        attack.spawn(async move {
            // At the rate that a stranger has.
            sleep(Duration::from_millis(50 * number as u64)).await;
            keeps_coming(2, to, says, heard).await;
        });
    }
    siege.stands("bodies announced, twenty a second", attack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uploads_come_byte_by_byte() {
    for accounts in [1, 30] {
        let (siege, heard) = (Siege::new().await, Heard::default());
        let heavy = siege.accounts(accounts, 2).await;
        let mut attack = JoinSet::new();
        for number in 0..some(512) {
            let mut says = siege.shows(&heavy[number % accounts], 999_999);
            says.push(b'x');
            attack.spawn(keeps_coming(2, siege.to, Arc::new(says), heard.0.clone()));
        }
        siege.stands(&format!("slow uploads of {accounts} accounts"), attack).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_of_many_pixels_come() {
    let largest = png(7_071);
    for accounts in [1, 30] {
        let (siege, heard) = (Siege::new().await, Heard::default());
        let heavy = siege.accounts(accounts, 2).await;
        let mut attack = JoinSet::new();
        for number in 0..some(540) {
            let mut says = siege.shows(&heavy[number % accounts], largest.len());
            says.extend(&largest);
            attack.spawn(keeps_coming(2, siege.to, Arc::new(says), heard.0.clone()));
        }
        siege.stands(&format!("large pictures of {accounts} accounts"), attack).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_come_from_those_who_hang_up() {
    let (siege, largest) = (Siege::new().await, png(7_071));
    let heavy = siege.accounts(10, 2).await;
    let mut attack = JoinSet::new();
    for number in 0..some(540) {
        let mut says = siege.shows(&heavy[number % 10], largest.len());
        says.extend(&largest);
        let to = siege.to;
        attack.spawn(async move {
            loop {
                let mut stream = stranger(2, to, "").await;
                let _ = stream.write_all(&says).await;
                // Long enough for it to be looked at.
                sleep(Duration::from_millis(500)).await;
            }
        });
    }
    let memory = siege.stands("large pictures of those who hang up", attack).await;
    assert!(memory < 1_024, "one is looked at at a time: {memory} MiB");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn downloads_are_not_read() {
    const SIZE: usize = 8 << 20;
    let siege = Siege::new().await;
    let heavy = siege.accounts(1, 2).await.remove(0);
    let upload = json!({ "upload": { "name": "a.bin", "size": SIZE } });
    let id = heavy.calls("announce_upload", upload).await;
    let file = heavy.puts(&format!("/files/{id}"), vec![b'a'; SIZE]).await.unwrap();
    let file: Value = file.json().await.unwrap();
    let path = format!("/files/{id}/{}/original", file["key"].as_str().unwrap());
    let says = format!("GET {path} HTTP/1.1\r\nHost: a\r\nCookie: {}\r\n\r\n", heavy.cookie);
    let before = siege.binary.descriptors();
    let mut attack = JoinSet::new();
    for _ in 0..some(300) {
        let (to, says) = (siege.to, says.clone());
        attack.spawn(async move {
            let socket = TcpSocket::new_v4().unwrap();
            socket.set_recv_buffer_size(16 * 1024).unwrap();
            socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, 2), 0))).unwrap();
            let mut stream = socket.connect(to).await.unwrap();
            stream.write_all(says.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        });
    }
    siege.stands("downloads that are not read", attack).await;
    if is_full() {
        assert!(siege.binary.descriptors() < before + 50, "{}", siege.binary.descriptors());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_say_nothing_or_half_of_it() {
    let siege = Siege::new().await;
    let mut attack = JoinSet::new();
    for number in 0..some(2_000) {
        let to = siege.to;
        let says = if number % 2 == 0 { "" } else { "GET / HTTP/1.1\r\nHo" };
        attack.spawn(async move {
            let _stream = stranger(2, to, says).await;
            std::future::pending::<()>().await;
        });
    }
    siege.stands("connections that say nothing, or half of it", attack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn much_is_looked_through() {
    for accounts in [1, 10] {
        let siege = Siege::new().await;
        let heavy = siege.accounts(accounts, 2).await;
        let friend = siege.accounts(1, 3).await.remove(0);
        let mut attack = JoinSet::new();
        let heard = Heard::default();
        for one in &heavy {
            let room = one.befriends(&friend).await;
            siege.fills(room, one, some(300_000) / accounts).await;
            for number in 0..32 {
                let path = match number % 4 {
                    0 => "/api/v1/groups".to_owned(),
                    1 => "/api/v1/users?q=zzz".to_owned(),
                    2 => format!("/api/v1/groups/{room}/gallery?kind=media"),
                    _ => format!("/api/v1/groups/{room}/gallery?kind=links"),
                };
                let (one, heard) = (one.clone(), heard.0.clone());
                attack.spawn(async move {
                    loop {
                        let status = one.gets(&path, None).await.status();
                        heard[usize::from(status.as_u16() / 100)].fetch_add(1, Ordering::Relaxed);
                        if !status.is_success() {
                            sleep(Duration::from_millis(50)).await;
                        }
                    }
                });
            }
        }
        siege.stands(&format!("searches through much by {accounts} accounts"), attack).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_slowly_over_plain_text_and_all_seats_are_taken() {
    let siege = Siege::new().await;
    let heavy = siege.accounts(1, 2).await.remove(0);
    let friend = siege.accounts(1, 3).await.remove(0);
    heavy.befriends(&friend).await;
    let mut attack = JoinSet::new();
    let tcp = siege.tcp;
    for _ in 0..4 {
        attack.spawn(async move {
            let mut terminal = Terminal::over(stranger(2, tcp, "").await);
            terminal.signs_in("heavy2x0").await;
            terminal.gives("SEND_FILE heavy3x0 a.bin ").await;
            let piece = "A".repeat(1 << 20);
            for _ in 0..12 {
                // Until no more is taken, or none of it at all.
                let _ = timeout(Duration::from_secs(2), terminal.stream.write_all(piece.as_bytes())).await;
            }
            while terminal.stream.write_all(b"A").await.is_ok() {
                sleep(TRICKLE).await;
            }
        });
    }
    for n in 4..4 + some(64) {
        let n = u8::try_from(n).unwrap();
        for _ in 0..16 {
            attack.spawn(async move {
                loop {
                    let mut stream = stranger(n, tcp, "AUTH ").await;
                    let _ = stream.read(&mut [0; 64]).await;
                    sleep(Duration::from_secs(1)).await;
                }
            });
        }
    }
    let signs_in = async {
        let (mut took, mut tries) = (Vec::new(), 0);
        while took.len() < 20 {
            sleep(Duration::from_millis(100)).await;
            let start = Instant::now();
            let mut terminal = Terminal::connect(tcp).await;
            tries += 1;
            // Whose seat was given to another meanwhile comes again.
            let _ = terminal.stream.write_all(format!("AUTH oleh {PASSWORD}\r\nINBOX\r\n").as_bytes()).await;
            if terminal.hears_or_ends().await != Some(ok("autentikasi berhasil")) {
                continue;
            }
            let inbox: Value = serde_json::from_str(&terminal.hears().await).unwrap();
            assert_eq!(inbox["status"], "OK");
            took.push(start.elapsed());
        }
        took.sort_unstable();
        println!("  at a terminal: 20 of {tries} signed in, longest {:?}", share(&took, 100));
        assert!(share(&took, 100) < Duration::from_secs(5) && tries < 40, "{tries}");
    };
    tokio::join!(siege.stands("slow files and all seats of plain text", attack), signs_in);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_messages_of_many_rooms_are_missed_and_resumed() {
    const ROOMS: usize = 4;
    for accounts in [1, 30] {
        let siege = Siege::new().await;
        let heavy = siege.accounts(accounts, 2).await;
        let writers = siege.accounts(ROOMS, 3).await;
        let rooms = join_all(writers.iter().enumerate().map(async |(number, writer)| {
            join_all(heavy.iter().map(|one| writer.befriends(one))).await;
            let members: Vec<&Person> = heavy.iter().collect();
            let room = writer.founds(&format!("group {number}"), &members).await;
            let mut socket = writer.connects().await;
            for number in 1..=some(260) as u64 {
                socket.sends(room, number, &"ж".repeat(4_000)).await;
                if number > 150 {
                    sleep(Duration::from_millis(20)).await;
                }
            }
            room
        }))
        .await;
        let heard = Arc::new(AtomicUsize::new(0));
        let mut attack = JoinSet::new();
        for number in 0..30 {
            let (one, rooms, heard) = (heavy[number % accounts].clone(), rooms.clone(), heard.clone());
            let origin = siege.binary.origin.clone();
            attack.spawn(async move {
                loop {
                    // They take from their account's allowance.
                    let Ok(mut socket) = Socket::open(&origin, Some(&origin), &one.cookie).await else {
                        sleep(Duration::from_secs(1)).await;
                        continue;
                    };
                    socket.event("hello").await;
                    let mut cursors: Vec<Value> =
                        rooms.iter().map(|room| json!({ "roomId": room, "seq": 0 })).collect();
                    while !cursors.is_empty() {
                        let resume = json!({ "resume": { "rooms": cursors } });
                        let answer = socket.asks(resume).await;
                        let Some(parts) = answer["done"]["resumed"]["rooms"].as_array() else { break };
                        let texts = parts.iter().map(|part| part["messages"].as_array().unwrap().len());
                        heard.fetch_add(texts.sum(), Ordering::Relaxed);
                        let more = parts.iter().filter(|part| part["more"] == true);
                        cursors = more
                            .map(|part| json!({ "roomId": part["room"]["id"], "seq": part["room"]["seq"] }))
                            .collect();
                    }
                }
            });
        }
        siege.stands(&format!("30 connections of {accounts} accounts that resume"), attack).await;
        println!("  those who did it heard {heard:?} messages");
    }
}
