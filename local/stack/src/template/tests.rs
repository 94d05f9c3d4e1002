use std::collections::BTreeMap;

use serde_json::json;

use super::*;

const TEMPLATE: &str = r#"
Parameters:
  Stage: {Type: String, Default: dev}
  Key: {Type: String}
Globals:
  Function:
    Timeout: 10
    Environment: {Variables: {STAGE: !Ref Stage, LEVEL: info}}
Resources:
  WorkQueue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy: {deadLetterTargetArn: !GetAtt DeadQueue.Arn, maxReceiveCount: 3}
  DeadQueue: {Type: AWS::SQS::Queue, Properties: {QueueName: dead}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {X: !Ref Nothing}}
  WatchFunction:
    Type: AWS::Serverless::Function
    Metadata: {Path: "/jobs/{id}/events"}
    Properties:
      Handler: watch
      FunctionUrlConfig: {AuthType: NONE, InvokeMode: RESPONSE_STREAM}
  WorkFunction:
    Type: AWS::Serverless::Function
    Properties:
      Handler: work
      Timeout: 20
      Environment:
        Variables:
          LEVEL: debug
          TABLE: !Ref Table
          QUEUE_URL: !Ref WorkQueue
          WATCH: !GetAtt WatchFunctionUrl.FunctionUrl
          KEY: !Sub "${AWS::Region}/${Key}/${WorkQueue.QueueName}/${!Raw}"
      Policies:
        - Statement:
            - Effect: Allow
              Action: dynamodb:PutItem
              Resource: [!GetAtt Table.Arn, !Sub "${Table.Arn}/index/*"]
      Events:
        Queue:
          Type: SQS
          Properties:
            Queue: !GetAtt WorkQueue.Arn
            BatchSize: 5
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig: {MaximumConcurrency: 4}
"#;

fn place() -> Place {
    Place { url: "http://127.0.0.1:3000".to_owned(), aws_url: "http://127.0.0.1:3001".to_owned() }
}

fn parse(text: &str) -> Result<Template, TemplateError> {
    Template::parse(&[text], &BTreeMap::from([("Key".to_owned(), "k".to_owned())]), &place())
}

#[test]
fn references_become_local_names_addresses_and_arns() {
    let template = parse(TEMPLATE).unwrap();
    let work = template.function("work").unwrap();
    let expected = [
        ("KEY", "ap-northeast-2/k/WorkQueue/${Raw}"),
        ("LEVEL", "debug"),
        ("QUEUE_URL", "http://127.0.0.1:3001/000000000000/WorkQueue"),
        ("STAGE", "dev"),
        ("TABLE", "Table"),
        ("WATCH", "http://127.0.0.1:3000/"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(work.variables, BTreeMap::from(expected));
    let table = "arn:aws:dynamodb:ap-northeast-2:000000000000:table/Table";
    assert_eq!(work.policies[0].resources, [table.to_owned(), format!("{table}/index/*")]);
    assert_eq!(template.skipped, [("Alarm".to_owned(), "AWS::CloudWatch::Alarm".to_owned())]);
}

#[test]
fn a_function_has_its_own_settings_over_the_globals() {
    let template = parse(TEMPLATE).unwrap();
    let seconds = |name| template.function(name).unwrap().timeout.as_secs();
    assert_eq!((seconds("watch"), seconds("work")), (10, 20));
    let url = template.function("watch").unwrap().url.clone().unwrap();
    assert_eq!(url, FunctionUrl { path: "/jobs/{id}/events".to_owned(), streams: true, cors: None });
}

#[test]
fn queues_and_their_consumers_are_read() {
    let template = parse(TEMPLATE).unwrap();
    let redrive = template.queues[0].redrive.clone().unwrap();
    assert_eq!(redrive, Redrive { queue: "dead".to_owned(), max_receive_count: 3 });
    let EventSource::Queue(source) = &template.function("work").unwrap().events[0] else { panic!() };
    assert_eq!(
        (source.queue.as_str(), source.batch_size, source.maximum_concurrency),
        ("WorkQueue", 5, Some(4))
    );
    assert!(source.reports_failures);
}

#[test]
fn what_cannot_be_honoured_is_refused_with_its_place() {
    let function = |properties: &str| {
        format!(
            "Resources: {{F: {{Type: AWS::Serverless::Function, Properties: {{Handler: f, {properties}}}}}}}"
        )
    };
    for (properties, place, problem) in [
        ("Environment: {Variables: {A: !Ref Nope}}", "F.Properties.Environment.Variables.A", "Nope"),
        ("Policies: [AmazonS3FullAccess]", "F.Properties.Policies", "AmazonS3FullAccess"),
        (
            "Events: {E: {Type: SQS, Properties: {Queue: q, FilterCriteria: {}}}}",
            "F.Properties.Events.E",
            "honour",
        ),
        ("Events: {E: {Type: Kinesis}}", "F.Properties.Events.E", "Kinesis"),
        ("Timeout: soon", "F.Properties.Timeout", "whole number"),
    ] {
        let error = parse(&function(properties)).unwrap_err().to_string();
        assert!(error.contains(place) && error.contains(problem), "{error}");
    }
    let error = Template::parse(&[TEMPLATE], &BTreeMap::new(), &place()).unwrap_err().to_string();
    assert!(error.contains("Parameters.Key"), "{error}");
}

#[test]
fn long_forms_and_joins_are_the_same_as_short_ones() {
    let text = r"
Resources:
  Q: {Type: AWS::SQS::Queue}
  B: {Type: AWS::S3::Bucket, Properties: {Tags: {A: {'Fn::Join': ['-', [{Ref: Q}, !GetAtt [Q, QueueName], {Ref: 'AWS::NoValue'}]]}}}}
";
    // A null inside a list is not a text.
    assert!(parse(text).is_err());
    let text = text.replace(", {Ref: 'AWS::NoValue'}", "");
    let template = parse(&text).unwrap();
    assert_eq!(
        template.buckets[0].properties,
        json!({ "Tags": { "A": "http://127.0.0.1:3001/000000000000/Q-Q" } })
    );
    assert_eq!(template.buckets[0].name, "b");
}

#[test]
fn a_later_template_is_given_what_an_earlier_one_puts_out() {
    let first = "
Resources:
  ThingsTable: {Type: AWS::DynamoDB::Table, Properties: {}}
Outputs:
  ThingsTable: {Value: !Ref ThingsTable}
  ThingsTableArn: {Value: !GetAtt ThingsTable.Arn}
";
    let second = "
Parameters:
  ThingsTable: {Type: String}
  ThingsTableArn: {Type: String}
Resources:
  ReadFunction:
    Type: AWS::Serverless::Function
    Properties:
      Handler: read
      Environment: {Variables: {TABLE: !Ref ThingsTable, ARN: !Ref ThingsTableArn}}
";
    let template = Template::parse(&[first, second], &BTreeMap::new(), &place()).unwrap();
    let variables = &template.function("read").unwrap().variables;
    assert_eq!(variables["TABLE"], "ThingsTable");
    assert_eq!(variables["ARN"], format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/ThingsTable"));

    let alone = Template::parse(&[second], &BTreeMap::new(), &place()).unwrap_err().to_string();
    assert!(alone.contains("ThingsTable"), "{alone}");
    let twice = Template::parse(&[first, first], &BTreeMap::new(), &place()).unwrap_err().to_string();
    assert!(twice.contains("Resources.ThingsTable") && twice.contains("earlier"), "{twice}");
}
