//! The connection to one other in a call, by perfect negotiation: both may speak at any time, and where
//! both do at once, the polite one gives way (W3C WebRTC 1.0, 10.7).

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise};
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

/// What the lanes carry, in their order.
const LANES: [&str; 3] = ["audio", "video", "video"];

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

/// See the module. Dropping it closes the connection.
pub struct Peer {
    connection: RtcPeerConnection,
    seat: u32,
    polite: bool,
    say: Rc<dyn Fn(Said)>,
    /// An offer is being made.
    speaking: Rc<Cell<bool>>,
    /// The other's offer was passed over, and so are the ways that belong to it.
    deaf: Cell<bool>,
    _on_candidate: Closure<dyn Fn(RtcPeerConnectionIceEvent)>,
    _on_change: Closure<dyn Fn()>,
    _on_needed: Closure<dyn Fn()>,
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
        let speaking = Rc::new(Cell::new(false));
        let on_candidate = Closure::<dyn Fn(_)>::new({
            let say = say.clone();
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
            let (connection, say) = (connection.clone(), say.clone());
            move || {
                if connection.ice_connection_state() == RtcIceConnectionState::Failed {
                    connection.unchecked_ref::<Connection>().restart_ice();
                }
                say(Said::Changed);
            }
        });
        let on_needed = Closure::<dyn Fn()>::new({
            let (connection, say, speaking) = (connection.clone(), say.clone(), speaking.clone());
            move || {
                let (connection, say, speaking) = (connection.clone(), say.clone(), speaking.clone());
                leptos::task::spawn_local(async move {
                    speaking.set(true);
                    describe(&connection, seat, &*say).await;
                    speaking.set(false);
                });
            }
        });
        connection.set_onicecandidate(Some(on_candidate.as_ref().unchecked_ref()));
        connection.set_oniceconnectionstatechange(Some(on_change.as_ref().unchecked_ref()));
        connection.set_ontrack(Some(on_change.as_ref().unchecked_ref()));
        connection.set_onnegotiationneeded(Some(on_needed.as_ref().unchecked_ref()));
        Some(Self {
            connection,
            seat,
            polite,
            say,
            speaking,
            deaf: Cell::new(false),
            _on_candidate: on_candidate,
            _on_change: on_change,
            _on_needed: on_needed,
        })
    }

    pub fn connection(&self) -> &RtcPeerConnection {
        &self.connection
    }

    /// Opens the lanes, which makes an offer; once.
    pub fn speak_first(&self, own: &[Option<MediaStreamTrack>; 3]) {
        if self.lanes().next().is_some() {
            return;
        }
        for (kind, track) in LANES.into_iter().zip(own) {
            let both_ways = RtcRtpTransceiverInit::new();
            both_ways.set_direction(RtcRtpTransceiverDirection::Sendrecv);
            let lane = self.connection.add_transceiver_with_str_and_init(kind, &both_ways);
            replace(&lane, track.as_ref());
        }
    }

    /// What the other says. What one sends goes into the lanes that an offer opens.
    pub async fn hear(&self, signal: Signal, own: [Option<MediaStreamTrack>; 3]) {
        match signal {
            Signal::Offer { sdp } => {
                let busy =
                    self.speaking.get() || self.connection.signaling_state() != RtcSignalingState::Stable;
                self.deaf.set(busy && !self.polite);
                if self.deaf.get() || !self.take(RtcSdpType::Offer, &sdp).await {
                    return;
                }
                for (lane, track) in self.lanes().zip(&own) {
                    lane.set_direction(RtcRtpTransceiverDirection::Sendrecv);
                    replace(&lane, track.as_ref());
                }
                describe(&self.connection, self.seat, &*self.say).await;
                (self.say)(Said::Changed);
            }
            Signal::Answer { sdp } => {
                self.take(RtcSdpType::Answer, &sdp).await;
                (self.say)(Said::Changed);
            }
            Signal::Candidate { candidate, sdp_mid, sdp_m_line_index } => {
                let way = RtcIceCandidateInit::new(&candidate);
                way.set_sdp_mid(sdp_mid.as_deref());
                way.set_sdp_m_line_index(sdp_m_line_index);
                let added = self.connection.add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(&way));
                if JsFuture::from(added).await.is_err() && !self.deaf.get() {
                    leptos::logging::debug_warn!("a way to the other could not be taken");
                }
            }
        }
    }

    async fn take(&self, kind: RtcSdpType, sdp: &str) -> bool {
        let description = RtcSessionDescriptionInit::new(kind);
        description.set_sdp(sdp);
        JsFuture::from(self.connection.set_remote_description(&description)).await.is_ok()
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
        self.connection.unchecked_ref::<Connection>().restart_ice();
    }

    fn lanes(&self) -> impl Iterator<Item = RtcRtpTransceiver> {
        self.connection.get_transceivers().into_iter().map(JsCast::unchecked_into)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.connection.set_onicecandidate(None);
        self.connection.set_oniceconnectionstatechange(None);
        self.connection.set_ontrack(None);
        self.connection.set_onnegotiationneeded(None);
        self.connection.close();
    }
}

/// Describes what this side sends and takes, and tells the other.
async fn describe(connection: &RtcPeerConnection, seat: u32, say: &dyn Fn(Said)) {
    if JsFuture::from(connection.unchecked_ref::<Connection>().describe()).await.is_err() {
        return;
    }
    let Some(description) = connection.local_description() else { return };
    let sdp = description.sdp();
    match description.type_() {
        RtcSdpType::Offer => say(Said::To(seat, Signal::Offer { sdp })),
        RtcSdpType::Answer => say(Said::To(seat, Signal::Answer { sdp })),
        _ => {}
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
