//! A night of warnings, hour by hour, from the service's answers as files: each hour has a folder in
//! `tests/recorded/night`, with the pages of the log as the service gives them then and the text of its state. Pages
//! overlap, and their totals are not those of their rows.

use std::path::{Path, PathBuf};

use maru_province::Province;
use maru_testing::kma::Answers;

use crate::warned::{alerts, an_hour_later, is_in, look, names, setup, told};

const MEMBERS: [(&str, Province); 3] =
    [("usr_seoul", Province::Seoul), ("usr_busan", Province::Busan), ("usr_gangwon", Province::Gangwon)];

/// A folder from which the service's answers come, and which is this test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("maru-alerts-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// From now on the answers are those of this hour.
fn replay(hour: usize, folder: &Path) {
    for file in std::fs::read_dir(folder).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recorded/night/{hour:02}"));
    for file in std::fs::read_dir(recorded).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
}

struct Hour {
    what: &'static str,
    /// To which of the members, and what.
    told: &'static [(usize, &'static str)],
    rooms: &'static [&'static str],
    alerts: usize,
}

const HOURS: [Hour; 9] = [
    Hour {
        what: "a drought of weeks ago, and a wind that ended yesterday",
        told: &[(2, "강원에 건조 주의보가 내려졌습니다. 채팅방에서 이야기를 나눠 보세요.")],
        rooms: &["강원 건조주의보 채팅방"],
        alerts: 1,
    },
    Hour {
        what: "snow in two zones, and waves at sea",
        told: &[(0, "서울에 대설 주의보가 내려졌습니다. 채팅방에서 이야기를 나눠 보세요.")],
        rooms: &["서울 대설주의보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 3,
    },
    Hour {
        what: "more snow is announced for 04:00",
        told: &[],
        rooms: &["서울 대설주의보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 3,
    },
    Hour {
        what: "a storm",
        told: &[(1, "부산에 강풍 경보가 내려졌습니다. 채팅방에서 이야기를 나눠 보세요.")],
        rooms: &["서울 대설주의보 채팅방", "부산 강풍경보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 4,
    },
    Hour {
        what: "which was withdrawn: it is a wind; and more snow",
        told: &[
            (0, "서울의 대설 특보가 경보로 격상되었습니다."),
            (1, "부산의 강풍 특보가 주의보로 완화되었습니다."),
        ],
        rooms: &["서울 대설경보 채팅방", "부산 강풍주의보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 4,
    },
    Hour {
        what: "less snow",
        told: &[(0, "서울의 대설 특보가 주의보로 완화되었습니다.")],
        rooms: &["서울 대설주의보 채팅방", "부산 강풍주의보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 4,
    },
    Hour {
        what: "none in one of the zones",
        told: &[],
        rooms: &["서울 대설주의보 채팅방", "부산 강풍주의보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 3,
    },
    Hour {
        what: "the wind is over; the snow will be at 08:00",
        told: &[(1, "부산의 강풍 주의보가 해제되었습니다.")],
        rooms: &["서울 대설주의보 채팅방", "강원 건조주의보 채팅방"],
        alerts: 2,
    },
    Hour {
        what: "the snow is over",
        told: &[(0, "서울의 대설 주의보가 해제되었습니다.")],
        rooms: &["강원 건조주의보 채팅방"],
        alerts: 1,
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn of_a_recorded_night_people_are_told_each_hour_what_changed_and_nothing_else() {
    let folder = folder("night");
    let maru = setup().kma(Answers::recorded(&folder).unwrap()).start().await;
    for (member, province) in MEMBERS {
        is_in(&maru, member, province).await;
    }
    let mut expected = MEMBERS.map(|_| Vec::new());
    for (number, Hour { what, told: now, rooms, alerts: in_force }) in HOURS.into_iter().enumerate() {
        replay(number, &folder);
        if number == 0 {
            look(&maru).await
        } else {
            an_hour_later(&maru).await
        }
        for (member, message) in now {
            expected[*member].insert(0, (*message).to_owned());
        }
        for ((member, _), expected) in MEMBERS.iter().zip(&expected) {
            assert_eq!(told(&maru, member).await, *expected, "{number}:10, {what}");
        }
        assert_eq!(names(&maru).await, rooms, "{number}:10, {what}");
        assert_eq!(alerts(&maru, "").await.len(), in_force, "{number}:10, {what}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
