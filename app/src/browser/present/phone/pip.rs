//! A picture over all windows (W3C Picture-in-Picture), which `web-sys` does not know.

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlVideoElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Document)]
    type Desk;
    #[wasm_bindgen(method, getter, js_name = pictureInPictureEnabled)]
    fn enabled(this: &Desk) -> Option<bool>;
    #[wasm_bindgen(method, getter, js_name = pictureInPictureElement)]
    fn shown(this: &Desk) -> JsValue;
    #[wasm_bindgen(method, js_name = exitPictureInPicture)]
    fn end(this: &Desk) -> js_sys::Promise;

    #[wasm_bindgen(extends = HtmlVideoElement)]
    type Film;
    #[wasm_bindgen(method, catch, js_name = requestPictureInPicture)]
    fn begin(this: &Film) -> Result<js_sys::Promise, JsValue>;
}

fn desk() -> Option<Desk> {
    Some(web_sys::window()?.document()?.unchecked_into())
}

/// Whether this browser can.
pub fn has_picture_in_picture() -> bool {
    desk().and_then(|desk| desk.enabled()).unwrap_or(false)
}

/// Puts back a picture whose place in the page is gone: the browser would go on showing its last.
pub fn put_back_lost_picture() {
    let Some(desk) = desk() else { return };
    if desk.shown().dyn_ref::<HtmlVideoElement>().is_some_and(|video| !video.is_connected()) {
        let _ = desk.end();
    }
}

/// Lifts the first such video over all windows, or puts it back.
pub fn picture_in_picture(selector: &str) {
    let Some(desk) = desk() else { return };
    if !desk.shown().is_null() {
        let _ = desk.end();
        return;
    }
    if let Ok(Some(video)) = desk.query_selector(selector) {
        // Refused where there is no picture yet.
        let _ = video.unchecked_into::<Film>().begin();
    }
}
