//! The command's options, and what they mean for the stack.

use std::collections::BTreeMap;
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use jiff::Timestamp;
use maru_stack::bedrock::{AmazonBedrock, Pace, Upstream};
use maru_stack::github::{GitError, Repositories};
use maru_stack::kma::Answers;
use maru_stack::{Model, Stack};
use serde_json::{Value, json};

/// The model id that the offline stand-in goes by: what it wrote says so.
const OFFLINE_MODEL: &str = "offline-extractive";

/// The longest silence of a model server that is waited out.
const MODEL_PATIENCE: Duration = Duration::from_secs(120);

/// The address of the Docker bridge, where containers reach this machine.
const DOCKER_BRIDGE: IpAddr = IpAddr::V4(Ipv4Addr::new(172, 17, 0, 1));

/// All of Maru on this machine.
#[derive(Debug, Parser)]
#[command(name = "cargo local", about)]
pub struct Options {
    /// The port of the API and the page; the AWS endpoint takes the next one.
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Where state is kept between two starts.
    #[arg(long, default_value = ".maru")]
    data: PathBuf,
    /// Forget the state and begin anew.
    #[arg(long)]
    fresh: bool,
    /// Keep no state.
    #[arg(long, conflicts_with_all = ["data", "fresh"])]
    memory: bool,
    /// Begin without the built-in sample.
    #[arg(long, conflicts_with = "lecture_data")]
    pub no_sample: bool,
    /// The lecture platform's export: a directory of NDJSON or CSV files, one per dataset.
    #[arg(long, value_name = "DIR")]
    pub lecture_data: Option<PathBuf>,
    /// Serve every git repository directly in this directory (and itself, if it is one) as the repositories of
    /// GitHub's demo user, instead of the built-in ones. It takes the git program.
    #[arg(long, value_name = "DIR")]
    git_repos: Option<PathBuf>,
    /// An e-mail address or a name by which the demo user wrote commits in them; may be given several times.
    /// Without it the demo user is whoever wrote most.
    #[arg(long, value_name = "AUTHOR", requires = "git_repos")]
    git_author: Vec<String>,
    /// Replay recorded answers of the weather service from this directory instead of inventing weather. The files are
    /// sent as they are: `getPwnCd.json` and `getPwnStatus.json`, or by page `getPwnCd.page1.json`,
    /// `getPwnCd.page2.json` …; `getVilageFcst.202611210500.60.127.json` (base date and time, nx, ny), and so
    /// `getUltraSrtNcst` and `getUltraSrtFcst`; `.xml` in place of `.json` as well. What is missing is answered with
    /// `NO_DATA`.
    #[arg(long, value_name = "DIR")]
    kma: Option<PathBuf>,
    /// The time to begin with, such as 2013-09-20T15:10:00Z.
    #[arg(long)]
    pub now: Option<Timestamp>,
    /// An OpenAI-compatible server that answers model calls, such as `http://127.0.0.1:11434/v1`.
    #[arg(long, value_name = "URL")]
    model_url: Option<String>,
    /// What results call the model that answers there; the server's first model is asked.
    #[arg(long, default_value = "openai-compatible", requires = "model_url")]
    model_name: String,
    /// Ask the real Amazon Bedrock, with the keys and the region of the environment (`AWS_ACCESS_KEY_ID` and so
    /// on); what it answers is paid for.
    #[arg(long, conflicts_with_all = ["model_url", "model_delay"])]
    bedrock: bool,
    /// How long the offline model takes for one answer, in milliseconds; a streamed one comes evenly spread over them.
    #[arg(long, default_value_t = 0, conflicts_with = "model_url")]
    model_delay: u64,
    /// Listen on the Docker bridge too, so that `sam local invoke` reaches the same tables and queues.
    #[arg(long)]
    docker: bool,
    /// Write the functions' variables into this file, for `sam local invoke --env-vars`.
    #[arg(long, value_name = "FILE")]
    pub env_vars: Option<PathBuf>,
}

