//! What is asked about: three projects of a backend developer, with more sentences than questions are asked for.

/// How many sections there are, and how many sentences each has.
pub const SECTIONS: usize = 3;
pub const SENTENCES: usize = 7;

const PROJECTS: [[&str; SENTENCES]; SECTIONS] = [
    [
        "결제 승인이 실패하면 사용자가 다시 눌러야 했던 구조를 재시도 큐로 바꾸었습니다.",
        "같은 주문이 두 번 승인되지 않도록 멱등 키를 PostgreSQL의 유일 제약으로 지켰습니다.",
        "PG사의 응답이 늦어질 때 스레드가 고갈되던 문제를 타임아웃과 서킷 브레이커로 막았습니다.",
        "승인과 취소를 한 원장에 기록하고 매일 새벽 정산 파일과 대사하였습니다.",
        "그 결과 결제 실패율이 2.1%에서 0.3%로 줄었습니다.",
        "장애가 난 날에는 고객 문의를 직접 읽으며 재시도 간격을 조정하였습니다.",
        "카드사 점검 시간에는 다른 결제 수단을 먼저 보여 주도록 화면 팀과 협의하였습니다.",
    ],
    [
        "상품 검색이 LIKE 질의로 3초씩 걸리던 것을 Elasticsearch로 옮겼습니다.",
        "형태소 분석기 Nori의 사용자 사전을 관리자 페이지에서 고칠 수 있게 하였습니다.",
        "색인이 데이터베이스와 어긋나지 않도록 변경 로그를 Kafka로 흘려 보냈습니다.",
        "오타가 많은 검색어를 모아 자모 단위로 교정하는 기능을 만들었습니다.",
        "무중단으로 매핑을 바꾸기 위해 별칭을 두고 두 색인을 번갈아 사용하였습니다.",
        "검색 결과가 없는 비율을 지표로 삼아 매주 동의어를 보완하였습니다.",
        "노드 한 대가 죽은 주말에 샤드 재배치가 느렸던 원인을 찾아 디스크 임계값을 바로잡았습니다.",
    ],
    [
        "사내 배포가 수동 스크립트에 의존하여 금요일마다 야근이 있었습니다.",
        "GitHub Actions와 Argo CD로 배포 파이프라인을 새로 구성하였습니다.",
        "카나리 배포 중 오류율이 오르면 자동으로 되돌리는 규칙을 정하였습니다.",
        "Terraform 상태 파일을 팀별로 나누어 잠금 대기를 없앴습니다.",
        "컨테이너 이미지를 다단계 빌드로 줄여 기동 시간을 40초에서 9초로 단축하였습니다.",
        "비밀 값은 Vault에서 받아 파드가 시작될 때만 주입하였습니다.",
        "신입 개발자가 첫날 배포할 수 있도록 안내 문서와 모의 훈련을 준비하였습니다.",
    ],
];

/// The sections, each beginning with its sentence `first`, those before it at the end: the same to be asked about, and
/// each question whole at another time.
pub fn sections(first: usize) -> Vec<String> {
    let rotated = |mut project: [&str; SENTENCES]| {
        project.rotate_left(first % SENTENCES);
        project.join(" ")
    };
    PROJECTS.into_iter().map(rotated).collect()
}
