//! What is taught: the platform's ten categories, with titles and with the topics that learners write about.

/// A category of the platform.
pub(in crate::lectures) struct Category {
    /// As the platform writes it.
    pub(in crate::lectures) name: &'static str,
    pub(super) titles: [&'static str; 4],
    pub(super) topics: [&'static str; 6],
}

pub(in crate::lectures) const CATEGORIES: [Category; 10] = [
    Category {
        name: "스프링",
        titles: [
            "스프링 부트 3 핵심 원리",
            "스프링 데이터 JPA 실무",
            "스프링 시큐리티 완전 정복",
            "스프링 배치로 만드는 정산 시스템",
        ],
        topics: [
            "의존성 주입",
            "트랜잭션 전파",
            "JPA N+1 문제",
            "시큐리티 필터 체인",
            "예외 처리",
            "테스트 슬라이스",
        ],
    },
    Category {
        name: "리액트",
        titles: [
            "리액트 19 처음부터 제대로",
            "리액트 상태 관리 실전",
            "리액트 성능 최적화",
            "리액트와 타입스크립트로 쇼핑몰 만들기",
        ],
        topics: [
            "useEffect 의존성 배열",
            "서버 컴포넌트",
            "렌더링 최적화",
            "커스텀 훅",
            "폼 검증",
            "리액트 쿼리 캐시",
        ],
    },
    Category {
        name: "자바",
        titles: ["자바 21 기본기", "자바 동시성 프로그래밍", "객체지향 설계와 자바", "자바 스트림과 람다"],
        topics: [
            "제네릭",
            "스트림 API",
            "가상 스레드",
            "equals와 hashCode",
            "가비지 컬렉션",
            "인터페이스 설계",
        ],
    },
    Category {
        name: "SQL",
        titles: [
            "SQL 첫걸음",
            "실무 SQL 튜닝",
            "윈도 함수로 끝내는 데이터 분석",
            "PostgreSQL 실행 계획 읽기",
        ],
        topics: [
            "윈도 함수",
            "조인 순서",
            "인덱스 설계",
            "실행 계획",
            "트랜잭션 격리 수준",
            "서브쿼리 최적화",
        ],
    },
    Category {
        name: "Node.js",
        titles: [
            "Node.js 백엔드 시작하기",
            "NestJS로 만드는 커머스 API",
            "Node.js 이벤트 루프 깊이 알기",
            "Node.js 테스트와 배포",
        ],
        topics: ["이벤트 루프", "스트림 처리", "미들웨어", "JWT 인증", "에러 핸들링", "클러스터 모드"],
    },
    Category {
        name: "Vue",
        titles: ["Vue 3 컴포지션 API", "Vue와 Pinia 실전", "Nuxt로 만드는 블로그", "Vue 컴포넌트 설계"],
        topics: ["컴포지션 API", "반응성 시스템", "Pinia 스토어", "라우터 가드", "슬롯", "컴포넌트 통신"],
    },
    Category {
        name: "docker",
        titles: [
            "도커와 쿠버네티스 입문",
            "도커 컴포즈로 개발 환경 만들기",
            "작은 이미지 만들기",
            "컨테이너 네트워크 이해",
        ],
        topics: [
            "멀티 스테이지 빌드",
            "볼륨 마운트",
            "브리지 네트워크",
            "이미지 레이어 캐시",
            "컴포즈 파일",
            "헬스 체크",
        ],
    },
    Category {
        name: "파이썬",
        titles: ["파이썬 기초 문법", "파이썬 업무 자동화", "판다스로 데이터 다루기", "FastAPI 실전"],
        topics: ["데코레이터", "제너레이터", "판다스 그룹 연산", "가상 환경", "비동기 처리", "타입 힌트"],
    },
    Category {
        name: "Git",
        titles: ["Git과 GitHub 협업", "Git 내부 구조", "실무 브랜치 전략", "GitHub Actions로 자동 배포"],
        topics: ["리베이스", "충돌 해결", "체리픽", "브랜치 전략", "되돌리기", "훅과 자동화"],
    },
    Category {
        name: "알고리즘",
        titles: [
            "코딩 테스트 합격 알고리즘",
            "자료구조 그림으로 이해하기",
            "동적 계획법 집중 훈련",
            "그래프 알고리즘 실전",
        ],
        topics: ["동적 계획법", "이분 탐색", "그리디 증명", "최단 경로", "시간 복잡도 계산", "백트래킹"],
    },
];
