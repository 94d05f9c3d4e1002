//! Connections over which nothing goes: what of a stream's memory is the local stack's.

use std::net::SocketAddr;

use futures::{StreamExt, TryStreamExt, stream};
use maru_measure::Outcome;
use tokio::net::TcpStream;

use crate::server::Server;

/// How many are opened at the same time.
pub const AT_ONCE: usize = 32;

/// A request for a path that no function serves.
const REQUEST: &[u8] = b"GET /nothing HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";

/// KiB that each of so many connections takes that have asked once and stay open.
pub async fn kib_each(count: usize) -> Outcome<f64> {
    let server = Server::start()?;
    let address: SocketAddr = server.url.trim_start_matches("http://").parse()?;
    drop(open(address).await?);
    let before = server.taken()?;
    let opening = stream::iter(0..count).map(|_| open(address)).buffer_unordered(AT_ONCE);
    let open: Vec<TcpStream> = opening.try_collect().await?;
    let after = server.taken()?;
    drop(open);
    Ok(before.kib_each_until(after, count))
}

async fn open(address: SocketAddr) -> Outcome<TcpStream> {
    let connection = TcpStream::connect(address).await?;
    connection.writable().await?;
    if connection.try_write(REQUEST)? < REQUEST.len() {
        return Err("the request did not go out".into());
    }
    connection.readable().await?;
    let mut answer = [0; 12];
    connection.try_read(&mut answer)?;
    if answer != *b"HTTP/1.1 404" {
        return Err(format!("the answer was {:?}", String::from_utf8_lossy(&answer)).into());
    }
    Ok(connection)
}
