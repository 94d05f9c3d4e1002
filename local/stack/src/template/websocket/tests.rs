use std::collections::BTreeMap;

use super::*;
use crate::template::{EventSource, Template};

const TEMPLATE: &str = r#"
Resources:
  ChatApi:
    Type: AWS::ApiGatewayV2::Api
    Metadata: {Path: /ws}
    Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
  ChatStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref ChatApi, StageName: live, AutoDeploy: true}
  ConnectIntegration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref ChatApi
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${ConnectFunction.Arn}/invocations"
  ConnectRoute:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref ChatApi, RouteKey: $connect, Target: !Sub "integrations/${ConnectIntegration}"}
  ConnectPermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref ConnectFunction
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ChatApi}/*/$connect"
  ConnectFunction:
    Type: AWS::Serverless::Function
    Properties:
      Handler: connect
      Environment:
        Variables:
          URL: !Sub "https://${ChatApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${ChatStage}"
          PUBLIC: !Sub "wss://${ChatApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${ChatStage}"
          OTHER: !Sub "https://other.execute-api.${AWS::Region}.${AWS::URLSuffix}/x"
      Policies:
        - Statement:
            - Effect: Allow
              Action: execute-api:ManageConnections
              Resource: !Sub "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ChatApi}/${ChatStage}/POST/@connections/*"
"#;

fn parse(text: &str) -> Result<Template, TemplateError> {
    let place =
        Place { url: "http://127.0.0.1:3000".to_owned(), aws_url: "http://127.0.0.1:3001".to_owned() };
    Template::parse(&[text], &BTreeMap::new(), &place)
}

#[test]
fn an_api_has_its_routes_and_the_functions_know_what_triggers_them() {
    let template = parse(TEMPLATE).unwrap();
    let api = &template.websockets[0];
    assert_eq!((api.id.as_str(), api.path.as_str(), api.stage.as_str()), ("chatapi", "/ws", "live"));
    assert_eq!(api.selector, "action");
    let route = WebSocketRoute { key: "$connect".to_owned(), function: "connect".to_owned() };
    assert_eq!(api.routes, [route]);
    let events = &template.function("connect").unwrap().events;
    let [EventSource::WebSocket { api, route }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((api.as_str(), route.as_str()), ("ChatApi", "$connect"));
    assert_eq!(template.skipped, []);
}

#[test]
fn addresses_of_an_api_are_those_of_the_local_stack() {
    let template = parse(TEMPLATE).unwrap();
    let variables = &template.function("connect").unwrap().variables;
    assert_eq!(variables["URL"], "http://127.0.0.1:3001/chatapi/live");
    assert_eq!(variables["PUBLIC"], "ws://127.0.0.1:3000/ws");
    assert_eq!(variables["OTHER"], "https://other.execute-api.ap-northeast-2.amazonaws.com/x");
    let resource = "arn:aws:execute-api:ap-northeast-2:000000000000:chatapi/live/POST/@connections/*";
    assert_eq!(template.function("connect").unwrap().policies[0].resources, [resource]);
}

#[test]
fn what_would_not_work_on_aws_or_not_here_is_refused() {
    for (from, to, problem) in [
        ("Principal: apigateway.amazonaws.com", "Principal: events.amazonaws.com", "Permission"),
        ("/*/$connect", "/*/$disconnect", "Permission"),
        ("integrations/${ConnectIntegration}", "integrations/other", "integration"),
        ("IntegrationType: AWS_PROXY", "IntegrationType: MOCK", "AWS_PROXY"),
        ("AutoDeploy: true", "AutoDeploy: false", "AutoDeploy"),
        ("ProtocolType: WEBSOCKET", "ProtocolType: HTTP", "WEBSOCKET"),
        ("    Metadata: {Path: /ws}\n", "", "Metadata"),
        ("RouteKey: $connect,", "RouteKey: $connect, AuthorizationType: AWS_IAM,", "NONE"),
    ] {
        let text = TEMPLATE.replacen(from, to, 1);
        assert_ne!(text, TEMPLATE, "{from}");
        let error = parse(&text).unwrap_err().to_string();
        assert!(error.contains(problem), "{to}: {error}");
    }
}
