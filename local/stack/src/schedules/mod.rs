//! Schedules, as EventBridge Scheduler has them, on the stack's clock.
//!
//! When the clock jumps over several firings of one schedule, the latest of them happens and the others do
//! not. Left out: `at(…)`, flexible time windows, start and end dates.

mod cron;
mod expression;

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::LocalClock;
use crate::runtime::{Activity, Deliveries, Functions, Lambda, request_id};
use crate::template::{ACCOUNT, EventSource, REGION, ScheduleSource};
use expression::Expression;

/// An expression or an input that the stack does not understand.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// Neither `cron(…)` nor `rate(…)` as AWS writes them, or an unknown time zone.
    #[error("the schedule of {function}: {expression} in {timezone} is not understood")]
    Expression {
        /// The function.
        function: String,
        /// `ScheduleExpression`.
        expression: String,
        /// `ScheduleExpressionTimezone`.
        timezone: String,
    },
    /// The input is not JSON.
    #[error("the input of the schedule of {function} is not JSON")]
    Input {
        /// The function.
        function: String,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
}

/// One schedule of one function.
pub(crate) struct Schedule {
    source: ScheduleSource,
    expression: Expression,
    lambda: Arc<Lambda>,
    deliveries: Deliveries,
    clock: LocalClock,
    activity: Activity,
}

impl Schedule {
    /// The schedules of the functions that run here.
    ///
    /// # Errors
    /// [`ScheduleError`] when one is not understood.
    pub(crate) fn of(
        functions: &Functions,
        deliveries: &Deliveries,
        clock: &LocalClock,
    ) -> Result<Vec<Arc<Self>>, ScheduleError> {
        let mut schedules = Vec::new();
        for lambda in functions.all() {
            for event in &lambda.resource.events {
                let EventSource::Schedule(source) = event else { continue };
                let schedule = Self {
                    expression: expression(source, lambda.name())?,
                    source: source.clone(),
                    lambda: Arc::clone(lambda),
                    deliveries: deliveries.clone(),
                    clock: clock.clone(),
                    activity: functions.activity().clone(),
                };
                schedule.event(Timestamp::UNIX_EPOCH)?;
                schedules.push(Arc::new(schedule));
            }
        }
        Ok(schedules)
    }

    /// The name of the function that it fires.
    pub(crate) fn function(&self) -> &'static str {
        self.lambda.name()
    }

    /// Fires whenever its time comes after `start`, until dropped.
    pub(crate) async fn run(self: Arc<Self>, start: Timestamp) {
        if !self.source.enabled {
            return;
        }
        let mut moves = self.clock.moves();
        let mut passed = start;
        while let Some(next) = self.expression.next(passed) {
            tokio::select! {
                () = self.clock.wait_until(next) => {}
                () = moves.next() => {}
            }
            let now = self.clock.now();
            if let Some(planned) = self.expression.latest(passed, now) {
                let (schedule, busy) = (Arc::clone(&self), self.activity.begin());
                tokio::spawn(async move {
                    // What failed in the end is in a queue and in the log.
                    drop(schedule.fire(planned).await);
                    drop(busy);
                });
                passed = planned;
            }
            // The clock was set back: what comes now has not passed yet.
            passed = passed.min(now);
        }
    }

    /// Fires as planned for `planned`, with its retries.
    ///
    /// # Errors
    /// The last attempt's error.
    pub(crate) async fn fire(
        &self,
        planned: Timestamp,
    ) -> Result<maru_lambda::Answer, crate::runtime::InvocationError> {
        // The input was checked at the start.
        let event = self.event(planned).unwrap_or_default();
        self.deliveries.deliver(&self.lambda, event, &self.source.retry).await
    }

    /// The event of one firing: the template's input with Scheduler's context attributes, else Scheduler's own.
    fn event(&self, planned: Timestamp) -> Result<Value, ScheduleError> {
        let (id, time) = (request_id(), planned.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let arn = format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{}", self.source.id);
        let Some(input) = &self.source.input else {
            return Ok(json!({
                "version": "0",
                "id": id,
                "detail-type": "Scheduled Event",
                "source": "aws.scheduler",
                "account": ACCOUNT,
                "time": time,
                "region": REGION,
                "resources": [arn],
                "detail": "{}",
            }));
        };
        let input = input
            .replace("<aws.scheduler.scheduled-time>", &time)
            .replace("<aws.scheduler.schedule-arn>", &arn)
            .replace("<aws.scheduler.execution-id>", &id)
            .replace("<aws.scheduler.attempt-number>", "1");
        serde_json::from_str(&input)
            .map_err(|source| ScheduleError::Input { function: self.function().to_owned(), source })
    }
}

fn expression(source: &ScheduleSource, function: &str) -> Result<Expression, ScheduleError> {
    Expression::parse(&source.expression, &source.timezone).ok_or_else(|| ScheduleError::Expression {
        function: function.to_owned(),
        expression: source.expression.clone(),
        timezone: source.timezone.clone(),
    })
}
