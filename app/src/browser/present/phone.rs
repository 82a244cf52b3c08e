//! The telephone: this page's side of a call in which each sends to each.

mod media;
mod peer;
mod pip;
mod quality;
mod sound;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use sapa_model::AppResult;
use sapa_model::call::{IceServer, Signal};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMediaElement, MediaStream, MediaStreamTrack};

pub use media::can_share_screens;
use media::give_back;
use peer::Peer;
pub use peer::has_telephone;
pub use pip::{has_picture_in_picture, picture_in_picture, put_back_lost_picture};
pub use sound::Ringing;

use super::super::phone_words::{Device, DeviceKind, Lane, Picture, Quality, Said};

/// A telephone. Cheap to clone; all clones are the same one. With the last one goes the call: connections
/// close, microphone and camera are given back.
#[derive(Clone)]
pub struct Phone(SendWrapper<Rc<Inner>>);

struct Inner {
    on_said: Rc<dyn Fn(Said)>,
    /// What is sent, by lane.
    own: RefCell<[Option<MediaStreamTrack>; 3]>,
    /// How to connect, once a seat is taken.
    line: RefCell<Option<Line>>,
    peers: RefCell<BTreeMap<u32, Rc<Peer>>>,
    /// Grows with each wish for a lane: an answer that comes late is given back.
    wishes: [Cell<u32>; 3],
    /// By which device others are heard; without a name, by the one that the system has chosen.
    speaker: RefCell<String>,
    _on_devices: Closure<dyn Fn()>,
}

struct Line {
    seat: u32,
    servers: Vec<IceServer>,
    relay_only: bool,
}

impl Phone {
    /// Takes one up. `on_said` hears what it wants to say to others, and what changes on the screen.
    pub fn new(on_said: impl Fn(Said) + 'static) -> Self {
        let on_said: Rc<dyn Fn(Said)> = Rc::new(on_said);
        let on_devices = Closure::<dyn Fn()>::new({
            let on_said = on_said.clone();
            move || on_said(Said::Changed)
        });
        media::when_devices_change(Some(on_devices.as_ref().unchecked_ref()));
        Self(SendWrapper::new(Rc::new(Inner {
            on_said,
            own: RefCell::default(),
            line: RefCell::default(),
            peers: RefCell::default(),
            wishes: <[Cell<u32>; 3]>::default(),
            speaker: RefCell::default(),
            _on_devices: on_devices,
        })))
    }

    /// The seat in the call is taken: from here on it connects. Another seat than before begins anew.
    pub fn connect(&self, seat: u32, servers: &[IceServer], relay_only: bool) {
        let again = self.0.line.borrow().as_ref().is_some_and(|line| line.seat == seat);
        *self.0.line.borrow_mut() = Some(Line { seat, servers: servers.to_vec(), relay_only });
        if again {
            let peers: Vec<_> = self.0.peers.borrow().values().cloned().collect();
            for peer in peers {
                peer.restart();
            }
        } else {
            self.0.peers.borrow_mut().clear();
        }
    }

    /// These others are in: connects to who is new, and ends what leads to who has left. Of two, the one
    /// who came later speaks first.
    pub fn meet(&self, seats: &[u32]) {
        self.0.peers.borrow_mut().retain(|seat, _| seats.contains(seat));
        let Some(own) = self.0.line.borrow().as_ref().map(|line| line.seat) else { return };
        for seat in seats {
            if let Some(peer) = self.peer(*seat).filter(|_| own > *seat) {
                peer.speak_first(&self.0.own.borrow());
            }
        }
        (self.0.on_said)(Said::Changed);
    }

    /// What another says.
    pub fn hear(&self, from: u32, signal: Signal) {
        let Some(peer) = self.peer(from) else { return };
        let own = self.0.own.borrow().clone();
        leptos::task::spawn_local(async move { peer.hear(signal, own).await });
    }

    /// Ways to the others are looked for anew: the network may be another one.
    pub fn restart(&self) {
        self.0.peers.borrow().values().for_each(|peer| peer.restart());
    }

    /// Takes the microphone, of a certain device where one is named.
    pub async fn take_microphone(&self, device: Option<String>) -> AppResult<()> {
        let track = media::microphone(device).await?;
        self.send(Lane::Microphone, Some(track));
        Ok(())
    }

    /// Lets the others hear, or not; false where there is no microphone. It is kept while one is muted, so
    /// that it comes back at once.
    pub fn unmute(&self, on: bool) -> bool {
        let own = self.0.own.borrow();
        let microphone = own[Lane::Microphone as usize].as_ref();
        microphone.inspect(|track| track.set_enabled(on)).is_some()
    }

