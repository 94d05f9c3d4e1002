//! `$default` of the chat's WebSocket: does what a frame asks for, and answers it by a frame.

use maru_lambda::websocket::Frame;

use crate::error::Error;
use crate::rooms::Chat;

pub async fn handle(chat: Chat, frame: Frame) -> Result<(), Error> {
    chat.receive(&frame.connection_id, &frame.text, frame.now).await
}
