//! The two ports: bound before the template is read, because its values name them.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::{StackError, StackOptions};
use crate::template::Place;

/// Bound sockets of the HTTP API and the AWS endpoint.
pub(super) struct Listeners {
    api: Vec<TcpListener>,
    aws: Vec<TcpListener>,
    pub(super) place: Place,
}

impl Listeners {
    pub(super) async fn bind(options: &StackOptions) -> Result<Self, StackError> {
        let (api, api_address) = bind_all(options, options.port).await?;
        let aws_port = match (options.port, options.aws_port) {
            (0, 0) => 0,
            (port, 0) => port.saturating_add(1),
            (_, port) => port,
        };
        let (aws, aws_address) = bind_all(options, aws_port).await?;
        Ok(Self { api, aws, place: Place::at(api_address, aws_address) })
    }

    /// Serves both until the tasks are dropped.
    pub(super) fn serve(self, api: &Router, aws: &Router, tasks: &mut JoinSet<()>) {
        for (listeners, router) in [(self.api, api), (self.aws, aws)] {
            for listener in listeners {
                // Pieces of a stream go out when they are made, not when a packet is full.
                let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
                let service = router.clone().into_make_service_with_connect_info::<SocketAddr>();
                tasks.spawn(async move {
                    if let Err(error) = axum::serve(listener, service).await {
                        tracing::error!(%error, "stopped listening");
                    }
                });
            }
        }
    }
}

/// Binds the port on all addresses; gives the first one's.
async fn bind_all(options: &StackOptions, port: u16) -> Result<(Vec<TcpListener>, SocketAddr), StackError> {
    let (first, address) = bind(options.address, port).await?;
    let mut listeners = vec![first];
    for extra in &options.extra_addresses {
        listeners.push(bind(*extra, address.port()).await?.0);
    }
    Ok((listeners, address))
}

async fn bind(address: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), StackError> {
    let address = SocketAddr::new(address, port);
    let failed = |error| StackError::Listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}
