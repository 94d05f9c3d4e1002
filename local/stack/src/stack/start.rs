//! Putting a stack together.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::listeners::Listeners;
use super::stores::Stores;
use super::{Model, Parts, Stack, StackError, StackOptions};
use crate::access::Access;
use crate::aws::{self, AwsServices};
use crate::bedrock::{Bedrock, Pace};
use crate::clock::LocalClock;
use crate::control::{self, DevelopmentKey, Tokens};
use crate::events::Buses;
use crate::gateway::Gateway;
use crate::management::Management;
use crate::queues::Mapping;
use crate::runtime::{Deliveries, Functions, InvocationError, Invocations};
use crate::schedules::Schedule;
use crate::snapshot::Gate;
use crate::ssm::Parameters;
use crate::template::{EventSource, Place, Statement, Template};
use crate::websocket::WebSockets;

/// Where partners' sandboxes are served, on the AWS endpoint's port.
const PARTNERS: &str = "/_partners";

/// The template's parameter for the public half of the development key.
const PUBLIC_KEY: &str = "AccessTokenPublicKey";

/// The variable that names the SSM parameter with the private half, for the functions that issue tokens.
const SIGNING_KEY: &str = "ACCESS_TOKEN_SIGNING_KEY_PARAMETER";

/// The variable that names the SSM parameter with the key of the states in KakaoPay's return addresses.
const RETURN_STATE_KEY: &str = "RETURN_STATE_KEY_PARAMETER";

/// The template's parameters for where the API and the web app are: here, the app being the pages.
const PLACES: [&str; 2] = ["ApiUrl", "AppOrigin"];

pub(super) async fn start(mut options: StackOptions) -> Result<Stack, StackError> {
    allow_many_sockets();
    let listeners = Listeners::bind(&options).await?;
    let place = listeners.place.clone();
    let key = DevelopmentKey::load(options.state.as_deref())?;
    let template = Template::parse(&options.templates, &parameters(&options, &place, &key), &place)?;
    let own = [(SIGNING_KEY, key.secret()), (RETURN_STATE_KEY, key.secret_for("return states"))];
    for (variable, secret) in own {
        let mut named = template.functions.iter().filter_map(|function| function.variables.get(variable));
        if let Some(name) = named.next() {
            options.secrets.entry(name.clone()).or_insert(secret);
        }
    }
    let clock = clock(&options);
    let stores = Stores::open(&template, options.state.as_deref(), &clock, &place).await?;
    let deliveries = Deliveries::new(Arc::clone(&stores.queues));
    let functions = Functions::new(&template, &options.functions, &clock, &place);
    check_configuration(&functions)?;
    let buses = Buses::new(&template, &functions, deliveries.clone(), &clock);
    let buses = buses.map_err(|error| StackError::Rule(error.into()))?;

    let model = std::mem::take(&mut options.model);
    let parts = Arc::new(Parts {
        access: Arc::new(Access::new(policies(&template))),
        crashes: Arc::default(),
        faults: Arc::default(),
        counts: Arc::default(),
        bedrock: Arc::new(bedrock(model, &clock)),
        schedules: Schedule::of(&functions, &deliveries, &clock)?,
        tokens: Tokens::new(&template, key, clock.clone(), options.lecturer.take()),
        queues: Arc::clone(&stores.queues),
        websockets: Arc::new(WebSockets::new(&template, &functions, &clock)),
        functions,
        clock,
        template,
        place,
    });
    run(listeners, parts, stores, buses, options)
}

/// Lets the parts do their work: listen, poll, fire, save.
fn run(
    listeners: Listeners,
    parts: Arc<Parts>,
    stores: Stores,
    buses: Buses,
    mut options: StackOptions,
) -> Result<Stack, StackError> {
    end_invocations_that_crash(&parts);
    let gate = Arc::<Gate>::default();
    let mut tasks = JoinSet::new();
    consume_queues(&parts, &mut tasks)?;
    if options.run_schedules {
        for schedule in &parts.schedules {
            // The time is read here: the task may begin when the clock has been moved already.
            tasks.spawn(Arc::clone(schedule).run(parts.clock.now()));
        }
    }
    let directory = options.state.clone();
    let snapshots = directory.map(|directory| stores.keep_saving(directory, &gate, &mut tasks));
    let page = options.page.take();
    let (endpoint, temporary) = endpoint(&parts, stores, buses, gate, options);
    listeners.serve(&api(&parts, page), &endpoint, &mut tasks);
    Ok(Stack { parts, snapshots, tasks, _temporary: temporary })
}

