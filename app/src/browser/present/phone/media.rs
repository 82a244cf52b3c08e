//! Microphone, camera and screen.

use js_sys::{Array, Object, Reflect};
use sapa_model::{AppError, AppResult, ErrorCode};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::super::super::phone_words::Device;

pub async fn microphone(device: Option<String>) -> AppResult<MediaStreamTrack> {
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&of_device(device).map_or(JsValue::TRUE, JsValue::from));
    user_media(&wanted).await
}

pub async fn camera(device: Option<String>) -> AppResult<MediaStreamTrack> {
    let video = of_device(device).unwrap_or_default();
    for (side, pixels) in [("width", 1_280), ("height", 720)] {
        let ideal = Object::new();
        set(&ideal, "ideal", &JsValue::from(pixels));
        set(&video, side, &ideal);
    }
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&video);
    user_media(&wanted).await
}

pub async fn screen() -> AppResult<MediaStreamTrack> {
    let stream = media_devices().and_then(|devices| devices.get_display_media().ok()).ok_or_else(refused)?;
    first_track(JsFuture::from(stream).await.map_err(|_| refused())?)
}

pub async fn devices() -> Vec<Device> {
    let Some(list) = media_devices().and_then(|devices| devices.enumerate_devices().ok()) else {
        return Vec::new();
    };
    let Ok(list) = JsFuture::from(list).await.and_then(JsCast::dyn_into::<Array>) else { return Vec::new() };
    let device = |info: JsValue| {
        let info: MediaDeviceInfo = info.dyn_into().ok()?;
        let camera = match info.kind() {
            MediaDeviceKind::Audioinput => false,
            MediaDeviceKind::Videoinput => true,
            _ => return None,
        };
        Some(Device { id: info.device_id(), label: info.label(), camera })
    };
    list.iter().filter_map(device).collect()
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

fn of_device(device: Option<String>) -> Option<Object> {
    let exactly = Object::new();
    set(&exactly, "exact", &JsValue::from(device?));
    let wanted = Object::new();
    set(&wanted, "deviceId", &exactly);
    Some(wanted)
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
