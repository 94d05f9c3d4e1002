//! The website of a reading club: TypeScript and React, two people.

use super::{JIWOO, MINSEO};
use crate::github::model::{Account, Branch, Draft, Repository};

const ACCESSIBLE: Branch<'_> = Branch {
    number: 3,
    title: "모달과 메뉴를 키보드만으로 쓸 수 있게 개선",
    body: "포커스 트랩과 Esc 닫기를 추가하고 axe 검사를 CI에 넣었습니다.",
    name: "feature/a11y",
    commits: &[
        ("2024-10-05 03:10", "feat: 모달에 포커스 트랩과 Esc 닫기 추가", "src/components/Modal.tsx"),
        ("2024-10-06 04:25", "test: axe로 접근성 검사를 자동화", "src/test/a11y.test.tsx package.json"),
    ],
    merged: "2024-10-07 01:40",
};

const LIST: Branch<'_> = Branch {
    number: 5,
    title: "책 목록을 가상 스크롤로 변경",
    body: "",
    name: "feature/virtual-list",
    commits: &[
        (
            "2024-11-02 02:35",
            "perf: 책 목록 5,000권을 가상 스크롤로 그려 첫 렌더링을 2.1초에서 0.3초로 줄임",
            "src/pages/Books.tsx",
        ),
        ("2024-11-03 05:00", "fix: 뒤로 가기에서 스크롤 위치 복원", "src/pages/Books.tsx"),
    ],
    merged: "2024-11-04 00:50",
};

const LOGIN: Branch<'_> = Branch {
    number: 6,
    title: "카카오 로그인",
    body: "",
    name: "feature/kakao",
    commits: &[
        ("2024-11-18 06:20", "feat: 카카오 로그인 버튼과 콜백 페이지", "src/pages/Login.tsx"),
        ("2024-11-19 02:15", "feat: 만료된 토큰을 조용히 갱신", "src/api/client.ts"),
    ],
    merged: "2024-11-20 03:30",
};

/// The repository.
pub(super) fn repository(owner: &Account) -> Repository {
    Draft::new(7_100_003, owner, "gaon-web", "2024-09-14 02:00")
        .description("독서 모임 '가온'의 웹사이트", &["react", "typescript", "vite"])
        .collaborators(&["jiwoo-han"])
        .languages(&[("TypeScript", 64_900), ("CSS", 9_320), ("HTML", 780)])
        .file("README.md", include_str!("files/gaon-web/README.md"))
        .file("package.json", include_str!("files/gaon-web/package.json"))
        .commit(&MINSEO, "2024-09-14 02:20", "chore: Vite와 React로 시작", "package.json")
        .commit(&JIWOO, "2024-09-16 03:00", "style: 색과 글꼴 정의", "src/styles/theme.css")
        .commit(
            &MINSEO,
            "2024-09-21 05:45",
            "feat: 책 검색과 상세 페이지",
            "src/pages/Books.tsx src/pages/Book.tsx",
        )
        .commit(
            &MINSEO,
            "2024-09-28 04:05",
            "feat: TanStack Query로 서버 상태 관리",
            "src/api/client.ts package.json",
        )
        .merge(&MINSEO, &ACCESSIBLE)
        .commit(&JIWOO, "2024-10-20 06:30", "feat: 모임 일정 달력", "src/pages/Calendar.tsx")
        .merge(&MINSEO, &LIST)
        .merge(&JIWOO, &LOGIN)
        .commit(
            &MINSEO,
            "2024-12-01 01:25",
            "perf: 페이지별 코드 분할로 첫 번들을 412KB에서 148KB로 줄임",
            "vite.config.ts",
        )
        .commit(
            &MINSEO,
            "2024-12-08 03:40",
            "test: 로그인부터 모임 신청까지 Playwright로 확인",
            "e2e/join.spec.ts package.json",
        )
        .build()
}
