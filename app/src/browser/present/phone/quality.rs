//! How well another in a call is heard, by what the browser counts.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RtcIceConnectionState, RtcPeerConnection, RtcStatsReport};

use super::super::super::phone_words::Quality;

/// Seconds to the other and back, and the share of packets that are lost, beyond which it is fair or poor:
/// ITU-T G.114 takes 150 ms one way as good and 400 ms as the end of what is acceptable.
const FAIR: (f64, f64) = (0.3, 0.02);
const POOR: (f64, f64) = (0.8, 0.08);

/// Looks at a connection; none before it stands.
pub async fn of(connection: &RtcPeerConnection) -> Option<Quality> {
    match connection.ice_connection_state() {
        RtcIceConnectionState::Connected | RtcIceConnectionState::Completed => {}
        RtcIceConnectionState::Disconnected | RtcIceConnectionState::Failed => return Some(Quality::Lost),
        _ => return None,
    }
    let report: RtcStatsReport = JsFuture::from(connection.get_stats()).await.ok()?.unchecked_into();
    let (mut round_trip, mut lost, mut received) = (0.0_f64, 0.0_f64, 0.0_f64);
    for entry in report.values() {
        let entry = entry.ok()?;
        let number = |name| Reflect::get(&entry, &JsValue::from_str(name)).ok()?.as_f64();
        match Reflect::get(&entry, &JsValue::from_str("type")).ok()?.as_string()?.as_str() {
            "candidate-pair" => {
                round_trip = round_trip.max(number("currentRoundTripTime").unwrap_or_default());
            }
            "inbound-rtp" => {
                lost += number("packetsLost").unwrap_or_default();
                received += number("packetsReceived").unwrap_or_default();
            }
            _ => {}
        }
    }
    let share = lost.max(0.0) / (lost.max(0.0) + received).max(1.0);
    let beyond = |(slow, gaps): (f64, f64)| round_trip > slow || share > gaps;
    Some(match () {
        () if beyond(POOR) => Quality::Poor,
        () if beyond(FAIR) => Quality::Fair,
        () => Quality::Good,
    })
}
