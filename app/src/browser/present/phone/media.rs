//! Microphone, camera, screen and speaker.

use js_sys::{Array, Object, Reflect};
use sapa_model::{AppError, AppResult, ErrorCode};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlMediaElement, MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use super::super::super::phone_words::{Device, DeviceKind};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = HtmlMediaElement)]
    type Player;
    /// Sends what it plays to a device (W3C Audio Output Devices), where the browser knows how.
    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    fn play_by(this: &Player, device: &str) -> Result<js_sys::Promise, JsValue>;
}

/// The microphone wanted, or another if that one is gone.
pub async fn microphone(device: Option<String>) -> AppResult<MediaStreamTrack> {
    of_device_or_any(device, |device| {
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(device);
        wanted
    })
    .await
}

/// The camera wanted, or another if that one is gone.
pub async fn camera(device: Option<String>) -> AppResult<MediaStreamTrack> {
    of_device_or_any(device, |device| {
        for (side, pixels) in [("width", 1_280), ("height", 720)] {
            let ideal = Object::new();
            set(&ideal, "ideal", &JsValue::from(pixels));
            set(device, side, &ideal);
        }
        let wanted = MediaStreamConstraints::new();
        wanted.set_video(device);
        wanted
    })
    .await
}

pub async fn screen() -> AppResult<MediaStreamTrack> {
    let stream = media_devices().and_then(|devices| devices.get_display_media().ok()).ok_or_else(refused)?;
    first_track(JsFuture::from(stream).await.map_err(|_| refused())?)
}

/// All devices, those in use marked.
pub async fn devices(in_use: impl Fn(DeviceKind, &str) -> bool) -> Vec<Device> {
    let Some(list) = media_devices().and_then(|devices| devices.enumerate_devices().ok()) else {
        return Vec::new();
    };
    let Ok(list) = JsFuture::from(list).await.and_then(JsCast::dyn_into::<Array>) else { return Vec::new() };
    let device = |info: JsValue| {
        let info: MediaDeviceInfo = info.dyn_into().ok()?;
        let kind = match info.kind() {
            MediaDeviceKind::Audioinput => DeviceKind::Microphone,
            MediaDeviceKind::Videoinput => DeviceKind::Camera,
            MediaDeviceKind::Audiooutput => DeviceKind::Speaker,
            _ => return None,
        };
        let id = info.device_id();
        Some(Device { in_use: in_use(kind, &id), id, label: info.label(), kind })
    };
    list.iter().filter_map(device).collect()
}

/// Which device it comes from.
pub fn device_of(track: &MediaStreamTrack) -> Option<String> {
    track.get_settings().get_device_id()
}

/// Lets an element be heard by a device; by the one that the system has chosen where it has no name.
pub fn play_by(element: &HtmlMediaElement, device: &str) {
    let player: &Player = element.unchecked_ref();
    let sinks = JsValue::from_str("setSinkId");
    if Reflect::has(player, &sinks).unwrap_or(false)
        && let Ok(moved) = player.play_by(device)
    {
        // Refused where the device is gone: it is heard where it was.
        leptos::task::spawn_local(async move { drop(JsFuture::from(moved).await) });
    }
}

/// Runs `then` whenever a device comes or goes; nobody hears any more where it is none.
pub fn when_devices_change(then: Option<&js_sys::Function>) {
    if let Some(devices) = media_devices() {
        devices.set_ondevicechange(then);
    }
}

/// Ends what it takes.
pub fn give_back(track: &MediaStreamTrack) {
    track.set_onended(None);
    track.stop();
}

/// Runs `then` where somebody else ends it, such as the browser's own button.
pub fn when_ended(track: &MediaStreamTrack, then: impl FnOnce() + 'static) {
    track.set_onended(Some(Closure::once_into_js(then).unchecked_ref()));
}

async fn of_device_or_any(
    device: Option<String>,
    wanted: impl Fn(&Object) -> MediaStreamConstraints,
) -> AppResult<MediaStreamTrack> {
    if let Some(id) = device {
        let (exactly, device) = (Object::new(), Object::new());
        set(&exactly, "exact", &JsValue::from(id));
        set(&device, "deviceId", &exactly);
        if let Ok(track) = user_media(&wanted(&device)).await {
            return Ok(track);
        }
    }
    user_media(&wanted(&Object::new())).await
}

async fn user_media(wanted: &MediaStreamConstraints) -> AppResult<MediaStreamTrack> {
    let stream = media_devices().and_then(|devices| devices.get_user_media_with_constraints(wanted).ok());
    first_track(JsFuture::from(stream.ok_or_else(refused)?).await.map_err(|_| refused())?)
}

fn first_track(stream: JsValue) -> AppResult<MediaStreamTrack> {
    let stream: MediaStream = stream.dyn_into().map_err(|_| refused())?;
    stream.get_tracks().get(0).dyn_into().map_err(|_| refused())
}

/// Not there at all where the page does not come over TLS or from this machine.
fn media_devices() -> Option<MediaDevices> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &JsValue::from_str("mediaDevices")).ok()?.dyn_into().ok()
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Fails only on what is no object.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn refused() -> AppError {
    AppError::new(ErrorCode::Forbidden, "The browser does not give the microphone, the camera or the screen.")
}

/// Whether this browser can show others a screen: those of telephones cannot.
pub fn can_share_screens() -> bool {
    let getter = JsValue::from_str("getDisplayMedia");
    media_devices().is_some_and(|devices| Reflect::has(&devices, &getter).unwrap_or(false))
}
