//! A shop's order service: Java and Spring, mostly in Korean.

use super::{JIWOO, MINSEO};
use crate::github::model::{Account, Branch, Draft, Repository};

const STOCK: Branch<'_> = Branch {
    number: 4,
    title: "재고 차감을 조건부 UPDATE로 바꿔 동시 주문에서 음수가 되지 않게 함",
    body: "`SELECT ... FOR UPDATE` 대신 `UPDATE ... WHERE stock >= ?` 한 번으로 처리합니다.\n동시 요청 200개 테스트에서 재고가 음수가 되지 않습니다.",
    name: "feature/stock-condition",
    commits: &[
        (
            "2024-03-18 01:12",
            "test: 동시 주문 200건에서 재고가 음수가 되는 경우를 재현",
            "src/test/java/shop/orders/StockTest.java",
        ),
        (
            "2024-03-18 05:40",
            "fix: 재고 차감을 조건부 UPDATE 한 번으로 처리",
            "src/main/java/shop/orders/stock/StockRepository.java",
        ),
        (
            "2024-03-19 02:05",
            "refactor: 재고 부족을 예외 대신 결과 타입으로 돌려줌",
            "src/main/java/shop/orders/stock/StockService.java",
        ),
    ],
    merged: "2024-03-19 07:30",
};

const OUTBOX: Branch<'_> = Branch {
    number: 9,
    title: "주문 이벤트를 아웃박스 테이블로 발행",
    body: "주문 저장과 Kafka 발행을 한 트랜잭션으로 묶을 수 없어 아웃박스를 둡니다.",
    name: "feature/outbox",
    commits: &[
        (
            "2024-05-07 00:30",
            "feat: outbox 테이블과 저장 코드 추가",
            "src/main/resources/db/V7__outbox.sql src/main/java/shop/orders/outbox/Outbox.java",
        ),
        (
            "2024-05-08 03:15",
            "feat: outbox를 읽어 Kafka로 보내는 릴레이 추가",
            "src/main/java/shop/orders/outbox/OutboxRelay.java",
        ),
        (
            "2024-05-09 06:50",
            "test: 릴레이가 두 번 떠도 메시지가 한 번만 나가는지 확인",
            "src/test/java/shop/orders/OutboxRelayTest.java",
        ),
    ],
    merged: "2024-05-10 02:00",
};

const SEARCH: Branch<'_> = Branch {
    number: 11,
    title: "주문 검색에 커서 페이지네이션 적용",
    body: "",
    name: "feature/search-cursor",
    commits: &[
        (
            "2024-06-03 04:20",
            "feat: 주문 목록을 커서로 넘기도록 변경",
            "src/main/java/shop/orders/search/OrderSearch.java",
        ),
        (
            "2024-06-04 01:10",
            "perf: 주문 검색에 복합 인덱스를 추가해 p95를 420ms에서 90ms로 줄임",
            "src/main/resources/db/V9__search_index.sql",
        ),
    ],
    merged: "2024-06-04 08:45",
};

const SETTLEMENT: Branch<'_> = Branch {
    number: 12,
    title: "정산 배치 추가",
    body: "하루치 주문을 판매자별로 정산합니다.",
    name: "feature/settlement",
    commits: &[
        (
            "2024-06-10 02:00",
            "feat: 판매자별 정산 배치 작업 추가",
            "src/main/java/shop/orders/settlement/SettlementJob.java",
        ),
        (
            "2024-06-12 05:30",
            "feat: 정산 결과를 CSV로 내려받는 API 추가",
            "src/main/java/shop/orders/settlement/SettlementController.java",
        ),
    ],
    merged: "2024-06-13 01:20",
};

/// The repository, once called `order-service`.
pub(super) fn repository(owner: &Account) -> Repository {
    let draft = Draft::new(7_100_001, owner, "orders", "2024-03-02 01:00")
        .description("온라인 상점의 주문 서비스", &["spring-boot", "kafka", "mysql"])
        .formerly("minseo-kim/order-service")
        .collaborators(&["jiwoo-han"])
        .languages(&[("Java", 148_230), ("Dockerfile", 640), ("Shell", 1_180)])
        .file("README.md", include_str!("files/orders/README.md"))
        .file("build.gradle", include_str!("files/orders/build.gradle"))
        .file("settings.gradle", "rootProject.name = 'orders'\n")
        .file("Dockerfile", include_str!("files/orders/Dockerfile"))
        .file("docker-compose.yml", include_str!("files/orders/docker-compose.yml"));
    second_half(first_half(draft)).build()
}

/// Until the summer: the service as it was put into use.
fn first_half(draft: Draft) -> Draft {
    draft
        .commit(
            &MINSEO,
            "2024-03-02 01:20",
            "chore: Spring Boot 프로젝트 생성",
            "build.gradle settings.gradle",
        )
        .commit(
            &MINSEO,
            "2024-03-04 05:10",
            "feat: 주문 생성과 조회 API",
            "src/main/java/shop/orders/OrderController.java",
        )
        .commit(
            &MINSEO,
            "2024-03-08 02:45",
            "feat: MySQL 저장소와 Flyway 마이그레이션",
            "src/main/resources/db/V1__orders.sql",
        )
        .commit(
            &JIWOO,
            "2024-03-11 06:05",
            "feat: 쿠폰 할인 계산",
            "src/main/java/shop/orders/coupon/CouponService.java",
        )
        .merge(&MINSEO, &STOCK)
        .commit(
            &JIWOO,
            "2024-04-02 03:00",
            "feat: 환불 API",
            "src/main/java/shop/orders/refund/RefundController.java",
        )
        .commit(
            &MINSEO,
            "2024-04-15 00:40",
            "feat: Idempotency-Key로 중복 주문을 막음",
            "src/main/java/shop/orders/IdempotencyFilter.java",
        )
        .commit(
            &MINSEO,
            "2024-04-22 07:15",
            "ci: GitHub Actions에서 Testcontainers로 통합 테스트 실행",
            ".github/workflows/test.yml",
        )
}

/// What use taught.
fn second_half(draft: Draft) -> Draft {
    draft
        .merge(&MINSEO, &OUTBOX)
        .merge(&MINSEO, &SEARCH)
        .merge(&JIWOO, &SETTLEMENT)
        .commit(
            &MINSEO,
            "2024-07-01 02:30",
            "build: Java 21과 Spring Boot 3.3으로 올림",
            "build.gradle Dockerfile",
        )
        .commit(
            &MINSEO,
            "2024-07-09 04:10",
            "perf: N+1 조회를 fetch join으로 없애 목록 쿼리를 21개에서 2개로 줄임",
            "src/main/java/shop/orders/OrderRepository.java",
        )
        .commit(&MINSEO, "2024-08-05 01:55", "docs: 실행 방법과 구조를 README에 정리", "README.md")
}