/// The AWS endpoint and the partners' sandboxes; with the temporary folder that the buckets are in, if any.
fn endpoint(
    parts: &Arc<Parts>,
    stores: Stores,
    buses: Buses,
    gate: Arc<Gate>,
    options: StackOptions,
) -> (Router, Option<TempDir>) {
    let Stores { database, objects, keys, temporary, .. } = stores;
    let mut router = aws::router(AwsServices {
        database: Arc::new(database),
        queues: Arc::clone(&parts.queues) as Arc<dyn aws::AwsService>,
        events: Arc::new(buses),
        parameters: Arc::new(ssm(&parts.template, &options)),
        keys: Arc::new(keys),
        functions: Arc::new(Invocations::new(parts)),
        connections: Arc::new(Management::new(&parts.websockets, &parts.clock)),
        objects,
        bedrock: Arc::clone(&parts.bedrock),
        access: Arc::clone(&parts.access),
        crashes: Arc::clone(&parts.crashes),
        faults: Arc::clone(&parts.faults),
        counts: Arc::clone(&parts.counts),
        gate,
    });
    for sandbox in options.sandboxes {
        let sandbox_router = (sandbox.build)(parts.clock.clone(), Arc::clone(&parts.faults));
        router = router.nest(&format!("{PARTNERS}/{}", sandbox.name), sandbox_router);
    }
    (router, temporary)
}

/// The HTTP API, the control endpoints and the pages. A page's own path beats a route of the API.
fn api(parts: &Arc<Parts>, page: Option<Router>) -> Router {
    let gateway = Arc::new(Gateway::new(&parts.template, &parts.functions, &parts.clock));
    let gateway = Router::new().fallback(Gateway::serve).with_state(gateway);
    let gateway = gateway.merge(parts.websockets.router()).merge(control::router(Arc::clone(parts)));
    gateway.merge(page.unwrap_or_default())
}

fn parameters(options: &StackOptions, place: &Place, key: &DevelopmentKey) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::from([(PUBLIC_KEY.to_owned(), key.public_key().to_owned())]);
    parameters.extend(PLACES.map(|name| (name.to_owned(), place.url.clone())));
    for sandbox in &options.sandboxes {
        let base = format!("{}{PARTNERS}/{}", place.aws_url, sandbox.name);
        let given = sandbox.parameters.iter();
        parameters.extend(given.map(|(name, given)| ((*name).to_owned(), given.value(&base))));
    }
    parameters.extend(options.parameters.clone());
    parameters
}

/// Lets this process have as many sockets as the system allows: each WebSocket is one, each client of a test in the
/// same process another.
fn allow_many_sockets() {
    if let Err(error) = rlimit::increase_nofile_limit(rlimit::INFINITY) {
        tracing::warn!(%error, "the number of open files cannot be raised");
    }
}

fn clock(options: &StackOptions) -> LocalClock {
    if options.frozen {
        LocalClock::frozen(options.now.unwrap_or_else(Timestamp::now))
    } else {
        LocalClock::running(options.now)
    }
}

fn bedrock(model: Model, clock: &LocalClock) -> Bedrock {
    let clock = clock.clone();
    let clock = Arc::new(move || clock.now());
    match model {
        Model::Offline => Bedrock::offline(clock, Pace::default()),
        Model::Paced(pace) => Bedrock::offline(clock, pace),
        Model::Forward(upstream) => Bedrock::forwarding(clock, Pace::default(), upstream),
        Model::Amazon(service) => Bedrock::amazon(clock, Pace::default(), service),
    }
}

fn policies(template: &Template) -> BTreeMap<String, Vec<Statement>> {
    let functions = template.functions.iter();
    functions.map(|function| (function.name.clone(), function.policies.clone())).collect()
}

fn ssm(template: &Template, options: &StackOptions) -> Parameters {
    let plain = template.parameters.iter();
    let plain = plain.map(|parameter| (parameter.name.clone(), parameter.value.clone()));
    let of_sandboxes = options.sandboxes.iter().flat_map(|sandbox| sandbox.secrets.clone());
    let given = options.secrets.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    of_sandboxes.chain(given).fold(Parameters::new(plain.collect()), |parameters, (name, value)| {
        parameters.with_secret(name, value)
    })
}

/// Starts each function once, so that a variable that is missing is said now and not at the first request.
fn check_configuration(functions: &Functions) -> Result<(), StackError> {
    for lambda in functions.all() {
        if let Err(InvocationError::Configuration(source)) = lambda.instance() {
            return Err(StackError::Function { function: lambda.name(), source });
        }
    }
    Ok(())
}

fn end_invocations_that_crash(parts: &Arc<Parts>) {
    // Weak, because the parts hold the crashes.
    let of_crashes = Arc::downgrade(parts);
    parts.crashes.on_crash(Arc::new(move |function| {
        if let Some(parts) = of_crashes.upgrade() {
            parts.functions.kill(function);
        }
    }));
}

fn consume_queues(parts: &Parts, tasks: &mut JoinSet<()>) -> Result<(), StackError> {
    for lambda in parts.functions.all() {
        for event in &lambda.resource.events {
            let EventSource::Queue(source) = event else { continue };
            let mapping = Mapping::new(&parts.queues, lambda, source, parts.functions.activity());
            let mapping = mapping.ok_or_else(|| StackError::NoQueue {
                function: lambda.name().to_owned(),
                queue: source.queue.clone(),
            })?;
            tasks.spawn(mapping.run());
        }
    }
    Ok(())
}
