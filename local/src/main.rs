//! `cargo local`: all of Maru on this machine, without Docker and without an account.
//!
//! Reads the templates, runs the domains' functions on the local stack, loads data, runs the night once
//! unless it was run before, and serves the page for people.

mod data;
mod demo;
mod night;
mod options;
mod page;
mod town;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use maru_stack::github::Repositories;
use maru_stack::kma::Answers;
use maru_stack::template::read_files;
use maru_stack::{Model, Sandbox, Stack, StackOptions};
use options::Options;

/// Every domain's Lambdas; a new domain is one more line.
const DOMAINS: [&[maru_lambda::Function]; 12] = [
    billing::FUNCTIONS,
    chat::FUNCTIONS,
    community::FUNCTIONS,
    consulting::FUNCTIONS,
    hub::FUNCTIONS,
    identity::FUNCTIONS,
    interview::FUNCTIONS,
    jobs::FUNCTIONS,
    notification::FUNCTIONS,
    pdf::FUNCTIONS,
    resume::FUNCTIONS,
    weather::FUNCTIONS,
];

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    start_logs();
    match run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&*error);
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    // First, because `--fresh` forgets the state: a start that is refused changes nothing.
    let model = options.model(|name| std::env::var(name).ok())?;
    let repositories = options.repositories()?;
    let kma = options.recorded_weather()?;
    let state = options.state_directory()?;
    let data = data::prepare(options, state.as_deref())?;
    let stack =
        Stack::start(stack_options(options, model, (repositories, kma), state.clone(), &data)?).await?;
    if let Some(file) = &options.env_vars {
        std::fs::write(file, options::env_vars(&stack).to_string())?;
    }
    night::run_once(&stack).await?;
    demo::introduce(&stack).await?;
    town::settle(&stack).await?;
    say(&format!("Maru is ready: {}  (data: {}, Ctrl-C ends it)", stack.url(), data.describe()));
    wait_for_the_end().await?;
    stack.stop().await?;
    Ok(())
}

fn stack_options(
    options: &Options,
    model: Model,
    partners: (Repositories, Option<Answers>),
    state: Option<PathBuf>,
    data: &data::LectureData,
) -> Result<StackOptions, Box<dyn Error>> {
    // They stand at the root of the workspace, wherever the command is given.
    let templates = read_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    let lecturer = data.demo_lecturer();
    let mut stack = StackOptions::new(templates, DOMAINS.to_vec());
    stack.parameters = options.parameters();
    stack.secrets = data.secrets();
    stack.sandboxes = sandboxes(partners, state.as_deref(), data)?;
    stack.state = state;
    stack.port = options.port;
    stack.extra_addresses = options.extra_addresses();
    stack.now = options.now;
    stack.run_schedules = true;
    stack.page = Some(page::router());
    stack.model = model;
    stack.lecturer = Some(std::sync::Arc::new(move || lecturer.clone()));
    Ok(stack)
}

/// The partners' stand-ins. What was paid at KakaoPay is kept with the state, as are the warnings issued by hand: they
/// would not forget either.
fn sandboxes(
    (repositories, recorded): (Repositories, Option<Answers>),
    state: Option<&Path>,
    data: &data::LectureData,
) -> std::io::Result<Vec<Sandbox>> {
    let kakaopay = state.map_or_else(|| Ok(Sandbox::kakaopay()), Sandbox::kakaopay_kept_in)?;
    let kma = match (recorded, state) {
        (Some(recorded), _) => recorded,
        (None, Some(state)) => Answers::kept_in(state)?,
        (None, None) => Answers::built_in(),
    };
    let github = Sandbox::github(repositories);
    Ok(vec![data.sandbox(), github, Sandbox::kakao(), kakaopay, Sandbox::kma(kma)])
}

fn start_logs() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

async fn wait_for_the_end() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended,
        _ = terminate.recv() => Ok(()),
    }
}

/// One line with what went wrong and why.
fn complain(error: &dyn Error) {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    eprintln!("error: {}", causes.join(": "));
}

#[expect(clippy::print_stdout, reason = "the one line that this command is for")]
fn say(line: &str) {
    println!("{line}");
}
