//! The connection to one other in a call, by perfect negotiation: both may speak at any time, and where
//! both do at once, the polite one gives way (W3C WebRTC 1.0, 10.7).

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Promise, Reflect};
use sapa_model::call::{IceServer, Signal};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStreamTrack, RtcConfiguration, RtcIceCandidateInit, RtcIceConnectionState, RtcIceServer,
    RtcIceTransportPolicy, RtcPeerConnection, RtcPeerConnectionIceEvent, RtcRtpTransceiver,
    RtcRtpTransceiverDirection, RtcRtpTransceiverInit, RtcSdpType, RtcSessionDescriptionInit,
    RtcSignalingState,
};

use super::super::super::phone_words::{Lane, Said};
use super::super::after;

/// What the lanes carry, in their order.
const LANES: [&str; 3] = ["audio", "video", "video"];

/// How long a connection may be silent before another way is looked for.
const SILENT: Duration = Duration::from_secs(3);
/// How often it is looked for from there on. The two sides differ, so that one does not undo what the
/// other has just begun.
const AGAIN: [Duration; 2] = [Duration::from_secs(6), Duration::from_secs(14)];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = RtcPeerConnection)]
    type Connection;
    /// Makes the description that fits and sets it, in one step: `web-sys` knows the older form only.
    #[wasm_bindgen(method, js_name = setLocalDescription)]
    fn describe(this: &Connection) -> Promise;
    #[wasm_bindgen(method, js_name = restartIce)]
    fn restart_ice(this: &Connection);
}

/// Whether this browser can connect to others: `WebKitGTK` is often made without WebRTC.
pub fn has_telephone() -> bool {
    Reflect::has(&js_sys::global(), &JsValue::from_str("RTCPeerConnection")).unwrap_or(false)
}

/// See the module. Dropping it closes the connection.
pub struct Peer {
    line: Line,
    polite: bool,
    /// The other's offer was passed over, and so are the ways that belong to it.
    deaf: Cell<bool>,
    _on_candidate: Closure<dyn Fn(RtcPeerConnectionIceEvent)>,
    _on_change: Closure<dyn Fn()>,
    _on_needed: Closure<dyn Fn()>,
}

/// A connection, and how its other side is told of it.
#[derive(Clone)]
struct Line {
    connection: RtcPeerConnection,
    seat: u32,
    say: Rc<dyn Fn(Said)>,
    /// An offer is being made.
    speaking: Rc<Cell<bool>>,
    /// A silent connection is being looked after.
    watched: Rc<Cell<bool>>,
}

impl Peer {
    pub fn new(
        seat: u32,
        polite: bool,
        servers: &[IceServer],
        relay_only: bool,
        say: Rc<dyn Fn(Said)>,
    ) -> Option<Self> {
        let connection =
            RtcPeerConnection::new_with_configuration(&configuration(servers, relay_only)).ok()?;
        let line = Line { connection, seat, say, speaking: Rc::default(), watched: Rc::default() };
        let on_candidate = Closure::<dyn Fn(_)>::new({
            let say = line.say.clone();
            move |event: RtcPeerConnectionIceEvent| {
                if let Some(way) = event.candidate() {
                    let signal = Signal::Candidate {
                        candidate: way.candidate(),
                        sdp_mid: way.sdp_mid(),
                        sdp_m_line_index: way.sdp_m_line_index(),
                    };
                    say(Said::To(seat, signal));
                }
            }
        });
        let on_change = Closure::<dyn Fn()>::new({
            let line = line.clone();
            move || {
                let state = line.connection.ice_connection_state();
                if matches!(state, RtcIceConnectionState::Disconnected | RtcIceConnectionState::Failed) {
                    line.clone().watch(SILENT, AGAIN[usize::from(polite)]);
                }
                (line.say)(Said::Changed);
            }
        });
        let on_needed = Closure::<dyn Fn()>::new({
            let line = line.clone();
            move || line.clone().offer()
        });
        let connection = &line.connection;
        connection.set_onicecandidate(Some(on_candidate.as_ref().unchecked_ref()));
        connection.set_oniceconnectionstatechange(Some(on_change.as_ref().unchecked_ref()));
        connection.set_ontrack(Some(on_change.as_ref().unchecked_ref()));
        connection.set_onnegotiationneeded(Some(on_needed.as_ref().unchecked_ref()));
        Some(Self {
            line,
            polite,
            deaf: Cell::new(false),
            _on_candidate: on_candidate,
            _on_change: on_change,
            _on_needed: on_needed,
        })
    }

    pub fn connection(&self) -> &RtcPeerConnection {
        &self.line.connection
    }

    /// Opens the lanes, which makes an offer; once.
    pub fn speak_first(&self, own: &[Option<MediaStreamTrack>; 3]) {
        if self.lanes().next().is_some() {
            return;
        }
        for (kind, track) in LANES.into_iter().zip(own) {
            let both_ways = RtcRtpTransceiverInit::new();
            both_ways.set_direction(RtcRtpTransceiverDirection::Sendrecv);
            let lane = self.connection().add_transceiver_with_str_and_init(kind, &both_ways);
            replace(&lane, track.as_ref());
        }
    }

