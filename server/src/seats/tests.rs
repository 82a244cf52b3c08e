use super::*;

const LONG: Duration = Duration::from_secs(60);
const BOUNDS: Bounds = Bounds { in_all: 8, of_address: 4, spare: 2 };

fn from(n: u8) -> impl Into<Option<IpAddr>> + Copy {
    IpAddr::from([192, 0, 2, n])
}

fn wait() {
    std::thread::sleep(GRACE + Duration::from_millis(5));
}

fn takes(seats: &Seats, address: impl Into<Option<IpAddr>>, times: usize) -> Vec<Seat> {
    let address = address.into();
    let take = |_| {
        let seat = seats.take(address, LONG)?;
        seat.busy();
        Some(seat)
    };
    (0..times).filter_map(take).collect()
}

#[test]
fn an_address_has_its_seats_and_all_have_theirs() {
    let seats = Seats::new(Bounds { spare: 0, ..BOUNDS });
    let mut held = takes(&seats, from(1), 9);
    assert_eq!(held.len(), 4);
    held.pop();
    held.extend(takes(&seats, from(1), 9));
    assert_eq!(held.len(), 4);
    held.extend((2..9).flat_map(|n| takes(&seats, from(n), 3)));
    assert_eq!(held.len(), 8);
    held.clear();
    assert!(seats.taken().by_network.is_empty());
    assert_eq!(seats.taken().ordinary, 0);
    // A proxy speaks for many.
    assert_eq!(takes(&seats, None, 9).len(), 8);
}

#[test]
fn a_network_of_ipv6_is_one_address() {
    let seats = Seats::new(BOUNDS);
    let of = |n: u16| Some(format!("2001:db8::{n:x}").parse::<IpAddr>().unwrap());
    let held: Vec<_> = (1..9).flat_map(|n| takes(&seats, of(n), 1)).collect();
    assert_eq!(held.iter().filter(|seat| !seat.is_spare()).count(), 4);
}

#[test]
fn who_has_been_quiet_for_longest_gives_way_and_who_is_busy_stays() {
    let seats = Seats::new(BOUNDS);
    let busy = takes(&seats, from(1), 3);
    let quiet = seats.take(from(1).into(), LONG).unwrap();
    assert!(seats.take(from(1).into(), LONG).unwrap().is_spare(), "what it says may be on its way");
    wait();
    let next = seats.take(from(1).into(), LONG).unwrap();
    assert!(quiet.end().is_cancelled() && !next.is_spare());
    next.busy();
    assert!(seats.take(from(1).into(), LONG).unwrap().is_spare(), "nobody is quiet");
    assert!(busy.iter().all(|seat| !seat.end().is_cancelled()));
    // Where all seats are taken, one goes of the address that has the most.
    let theirs = seats.take(from(2).into(), LONG).unwrap();
    let known = seats.take(from(2).into(), LONG).unwrap();
    theirs.known(true);
    let others = takes(&seats, from(3), 2);
    next.quiet(LONG);
    wait();
    let last = seats.take(from(4).into(), LONG).unwrap();
    assert!(next.end().is_cancelled() && !last.is_spare());
    assert!([&theirs, &known].iter().all(|seat| !seat.end().is_cancelled()));
    last.busy();
    assert_eq!(others.len(), 2);
    assert!(!seats.take(from(5).into(), LONG).unwrap().is_spare());
    assert!(known.end().is_cancelled() && !theirs.end().is_cancelled(), "strangers go first");
}

#[test]
fn spare_seats_are_for_a_moment() {
    let seats = Seats::new(BOUNDS);
    let held: Vec<_> = (1..5).flat_map(|n| takes(&seats, from(n), 2)).collect();
    let spare: Vec<_> = (0..2).map(|_| seats.take(from(5).into(), LONG).unwrap()).collect();
    assert!(held.iter().all(|seat| !seat.is_spare()) && spare.iter().all(Seat::is_spare));
    let another = seats.take(from(6).into(), LONG).unwrap();
    assert!(spare[0].end().is_cancelled() && another.is_spare());
    another.busy();
    spare[1].busy();
    assert!(seats.take(from(6).into(), LONG).is_none());
    let host = seats.take(Some(IpAddr::from([127, 0, 0, 1])), LONG);
    assert!(host.unwrap().is_spare(), "the host has its own");
    drop(another);
    assert!(seats.take(from(6).into(), LONG).unwrap().is_spare());
}

#[test]
fn who_is_quiet_for_too_long_is_ended() {
    let seats = Seats::new(BOUNDS);
    let (quiet, busy) = (
        seats.take(from(1).into(), Duration::ZERO).unwrap(),
        seats.take(from(1).into(), Duration::ZERO).unwrap(),
    );
    busy.busy();
    std::thread::sleep(Duration::from_millis(3));
    seats.sweep();
    assert!(quiet.end().is_cancelled() && !busy.end().is_cancelled());
    busy.quiet(LONG);
    seats.sweep();
    assert!(!busy.end().is_cancelled());
}
