//! How long a function's binary takes from its start to its first poll of the runtime API, against the
//! smallest Lambda's, one after the other in turn.
//!
//! ```sh
//! cargo lambda build --release --compiler cargo && cargo build --release -p maru-measure
//! target/release/measure_start --lambdas target/lambda --empty target/release/empty_lambda
//! ```

use std::collections::BTreeMap;
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clap::Parser;
use maru_measure::{Outcome, median, milliseconds, rounded, say};
use maru_stack::template::{Place, Template, read_files};
use serde_json::json;

#[derive(Parser)]
struct Arguments {
    /// The directory with one folder a domain and in it `bootstrap`.
    #[arg(long)]
    lambdas: PathBuf,
    /// The smallest Lambda.
    #[arg(long)]
    empty: PathBuf,
    /// The root of the workspace, for the templates: the functions and their variables.
    #[arg(long, default_value = ".")]
    project: PathBuf,
    /// How often each is started.
    #[arg(long, default_value_t = 21)]
    runs: usize,
}

fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let nothing = BTreeMap::new();
    for (name, binary, variables) in functions(&arguments)? {
        let (mut ours, mut empty) = (Vec::new(), Vec::new());
        for _ in 0..arguments.runs {
            ours.push(start(&listener, &binary, &name, &variables)?);
            empty.push(start(&listener, &arguments.empty, "empty", &nothing)?);
        }
        let (own, other) = (median(ours), median(empty));
        let line = json!({
            "function": name,
            "milliseconds": milliseconds(own),
            "emptyMilliseconds": milliseconds(other),
            "ratio": rounded(own.as_secs_f64() / other.as_secs_f64()),
            "bytes": std::fs::metadata(&binary)?.len(),
            "emptyBytes": std::fs::metadata(&arguments.empty)?.len(),
        });
        say(&line);
    }
    Ok(())
}

type Binary = (String, PathBuf, BTreeMap<String, String>);

/// Every function of the templates with its binary and its variables.
fn functions(arguments: &Arguments) -> Outcome<Vec<Binary>> {
    let address = ([127, 0, 0, 1], 1).into();
    let place = Place::at(address, address);
    let texts = read_files(&arguments.project)?;
    // Values of the right form: what is read at the start is never used.
    let parameters = [
        ("AccessTokenPublicKey", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
        ("LecturePlatformUrl", "http://127.0.0.1:1"),
        ("AlarmTopicArn", "arn:aws:sns:ap-northeast-2:000000000000:alarms"),
        ("GithubClientId", "x"),
        ("KakaoClientId", "x"),
    ];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let template = Template::parse(&texts, &parameters, &place)?;
    let mut functions = Vec::new();
    for function in template.functions {
        let domain = Path::new(&function.code).file_name().ok_or("a function without CodeUri")?;
        functions.push((function.name, arguments.lambdas.join(domain).join("bootstrap"), function.variables));
    }
    Ok(functions)
}

/// Starts a binary and waits until it asks for its first event.
fn start(
    listener: &TcpListener,
    binary: &Path,
    handler: &str,
    variables: &BTreeMap<String, String>,
) -> Outcome<Duration> {
    let api = listener.local_addr()?.to_string();
    let mut command = Command::new(binary);
    command.env_clear().envs(variables).env("_HANDLER", handler).env("AWS_LAMBDA_RUNTIME_API", api);
    command.envs([
        ("AWS_REGION", "ap-northeast-2"),
        ("AWS_ACCESS_KEY_ID", "x"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_LAMBDA_FUNCTION_NAME", handler),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "g"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "s"),
    ]);
    let began = Instant::now();
    let mut child = command.spawn()?;
    let (mut connection, _) = listener.accept()?;
    let mut request = [0; 256];
    let length = connection.read(&mut request)?;
    let took = began.elapsed();
    child.kill()?;
    child.wait()?;
    let line = String::from_utf8_lossy(request.get(..length).unwrap_or_default()).into_owned();
    if line.contains("/invocation/next") {
        Ok(took)
    } else {
        Err(format!("{handler} asked for {line}").into())
    }
}