    /// What the other says. What one sends goes into the lanes that an offer opens.
    pub async fn hear(&self, signal: Signal, own: [Option<MediaStreamTrack>; 3]) {
        match signal {
            Signal::Offer { sdp } => {
                let busy = self.line.speaking.get()
                    || self.connection().signaling_state() != RtcSignalingState::Stable;
                self.deaf.set(busy && !self.polite);
                if self.deaf.get() || !self.take(RtcSdpType::Offer, &sdp).await {
                    return;
                }
                for (lane, track) in self.lanes().zip(&own) {
                    lane.set_direction(RtcRtpTransceiverDirection::Sendrecv);
                    replace(&lane, track.as_ref());
                }
                self.line.describe().await;
                (self.line.say)(Said::Changed);
            }
            Signal::Answer { sdp } => {
                self.take(RtcSdpType::Answer, &sdp).await;
                (self.line.say)(Said::Changed);
            }
            Signal::Candidate { candidate, sdp_mid, sdp_m_line_index } => {
                let way = RtcIceCandidateInit::new(&candidate);
                way.set_sdp_mid(sdp_mid.as_deref());
                way.set_sdp_m_line_index(sdp_m_line_index);
                let added = self.connection().add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(&way));
                if JsFuture::from(added).await.is_err() && !self.deaf.get() {
                    leptos::logging::debug_warn!("a way to the other could not be taken");
                }
            }
        }
    }

    async fn take(&self, kind: RtcSdpType, sdp: &str) -> bool {
        let description = RtcSessionDescriptionInit::new(kind);
        description.set_sdp(sdp);
        JsFuture::from(self.connection().set_remote_description(&description)).await.is_ok()
    }

    /// Sends something else, or nothing, without a word to the other.
    pub fn send(&self, lane: Lane, track: Option<&MediaStreamTrack>) {
        if let Some(lane) = self.lanes().nth(lane as usize) {
            replace(&lane, track);
        }
    }

    /// What comes from the other.
    pub fn track(&self, lane: Lane) -> Option<MediaStreamTrack> {
        self.lanes().nth(lane as usize).map(|lane| lane.receiver().track())
    }

    /// Looks for a way anew.
    pub fn restart(&self) {
        self.line.clone().restart();
    }

    fn lanes(&self) -> impl Iterator<Item = RtcRtpTransceiver> {
        self.connection().get_transceivers().into_iter().map(JsCast::unchecked_into)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.connection().set_onicecandidate(None);
        self.connection().set_oniceconnectionstatechange(None);
        self.connection().set_ontrack(None);
        self.connection().set_onnegotiationneeded(None);
        self.connection().close();
    }
}

impl Line {
    /// Describes what this side sends and takes, and tells the other.
    async fn describe(&self) {
        if JsFuture::from(self.connection.unchecked_ref::<Connection>().describe()).await.is_err() {
            return;
        }
        let Some(description) = self.connection.local_description() else { return };
        let sdp = description.sdp();
        match description.type_() {
            RtcSdpType::Offer => (self.say)(Said::To(self.seat, Signal::Offer { sdp })),
            RtcSdpType::Answer => (self.say)(Said::To(self.seat, Signal::Answer { sdp })),
            _ => {}
        }
    }

    fn offer(self) {
        leptos::task::spawn_local(async move {
            self.speaking.set(true);
            self.describe().await;
            self.speaking.set(false);
        });
    }

    /// Looks for a way anew.
    fn restart(self) {
        self.connection.unchecked_ref::<Connection>().restart_ice();
        // The browser asks for an offer only once the last one is answered, and that one may be lost.
        if self.connection.signaling_state() == RtcSignalingState::HaveLocalOffer {
            self.offer();
        }
    }

    /// Looks for a way anew if there is none after this time, and again and again until there is.
    fn watch(self, wait: Duration, again: Duration) {
        if self.watched.replace(true) {
            return;
        }
        after(wait.as_millis().try_into().unwrap_or(i32::MAX), move || {
            self.watched.set(false);
            if !matches!(
                self.connection.ice_connection_state(),
                RtcIceConnectionState::Connected
                    | RtcIceConnectionState::Completed
                    | RtcIceConnectionState::Closed
            ) {
                self.clone().restart();
                self.watch(again, again);
            }
        });
    }
}

fn replace(lane: &RtcRtpTransceiver, track: Option<&MediaStreamTrack>) {
    // Fails only where the connection is closed.
    let _ = lane.sender().replace_track(track);
}

fn configuration(servers: &[IceServer], relay_only: bool) -> RtcConfiguration {
    let list = Array::new();
    for server in servers {
        let entry = RtcIceServer::new();
        let urls: Array = server.urls.iter().map(|url| JsValue::from_str(url)).collect();
        entry.set_urls(&urls);
        if let Some(username) = &server.username {
            entry.set_username(username);
        }
        if let Some(credential) = &server.credential {
            entry.set_credential(credential);
        }
        list.push(&entry);
    }
    let configuration = RtcConfiguration::new();
    configuration.set_ice_servers(&list);
    if relay_only {
        configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
    }
    configuration
}
