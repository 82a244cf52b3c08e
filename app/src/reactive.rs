//! Leptos' makers of signals, compiled once for each type of value rather than for each closure:
//! there are hundreds of these, and each cost the browser half a kilobyte.

use leptos::prelude::*;

/// A value that follows others, and tells its readers only when it has become another one.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    fn erased<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| value())
    }
    erased(Box::new(value))
}

/// A value that follows others.
pub fn derive<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    fn erased<T: Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
        Signal::derive(value)
    }
    erased(Box::new(value))
}
