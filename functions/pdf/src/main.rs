//! The pdf domain's Lambda; `_HANDLER` says which one this process is.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), maru_lambda::BoxError> {
    maru_lambda::bootstrap(pdf::FUNCTIONS).await
}