    /// Takes the camera, of a certain device where one is named; false where it is no longer wanted.
    pub async fn take_camera(&self, device: Option<String>) -> AppResult<bool> {
        self.take(Lane::Camera, media::camera(device)).await
    }

    /// Asks for a screen or a window and shows it; false where it is no longer wanted.
    pub async fn take_screen(&self) -> AppResult<bool> {
        self.take(Lane::Screen, media::screen()).await
    }

    /// Others are heard by this device from here on.
    pub fn take_speaker(&self, device: Option<String>) {
        *self.0.speaker.borrow_mut() = device.unwrap_or_default();
        (self.0.on_said)(Said::Changed);
    }

    async fn take(
        &self,
        lane: Lane,
        track: impl Future<Output = AppResult<MediaStreamTrack>>,
    ) -> AppResult<bool> {
        let wishes = &self.0.wishes[lane as usize];
        let wish = wishes.get() + 1;
        wishes.set(wish);
        let track = track.await?;
        let is_wanted = wishes.get() == wish;
        if is_wanted {
            self.send(lane, Some(track));
        } else {
            give_back(&track);
        }
        Ok(is_wanted)
    }

    /// Gives the camera or the screen back.
    pub fn stop(&self, lane: Lane) {
        let wishes = &self.0.wishes[lane as usize];
        wishes.set(wishes.get() + 1);
        self.send(lane, None);
    }

    /// Puts a picture or sound into an element; nothing where there is none.
    pub fn show(&self, element: &HtmlMediaElement, picture: Picture) {
        if matches!(picture, Picture::Of(_, Lane::Microphone)) {
            media::play_by(element, &self.0.speaker.borrow());
        }
        let track = match picture {
            Picture::Own(lane) => self.0.own.borrow()[lane as usize].clone(),
            Picture::Of(seat, lane) => self.0.peers.borrow().get(&seat).and_then(|peer| peer.track(lane)),
        };
        let shown = element.src_object().and_then(|stream| stream.get_tracks().get(0).dyn_into().ok());
        if shown == track {
            return;
        }
        let stream = track.and_then(|track| {
            let stream = MediaStream::new().ok()?;
            stream.add_track(&track);
            Some(stream)
        });
        element.set_src_object(stream.as_ref());
        if let Some(playing) = stream.and_then(|_| element.play().ok()) {
            // Refused where the browser wants a press first: the next picture asks again. And where the
            // element goes while it begins.
            leptos::task::spawn_local(async move { drop(JsFuture::from(playing).await) });
        }
    }

    /// How well another is heard.
    pub async fn quality(&self, seat: u32) -> Option<Quality> {
        let peer = self.0.peers.borrow().get(&seat).cloned()?;
        quality::of(peer.connection()).await
    }

    /// What there is to choose from; named once one was allowed.
    pub async fn devices(&self) -> Vec<Device> {
        let of_lane = |lane: Lane| self.0.own.borrow()[lane as usize].as_ref().and_then(media::device_of);
        media::devices(|kind, id| match kind {
            DeviceKind::Microphone => of_lane(Lane::Microphone).is_some_and(|used| used == id),
            DeviceKind::Camera => of_lane(Lane::Camera).is_some_and(|used| used == id),
            DeviceKind::Speaker => match self.0.speaker.borrow().as_str() {
                "" => id == "default",
                used => used == id,
            },
        })
        .await
    }

    fn send(&self, lane: Lane, track: Option<MediaStreamTrack>) {
        if let Some(track) = &track {
            let inner = Rc::downgrade(&self.0);
            media::when_ended(track, move || {
                if let Some(inner) = inner.upgrade() {
                    (inner.on_said)(Said::Ended(lane));
                }
            });
        }
        for peer in self.0.peers.borrow().values() {
            peer.send(lane, track.as_ref());
        }
        let before = std::mem::replace(&mut self.0.own.borrow_mut()[lane as usize], track);
        before.as_ref().map(give_back);
        (self.0.on_said)(Said::Changed);
    }

    /// The way to a seat, made now if there is none.
    fn peer(&self, seat: u32) -> Option<Rc<Peer>> {
        if let Some(peer) = self.0.peers.borrow().get(&seat) {
            return Some(peer.clone());
        }
        let inner = Rc::downgrade(&self.0);
        let say = move |said| {
            if let Some(inner) = inner.upgrade() {
                (inner.on_said)(said);
            }
        };
        let peer = {
            let line = self.0.line.borrow();
            let line = line.as_ref()?;
            Rc::new(Peer::new(seat, line.seat > seat, &line.servers, line.relay_only, Rc::new(say))?)
        };
        self.0.peers.borrow_mut().insert(seat, peer.clone());
        Some(peer)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        media::when_devices_change(None);
        self.own.borrow().iter().flatten().for_each(give_back);
    }
}
