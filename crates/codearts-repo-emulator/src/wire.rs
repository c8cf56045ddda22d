//! Connections that can be reset, and bodies that can end early.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;

/// A connection with a timeout for writing, which can end with a reset.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: Pin<Box<TimeoutStream<TcpStream>>>,
    reset: ResetSwitch,
}

/// Makes a connection end with a reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResetSwitch(Arc<AtomicBool>);

impl ResetSwitch {
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, timeout: Duration) -> (Self, ResetSwitch) {
        // Otherwise a small answer would wait until the client has acknowledged the one before.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(timeout));
        let reset = ResetSwitch::default();
        (Self { stream: Box::pin(stream), reset: reset.clone() }, reset)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.reset.is_set() {
            // Without it, the client would see a normal end of the connection.
            let _ = self.stream.get_ref().set_zero_linger();
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.is_set() {
            return Poll::Ready(Ok(()));
        }
        self.stream.as_mut().poll_shutdown(cx)
    }
}

/// The body of an answer. A truncated one announces more than it sends.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    announced: u64,
    rest: Option<Bytes>,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Whole,
    Broken,
    /// The connection has the first part and needs one more poll to send it.
    Sending,
}

/// A fault truncated the body.
#[derive(Debug, thiserror::Error)]
#[error("the answer was truncated, as a fault requested")]
pub(crate) struct BrokenOff;

impl AnswerBody {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self { announced: bytes.len() as u64, rest: Some(bytes), state: State::Whole }
    }

    /// Announces all bytes and sends the first half.
    pub(crate) fn broken(bytes: &Bytes) -> Self {
        Self { announced: bytes.len() as u64, rest: Some(bytes.slice(..bytes.len() / 2)), state: State::Broken }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if let Some(bytes) = self.rest.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.state {
            State::Whole => Poll::Ready(None),
            State::Sending => Poll::Ready(Some(Err(BrokenOff))),
            State::Broken => {
                self.state = State::Sending;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.state == State::Whole && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
