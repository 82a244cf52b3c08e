//! In the browser: a WebSocket.

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// Bytes that may wait in the browser before we take the line for stuck.
const BACKLOG_MAX: u32 = 1 << 20;

/// An open or opening line. Dropping it closes it and ends its callbacks.
pub struct Line(SendWrapper<Inner>);

struct Inner {
    socket: WebSocket,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_close: Closure<dyn Fn(CloseEvent)>,
}

impl Line {
    /// Opens a line to our own server and hands it to `then`. Where the browser refuses even to try,
    /// `on_close` is told.
    pub fn open(
        on_text: impl Fn(String) + 'static,
        on_close: impl Fn(u16) + 'static,
        then: impl FnOnce(Self),
    ) {
        let Some(socket) = address().and_then(|address| WebSocket::new(&address).ok()) else {
            on_close(0);
            return;
        };
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                on_text(text);
            }
        });
        let on_close = Closure::<dyn Fn(CloseEvent)>::new(move |event: CloseEvent| on_close(event.code()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        then(Self(SendWrapper::new(Inner { socket, _on_message: on_message, _on_close: on_close })));
    }

    /// Says something; `false` where the line is not open or is stuck.
    pub fn say(&self, text: &str) -> bool {
        let socket = &self.0.socket;
        socket.ready_state() == WebSocket::OPEN
            && socket.buffered_amount() < BACKLOG_MAX
            && socket.send_with_str(text).is_ok()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/ws", location.host().ok()?))
}
