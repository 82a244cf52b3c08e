//! A connection's bytes, with a least speed for those that go out.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::connection::Pulse;
use crate::pace::{LEAST, Pace};

/// See the module. It outlives HTTP where a live connection takes over, and keeps the seat until its end.
pub struct Wire {
    stream: TcpStream,
    pulse: Arc<Pulse>,
    writing: Pace,
}

impl Wire {
    /// Over a socket.
    pub fn new(stream: TcpStream, pulse: Arc<Pulse>) -> Self {
        // Answers are written as a whole: waiting for more to send would only hold them up.
        let _ = stream.set_nodelay(true);
        // So much waits in the system before it is sent: what the peer takes is seen as it takes it.
        let _ = SockRef::from(&stream).set_tcp_notsent_lowat(u32::try_from(LEAST).unwrap_or(u32::MAX));
        let writing = Pace::new(pulse.times().write);
        Self { stream, pulse, writing }
    }

    /// Of a write: what it moved, or whether the peer has been waited for too long.
    fn written(&mut self, cx: &mut Context<'_>, polled: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match polled {
            Poll::Ready(Ok(bytes)) => {
                self.writing.moved(bytes);
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                ready!(self.writing.poll_too_slow(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = ready!(Pin::new(&mut self.stream).poll_read(cx, buffer));
        if buffer.filled().len() > before && self.pulse.heard() {
            self.writing.begin();
        }
        Poll::Ready(read)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.written(cx, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Asked for when all is written.
        if self.pulse.is_live() {
            self.writing.begin();
        } else {
            self.writing.rest();
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
