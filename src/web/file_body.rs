//! An open file as the body of an answer, read piece by piece while it is sent.

use super::reply::OpenFile;
use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Bytes read at a time. A file that was written a moment ago is in memory: reading it does not wait.
const PIECE: u64 = 1 << 16;

/// The file with how far it was sent.
pub(super) struct FileBody {
    file: OpenFile,
    at: u64,
}

impl FileBody {
    pub(super) fn new(file: OpenFile) -> Self {
        Self { file, at: 0 }
    }

    fn next_piece(&mut self) -> io::Result<Bytes> {
        let length = PIECE.min(self.file.size.saturating_sub(self.at));
        let mut piece = vec![0; usize::try_from(length).unwrap_or_default()];
        read_at(&self.file.file, &mut piece, self.at)?;
        self.at = self.at.saturating_add(length);
        Ok(piece.into())
    }
}

/// Reads without moving a place that two senders would share.
#[cfg(unix)]
fn read_at(file: &std::fs::File, to: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, to, at)
}

#[cfg(not(unix))]
fn read_at(mut file: &std::fs::File, to: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read, Seek};
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    file.seek(io::SeekFrom::Start(at))?;
    file.read_exact(to)
}

impl MessageBody for FileBody {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.file.size)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        let body = self.get_mut();
        if body.at >= body.file.size {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(body.next_piece()))
    }
}
