//! The microphone: recording, with how loud it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect};
use sapa_model::attachment::Voice;
use sapa_model::limits::WAVEFORM_MAX;
use sapa_model::{AppError, AppResult, ErrorCode};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AnalyserNode, AudioContext, Blob, BlobEvent, File, FilePropertyBag, MediaRecorder, MediaRecorderOptions,
    MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

/// What browsers record into, the best first.
const KINDS: [(&str, &str); 3] =
    [("audio/webm;codecs=opus", "webm"), ("audio/mp4", "m4a"), ("audio/ogg;codecs=opus", "ogg")];
/// How often loudness is looked at, in milliseconds.
const EVERY_MS: i32 = 100;

/// A recording under way. Dropping it gives the microphone back and keeps nothing.
pub struct Recorder(SendWrapper<Inner>);

struct Inner {
    stream: MediaStream,
    recorder: MediaRecorder,
    ending: &'static str,
    context: Option<AudioContext>,
    pieces: Rc<RefCell<Vec<Blob>>>,
    levels: Rc<RefCell<Vec<u8>>>,
    started: f64,
    interval: i32,
    /// What the browser calls while it records.
    _on_piece: Closure<dyn Fn(BlobEvent)>,
    _on_tick: Closure<dyn Fn()>,
}

impl Recorder {
    /// Asks for the microphone and begins. `on_level` hears how loud it is, from 0 to 100.
    ///
    /// `forbidden` where the user or the browser does not allow it.
    pub async fn start(on_level: impl Fn(u8) + 'static) -> AppResult<Self> {
        let stream = microphone().await.ok_or_else(refused)?;
        let Some(inner) = record(stream.clone(), on_level) else {
            give_back(&stream);
            return Err(refused());
        };
        Ok(Self(SendWrapper::new(inner)))
    }

    /// Ends it and gives what was recorded.
    pub async fn finish(self) -> AppResult<(File, Voice)> {
        let inner = &self.0;
        let duration = js_sys::Date::now() - inner.started;
        let recorder = inner.recorder.clone();
        let stopped = js_sys::Promise::new(&mut |resolve, _| {
            recorder.set_onstop(Some(&resolve));
            let _ = recorder.stop();
        });
        JsFuture::from(stopped).await.map_err(|_| AppError::internal())?;
        let kind = inner.recorder.mime_type();
        let pieces: Array = inner.pieces.borrow().iter().collect();
        let options = FilePropertyBag::new();
        options.set_type(&kind);

        let name = format!("voice.{}", inner.ending);
        let file = File::new_with_blob_sequence_and_options(&pieces, &name, &options)
            .map_err(|_| AppError::internal())?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some minutes")]
        let duration_ms = duration.max(1.0) as u32;
        Ok((file, Voice { duration_ms, waveform: waveform(&inner.levels.borrow()) }))
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.interval);
        }
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
        let _ = self.recorder.stop();
        give_back(&self.stream);
        if let Some(context) = &self.context {
            let _ = context.close();
        }
    }
}

async fn microphone() -> Option<MediaStream> {
    let navigator = web_sys::window()?.navigator();
    // Not there at all where the page does not come over TLS or from this machine.
    let devices = Reflect::get(&navigator, &JsValue::from_str("mediaDevices")).ok()?;
    let devices: web_sys::MediaDevices = devices.dyn_into().ok()?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&JsValue::TRUE);
    let stream = devices.get_user_media_with_constraints(&wanted).ok()?;
    JsFuture::from(stream).await.ok()?.dyn_into().ok()
}

fn record(stream: MediaStream, on_level: impl Fn(u8) + 'static) -> Option<Inner> {
    let (kind, ending) = KINDS.into_iter().find(|(kind, _)| MediaRecorder::is_type_supported(kind))?;
    let options = MediaRecorderOptions::new();
    options.set_mime_type(kind);
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options).ok()?;
    let pieces: Rc<RefCell<Vec<Blob>>> = Rc::default();
    let on_piece = Closure::<dyn Fn(BlobEvent)>::new({
        let pieces = pieces.clone();
        move |event: BlobEvent| {
            if let Some(piece) = event.data() {
                pieces.borrow_mut().push(piece);
            }
        }
    });
    recorder.set_ondataavailable(Some(on_piece.as_ref().unchecked_ref()));

    let levels: Rc<RefCell<Vec<u8>>> = Rc::default();
    let (context, analyser) = listen(&stream).unzip();
    let on_tick = Closure::<dyn Fn()>::new({
        let levels = levels.clone();
        let waves = RefCell::new(vec![0_u8; 1024]);
        let held = Cell::new(0_u8);
        move || {
            let level = analyser.as_ref().map_or(0, |analyser| loudness(analyser, &mut waves.borrow_mut()));
            // It falls more slowly than it rises, as people hear it.
            let shown = level.max(held.get() / 2);
            held.set(shown);
            levels.borrow_mut().push(shown);
            on_level(shown);
        }
    });
    let tick = on_tick.as_ref().unchecked_ref();
    let interval =
        web_sys::window()?.set_interval_with_callback_and_timeout_and_arguments_0(tick, EVERY_MS).ok()?;
    recorder.start().ok()?;
    let started = js_sys::Date::now();
    Some(Inner {
        stream,
        recorder,
        ending,
        context,
        pieces,
        levels,
        started,
        interval,
        _on_piece: on_piece,
        _on_tick: on_tick,
    })
}

fn listen(stream: &MediaStream) -> Option<(AudioContext, AnalyserNode)> {
    let context = AudioContext::new().ok()?;
    let analyser = context.create_analyser().ok()?;
    context.create_media_stream_source(stream).ok()?.connect_with_audio_node(&analyser).ok()?;
    Some((context, analyser))
}

/// How far the wave swings from its middle at 128, from 0 to 100.
fn loudness(analyser: &AnalyserNode, waves: &mut [u8]) -> u8 {
    analyser.get_byte_time_domain_data(waves);
    let swing = waves.iter().map(|wave| wave.abs_diff(128)).max().unwrap_or_default();
    u8::try_from(u32::from(swing) * 100 / 128).unwrap_or(100).min(100)
}

/// The loudest of each part, in as many parts as a waveform has.
fn waveform(levels: &[u8]) -> Vec<u8> {
    let parts = levels.len().min(WAVEFORM_MAX);
    let part = |i: usize| {
        let (from, to) = (i * levels.len() / parts, (i + 1) * levels.len() / parts);
        levels[from..to].iter().copied().max().unwrap_or_default()
    };
    (0..parts).map(part).collect()
}

fn give_back(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}

fn refused() -> AppError {
    AppError::new(ErrorCode::Forbidden, "The microphone cannot be used.").on("microphone")
}
