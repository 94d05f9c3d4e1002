//! What a stack is started with.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use jiff::Timestamp;
use maru_lambda::Function;

use crate::bedrock::{AmazonBedrock, Pace, Upstream};
use crate::sandbox::Sandbox;

/// What answers model calls.
#[derive(Debug, Default)]
pub enum Model {
    /// The offline model, without delays.
    #[default]
    Offline,
    /// The offline model, at this pace.
    Paced(Pace),
    /// An OpenAI-compatible server.
    Forward(Upstream),
    /// The real service.
    Amazon(AmazonBedrock),
}

/// Gives the id of the demo lecturer; asked each time, because the data is there only after the first night.
pub type DemoLecturer = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// What a stack is started with. [`StackOptions::new`] is right for tests: in memory, on free ports of
/// loopback, without schedules.
pub struct StackOptions {
    /// The texts of the templates, in the order in which they are deployed.
    pub templates: Vec<String>,
    /// The domains' lists. Functions that no template has, and the other way round, are left out.
    pub functions: Vec<&'static [Function]>,
    /// Values of the template's parameters. `AccessTokenPublicKey` is the stack's own unless it is given.
    pub parameters: BTreeMap<String, String>,
    /// Secrets in SSM, by parameter name.
    pub secrets: BTreeMap<String, String>,
    /// Where state is kept; in memory (and temporary files) without it.
    pub state: Option<PathBuf>,
    /// The address to listen on.
    pub address: IpAddr,
    /// The port of the HTTP API; 0 for any free one.
    pub port: u16,
    /// The port of the AWS endpoint; 0 for the next one after `port`, or any free one if that is 0 too.
    pub aws_port: u16,
    /// Further addresses to listen on, with the same ports: the Docker bridge.
    pub extra_addresses: Vec<IpAddr>,
    /// The time to begin with; the real time without it.
    pub now: Option<Timestamp>,
    /// Whether the clock stands still until it is moved.
    pub frozen: bool,
    /// Whether schedules fire by themselves.
    pub run_schedules: bool,
    /// Pages for people, beside the API's routes: a router without a fallback. Its paths beat the API's.
    pub page: Option<Router>,
    /// Stand-ins for partners.
    pub sandboxes: Vec<Sandbox>,
    /// What answers model calls.
    pub model: Model,
    /// Who the demo lecturer is.
    pub lecturer: Option<DemoLecturer>,
}

impl StackOptions {
    /// A stack of these functions in memory, on free ports of loopback, on the real time, without schedules.
    #[must_use]
    pub fn new(templates: Vec<String>, functions: Vec<&'static [Function]>) -> Self {
        Self {
            templates,
            functions,
            parameters: BTreeMap::new(),
            secrets: BTreeMap::new(),
            state: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            aws_port: 0,
            extra_addresses: Vec::new(),
            now: None,
            frozen: false,
            run_schedules: false,
            page: None,
            sandboxes: Vec::new(),
            model: Model::default(),
            lecturer: None,
        }
    }
}
