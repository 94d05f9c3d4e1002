//! What every call goes through, in this order: the count, the crash plan, the permissions, the faults on
//! demand, the service itself.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, request::Parts},
    response::Response,
};
use bytes::Bytes;

use super::{
    AwsCall, AwsService, AwsServices, BODY_LIMIT, Caller, Service, ServiceError, Target, error::ErrorKind,
    lost::lost_answer,
};
use crate::{
    access, bedrock,
    crash::Moment,
    dynamodb::{conflict, partial},
    faults::{Fault, FaultKind, FaultTarget},
};

/// A call on its way.
struct Call {
    target: Target,
    caller: Caller,
    parts: Parts,
    payload: Payload,
}

/// A call's body: S3 and Bedrock read it themselves.
enum Payload {
    Whole(Bytes),
    Streamed(Body),
}

/// Answers one request.
pub(super) async fn answer(services: &AwsServices, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (target, caller) = (Target::of(&parts), Caller::of(&parts));
    let payload = match target.service {
        Service::Model | Service::Objects => Payload::Streamed(body),
        service => match to_bytes(body, BODY_LIMIT).await {
            Ok(bytes) => Payload::Whole(bytes),
            Err(error) => return refuse(service, ErrorKind::TooLarge, &error.to_string()),
        },
    };
    Box::pin(Call { target, caller, parts, payload }.answer(services)).await
}

fn refuse(service: Service, kind: ErrorKind, message: &str) -> Response {
    ServiceError::of_kind(service, kind, message).into_response()
}

impl Call {
    async fn answer(self, services: &AwsServices) -> Response {
        let (service, caller) = (self.target.service, self.caller.clone());
        let operation = self.target.operation.clone();
        let needs = access::needs_of(&self.target, &self.parts, self.payload.whole());
        services.counts.add(&caller, service, &operation, needs.resource_name);
        let death = services.crashes.count(&caller, &operation);
        if death == Some(Moment::Before) {
            match services.crashes.die(&caller).await {}
        }
        if let Err(denied) = services.access.check(&caller, &needs.all) {
            return refuse(service, ErrorKind::AccessDenied, &denied.to_string());
        }
        let fault = FaultTarget::of(service).and_then(|target| services.faults.take(target, &operation));
        let hidden = self.permission_to_miss();
        let response = self.suffer(fault.as_ref(), services).await;
        if death == Some(Moment::After) {
            match services.crashes.die(&caller).await {}
        }
        match (fault.map(|fault| fault.kind), hidden) {
            (Some(FaultKind::LostAnswer), _) => lost_answer(),
            (_, Some(need)) if response.status() == StatusCode::NOT_FOUND => {
                let may_know = services.access.check(&caller, &[need]);
                may_know.map_or_else(
                    |denied| refuse(service, ErrorKind::AccessDenied, &denied.to_string()),
                    |()| response,
                )
            }
            _ => response,
        }
    }

    /// What a reader of an object needs in order to learn that it is not there: without `s3:ListBucket` S3
    /// says "access denied" instead (Amazon S3 API reference, `GetObject`, "Permissions").
    fn permission_to_miss(&self) -> Option<access::Need> {
        let reads = matches!(self.target.operation.as_str(), "GetObject" | "HeadObject");
        (self.target.service == Service::Objects && reads).then(|| access::need_to_list(&self.parts))
    }

    async fn suffer(self, fault: Option<&Fault>, services: &AwsServices) -> Response {
        let Some(fault) = fault else { return self.carry_out(services).await };
        let service = self.target.service;
        match fault.kind {
            FaultKind::Throttle => refuse(service, ErrorKind::Throttled, "Rate exceeded, on demand."),
            FaultKind::Error => refuse(service, ErrorKind::Internal, "An internal error, on demand."),
            FaultKind::Timeout => std::future::pending().await,
            FaultKind::Delay => {
                tokio::time::sleep(fault.delay()).await;
                self.carry_out(services).await
            }
            FaultKind::Conflict => match conflict::refused(&self.target.operation, self.payload.whole()) {
                Some(refused) => refused,
                None => self.carry_out(services).await,
            },
            FaultKind::Half if partial::is_batch(&self.target.operation) => {
                self.carry_out_half(services).await
            }
            // What comes after the lost answer only partners do.
            FaultKind::Half
            | FaultKind::LostAnswer
            | FaultKind::WrongCount
            | FaultKind::Unauthorized
            | FaultKind::PrimaryLimit
            | FaultKind::SecondaryLimit
            | FaultKind::NotReady
            | FaultKind::Late
            | FaultKind::Refusal(_)
            | FaultKind::FalseRefusal(_)
            | FaultKind::XmlRefusal(_)
            | FaultKind::JsonRefusal(_)
            | FaultKind::FlatRefusal(_) => self.carry_out(services).await,
        }
    }

    async fn carry_out(self, services: &AwsServices) -> Response {
        // Waiting for messages changes nothing and may take 20 seconds: a snapshot must not wait for it. Nor
        // for another function, whose own calls wait for the snapshot.
        let _entered = match (self.target.service, self.target.operation.as_str()) {
            (Service::Queue, "ReceiveMessage") => None,
            // Nor for a client that reads slowly.
            (Service::Connections, _) => None,
            (Service::Model | Service::Objects | Service::Functions, _) => None,
            _ => Some(services.gate.enter().await),
        };
        let Self { target, caller, parts, payload } = self;
        let body = match payload {
            Payload::Whole(body) => body,
            Payload::Streamed(body) => {
                let request = Request::from_parts(parts, body);
                return match target.service {
                    Service::Model => bedrock::handle(services.bedrock.clone(), request).await,
                    _ => services.objects.call(request).await,
                };
            }
        };
        let service: &dyn AwsService = match target.service {
            Service::Queue => &*services.queues,
            Service::Events => &*services.events,
            Service::Parameters => &*services.parameters,
            Service::Keys => &*services.keys,
            Service::Functions => &*services.functions,
            Service::Connections => &*services.connections,
            _ => &*services.database,
        };
        service.call(AwsCall { caller, operation: target.operation, parts, body }).await
    }

    async fn carry_out_half(mut self, services: &AwsServices) -> Response {
        let operation = self.target.operation.clone();
        let Some(halves) = partial::split(&operation, self.payload.whole()) else {
            return self.carry_out(services).await;
        };
        let answered = match &halves.first {
            Some(body) => {
                self.payload = Payload::Whole(body.clone());
                self.carry_out(services).await
            }
            None => super::json_answer("{}"),
        };
        partial::give_back(&operation, answered, halves.rest).await
    }
}

impl Payload {
    fn whole(&self) -> &Bytes {
        static NOTHING: Bytes = Bytes::new();
        match self {
            Self::Whole(bytes) => bytes,
            Self::Streamed(_) => &NOTHING,
        }
    }
}
