//! The chat domain's Lambdas; `_HANDLER` says which one this process is.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), maru_lambda::BoxError> {
    maru_lambda::bootstrap(chat::FUNCTIONS).await
}
