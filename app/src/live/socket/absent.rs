//! On the server: no line.

/// There is none.
pub enum Line {}

impl Line {
    /// Opens nothing.
    pub fn open(
        _on_text: impl Fn(String) + 'static,
        _on_close: impl Fn(u16) + 'static,
        _then: impl FnOnce(Self),
    ) {
    }

    /// Says nothing.
    pub fn say(&self, _text: &str) -> bool {
        match *self {}
    }
}
