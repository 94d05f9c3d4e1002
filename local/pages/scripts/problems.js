// Refusals in the reader's words. The API says each in English; those that people meet here are said in Korean too.

import { language } from "./language.js";

const KOREAN = {
  unauthenticated: "로그인이 필요합니다.",
  forbidden: "이 계정에는 권한이 없습니다.",
  not_found: "찾을 수 없습니다. 지워졌거나 공개되지 않은 것입니다.",
  invalid_body: "입력한 내용을 확인해 주세요.",
  unavailable: "지금은 답할 수 없습니다. 잠시 뒤에 다시 해 주세요.",
  unreachable: "연결이 끊겨 답을 받지 못했습니다. 다시 해 주세요.",
  internal_error: "서버에 문제가 생겼습니다.",
  too_many_requests: "너무 자주 요청했습니다. 잠시 뒤에 다시 해 주세요.",
  nickname_taken: "이미 쓰이고 있는 별명입니다.",
  invalid_nickname: "쓸 수 없는 별명입니다.",
  account_taken: "이미 쓰이고 있는 아이디입니다.",
  wrong_credentials: "아이디나 비밀번호가 맞지 않습니다.",
  account_closed: "탈퇴한 계정입니다.",
  invalid_code: "로그인 코드의 시간이 지났습니다. 다시 로그인해 주세요.",
  stale: "그사이 다른 곳에서 바뀌었습니다. 지금 내용을 다시 읽었습니다.",
  already_connected: "이미 연결된 계정입니다.",
  github_not_connected: "GitHub 계정이 연결되어 있지 않습니다.",
  github_unauthorized: "GitHub이 더는 로그인을 받아 주지 않습니다. GitHub으로 다시 로그인해 주세요.",
  github_forbidden: "GitHub 로그인으로는 볼 수 없습니다.",
  github_rate_limited: "GitHub이 잠시 기다려 달라고 합니다.",
  github_unavailable: "지금은 GitHub이 답하지 않습니다. 잠시 뒤에 다시 해 주세요.",
  github_not_found: "그런 저장소가 없거나, 볼 수 없는 저장소입니다.",
  github_repository_empty: "아직 커밋이 없는 저장소입니다.",
  github_no_own_commits: "내 커밋이 없는 저장소입니다.",
  repositories_unknown: "저장소 목록을 먼저 불러와 주세요.",
  unknown_repository: "목록에 없는 저장소입니다.",
  credits_exhausted: "오늘의 AI 사용 횟수를 다 썼습니다. 자정(서울 시간)에 다시 채워집니다.",
  already_subscribed: "이미 PRO를 이용하고 있습니다.",
  subscription_ending: "해지한 PRO가 아직 끝나지 않았습니다. 끝난 다음 날부터 다시 시작할 수 있습니다.",
  payment_unsettled: "앞선 결제가 되었는지 확인하고 있습니다. 몇 분 뒤에 다시 해 주세요.",
  selection_moved: "그사이 글이 바뀌어, 고른 글이 그 자리에 없습니다.",
  invalid_selection: "고를 수 없는 범위입니다.",
  not_editable: "고쳐 달라고 할 수 없는 글입니다.",
  edit_unsupported: "제안이 저장소와 글로 뒷받침되지 않아 버렸습니다. 다르게 부탁해 보세요.",
  too_many_pages: "PDF로 만들기에는 너무 깁니다. 조금 줄여 주세요.",
  document_too_long: "이력서가 너무 깁니다.",
  content_not_text: "이력서의 글이 아닙니다. 파일이 아니라 글을 붙여 넣어 주세요.",
  unknown_question: "이 면접에 없는 질문입니다. 그사이 지웠을 수 있습니다.",
  too_few_questions: "이 글로는 서로 다른 질문을 더 만들지 못했습니다.",
  question_deleted: "그사이 지운 질문입니다.",
  model_timed_out: "AI 모델이 제시간에 답하지 않았습니다.",
  model_throttled: "AI 모델이 너무 바쁩니다. 잠시 뒤에 다시 해 주세요.",
  model_unavailable: "지금은 AI 모델이 답하지 않습니다. 잠시 뒤에 다시 해 주세요.",
  model_answer_invalid: "AI 모델의 답을 쓸 수 없어 버렸습니다. 다시 해 주세요.",
  model_budget_exceeded: "오늘 쓸 수 있는 AI 사용량을 다 썼습니다. 내일 다시 채워집니다.",
  attempts_exhausted: "여러 번 해 보았지만 끝내지 못했습니다. 다시 해 주세요.",
  too_many_likes: "좋아요는 10,000개까지 할 수 있습니다.",
  login_refused: "로그인을 취소했습니다.",
  login_expired: "로그인 시간이 지났거나 다른 브라우저에서 시작한 로그인입니다. 다시 해 주세요.",
  provider_failed: "로그인 서비스가 답하지 않습니다. 다시 해 주세요.",
};

const ENGLISH = {
  unreachable: "The connection broke before there was an answer. Please try again.",
  login_refused: "You went back without signing in.",
  login_expired: "This sign-in is over, or began in another browser. Please try again.",
  provider_failed: "The login provider does not answer. Please try again.",
  already_connected: "This login is connected already.",
  account_closed: "This account is closed.",
};

/** What to say of the problem `code`, for which the API says `detail`. */
export function wording(code, detail) {
  return (language() === "en" ? detail || ENGLISH[code] : KOREAN[code] || detail) || code;
}