impl Options {
    /// Where state is kept, emptied if the options say so; none with `--memory`.
    pub fn state_directory(&self) -> std::io::Result<Option<PathBuf>> {
        if self.memory {
            return Ok(None);
        }
        if self.fresh && self.data.exists() {
            std::fs::remove_dir_all(&self.data)?;
        }
        std::fs::create_dir_all(&self.data)?;
        Ok(Some(self.data.clone()))
    }

    /// The template's parameters that differ from a deployment's. The real Bedrock is asked for the model that a
    /// deployment asks for.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        if self.bedrock {
            return BTreeMap::new();
        }
        let model = if self.model_url.is_some() { &self.model_name } else { OFFLINE_MODEL };
        ["ModelId", "FoundationModelId"].map(|name| (name.to_owned(), model.to_owned())).into()
    }

    /// The repositories behind GitHub's sandbox.
    ///
    /// # Errors
    /// [`GitError`] when the directory has none, or git cannot be run.
    pub fn repositories(&self) -> Result<Repositories, GitError> {
        match &self.git_repos {
            Some(directory) => Repositories::git(directory.clone(), self.git_author.clone()),
            None => Ok(Repositories::built_in()),
        }
    }

    /// What the weather service's sandbox replays, if it does not invent it.
    ///
    /// # Errors
    /// The directory is none.
    pub fn recorded_weather(&self) -> std::io::Result<Option<Answers>> {
        self.kma.as_deref().map(Answers::recorded).transpose()
    }

    /// What answers model calls; `variable` reads one of the environment.
    ///
    /// # Errors
    /// When the real Bedrock is asked for without keys or region, or when the TLS library cannot be set up.
    pub fn model(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Model, Box<dyn Error>> {
        if self.bedrock {
            return Ok(Model::Amazon(AmazonBedrock::from_environment(variable, MODEL_PATIENCE)?));
        }
        Ok(match &self.model_url {
            Some(url) => Model::Forward(Upstream::new(url, MODEL_PATIENCE)?),
            None => {
                let answer = Duration::from_millis(self.model_delay);
                Model::Paced(Pace { answer, ..Pace::default() })
            }
        })
    }

    /// Where to listen beside loopback.
    pub fn extra_addresses(&self) -> Vec<IpAddr> {
        if self.docker { vec![DOCKER_BRIDGE] } else { Vec::new() }
    }
}

/// The variables of every function by its logical id, in the form that `sam local invoke --env-vars` reads.
pub fn env_vars(stack: &Stack) -> Value {
    let functions = stack.parts().template.functions.iter();
    functions.map(|function| (function.logical_id.clone(), json!(function.variables))).collect()
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, clap::Error> {
        Options::try_parse_from([&["cargo local"], arguments].concat())
    }

    #[test]
    fn the_real_bedrock_is_asked_with_keys_for_the_deployed_model() {
        let options = parse(&["--bedrock"]).unwrap();
        assert!(options.parameters().is_empty());
        let model = options.model(|name| (!name.contains("URL")).then(|| "us-east-1".to_owned()));
        assert!(matches!(model.unwrap(), Model::Amazon(_)));
    }

    #[test]
    fn the_real_bedrock_without_keys_refuses_to_start() {
        let refused = parse(&["--bedrock"]).unwrap().model(|_| None).unwrap_err().to_string();
        assert!(refused.contains("AWS_ACCESS_KEY_ID") && refused.lines().count() == 1, "{refused}");
        assert!(parse(&[]).unwrap().model(|_| None).is_ok(), "the offline model needs none");
    }

    #[test]
    fn recorded_weather_that_is_not_there_refuses_to_start() {
        let refused =
            parse(&["--kma", "/nowhere/at/all"]).unwrap().recorded_weather().unwrap_err().to_string();
        assert!(refused.contains("/nowhere/at/all"), "{refused}");
        assert!(parse(&[]).unwrap().recorded_weather().unwrap().is_none());
    }

    #[test]
    fn two_models_at_once_are_refused() {
        let url = "http://127.0.0.1:11434/v1";
        let refused = parse(&["--bedrock", "--model-url", url]).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ArgumentConflict);
    }
}
