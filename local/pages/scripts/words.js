// What the API's constants are called, in the page's language.

import { say } from "./language.js";

const WORDS = {
  position: {
    BACKEND: ["백엔드", "Backend"], FRONTEND: ["프론트엔드", "Frontend"], INFRA: ["인프라", "Infrastructure"],
    AI: ["AI", "AI"], GAME: ["게임", "Games"],
  },
  job: {
    BACKEND: ["백엔드 개발자", "Backend developer"], FRONTEND: ["프론트엔드 개발자", "Frontend developer"],
    FULLSTACK: ["풀스택 개발자", "Full-stack developer"], ANDROID: ["안드로이드 개발자", "Android developer"],
    IOS: ["iOS 개발자", "iOS developer"], DEVOPS: ["데브옵스 엔지니어", "DevOps engineer"], DATA: ["데이터 엔지니어", "Data engineer"],
    ML_ENGINEER: ["머신러닝 엔지니어", "Machine learning engineer"],
    PRODUCT_MANAGER: ["프로덕트 매니저", "Product manager"], PROJECT_MANAGER: ["프로젝트 매니저", "Project manager"],
  },
  career: {
    NEW: ["신입", "No experience yet"], JUNIOR: ["1–3년 차 (주니어)", "1–3 years (junior)"],
    MIDDLE: ["4–7년 차 (미들)", "4–7 years (middle)"], SENIOR: ["7년 차 이상 (시니어)", "Over 7 years (senior)"],
  },
  category: {
    INTRODUCTION: ["자기소개", "Introduction"], TECH_STACK: ["기술 스택", "Tech stack"],
    CAREER: ["경력 사항", "Work experience"], PROJECT: ["프로젝트 경험", "Projects"],
  },
  criterion: {
    relevance: ["질문에 맞는 답", "Answers the question"], structure: ["짜임새", "Structure"],
    correctness: ["정확함", "Correctness"], tone: ["말투", "Tone"],
  },
  template: {
    basic: ["기본", "Basic"], star: ["STAR", "STAR"], troubleshooting: ["문제 해결", "Troubleshooting"],
  },
  language: { ko: ["한국어", "Korean"], en: ["영어", "English"] },
  schoolType: {
    PRIVATE_EDUCATION: ["사설 교육", "Private education"], HIGH_SCHOOL: ["고등학교", "High school"],
    COLLEGE: ["대학교(전문학사)", "College"], UNIVERSITY: ["대학교(학사)", "University"],
    MASTER: ["대학원(석사)", "Master’s"], DOCTOR: ["대학원(박사)", "Doctorate"],
  },
  graduationStatus: { GRADUATED: ["졸업", "Graduated"], ENROLLED: ["재학 중", "Enrolled"], DROPPED_OUT: ["중퇴", "Left"] },
  workType: {
    INTERN: ["인턴", "Intern"], CONTRACT: ["계약직", "Contract"], PERMANENT: ["정규직", "Permanent"],
    SELF_EMPLOYED: ["개인사업", "Self-employed"], FREELANCE: ["프리랜서", "Freelance"],
  },
  employmentStatus: { EMPLOYED: ["재직 중", "Employed"], LEFT: ["퇴사", "Left"] },
  sort: { recent: ["최신순", "Newest"], likes: ["좋아요순", "Most likes"], views: ["조회순", "Most views"] },
  subscription: {
    active: ["이용 중", "Active"], ending: ["해지 예약", "Ending"], past_due: ["결제 실패", "Payment failed"], ended: ["끝남", "Ended"],
  },
  payment: { paid: ["결제됨", "Paid"], partly_refunded: ["일부 환불", "Partly refunded"], refunded: ["환불됨", "Refunded"] },
  slot: { MORNING: ["아침", "Morning"], AFTERNOON: ["낮", "Afternoon"], EVENING: ["저녁", "Evening"] },
  weatherKind: {
    HOT: ["더운 날", "Hot"], COLD: ["추운 날", "Cold"], RAIN: ["비", "Rain"], SNOW: ["눈", "Snow"], SUNNY: ["맑은 날", "Sunny"],
    CLOUDY: ["흐린 날", "Cloudy"], ANY: ["언제나", "Any weather"],
  },
  mission: { open: ["진행 중", "Open"], verified: ["확인됨", "Verified"], missed: ["지나감", "Missed"] },
  falling: { NONE: ["없음", "Nothing"], RAIN: ["비", "Rain"], SLEET: ["진눈깨비", "Sleet"], SNOW: ["눈", "Snow"] },
  sky: { CLEAR: ["맑음", "Clear"], PARTLY_CLOUDY: ["구름 많음", "Partly cloudy"], CLOUDY: ["흐림", "Cloudy"] },
  preferredWeather: {
    SUNNY: ["맑은 날", "Sunny"], CLOUDY: ["흐린 날", "Cloudy"], RAINY: ["비 오는 날", "Rainy"], SNOWY: ["눈 오는 날", "Snowy"], WINDY: ["바람 부는 날", "Windy"],
  },
  clothingPriority: {
    WARMTH: ["따뜻함", "Warmth"], COOLNESS: ["시원함", "Coolness"], COMFORT: ["편안함", "Comfort"], STYLE: ["멋", "Style"], PROTECTION: ["비와 바람 막기", "Protection"],
  },
  sweating: { LITTLE: ["적게", "Little"], NORMAL: ["보통", "Normal"], MUCH: ["많이", "Much"] },
  wetLimit: {
    NONE: ["조금도 싫다", "Not in any"], DROPS: ["빗방울까지", "Drops"], LIGHT: ["약한 비까지", "Light rain"], STEADY: ["보통 비까지", "Steady rain"], ANY: ["얼마든지", "Any"],
  },
  sensitivity: { NORMAL: ["보통", "As most people"], SENSITIVE: ["많이 탄다", "Minds it much"] },
  role: { USER: ["회원", "Member"], LECTURER: ["강사", "Lecturer"], ADMIN: ["관리자", "Admin"] },
};

/** What `value` of `kind` is called; itself if it has no name. */
export function word(kind, value) {
  return say(...(WORDS[kind][value] ?? [value, value]));
}

/** All values of `kind`, in their order, each with what it is called. */
export function words(kind) {
  return Object.keys(WORDS[kind]).map((value) => [value, word(kind, value)]);
}
