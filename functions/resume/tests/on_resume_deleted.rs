use serde_json::{Value, json};

use crate::{OWNER, RESUME, happens, seen, table, with_resume};

#[tokio::test]
async fn what_hangs_on_a_deleted_resume_goes_and_nothing_else() {
    let maru = with_resume().await;
    table::put_resume(&maru, OWNER, "res_2", &crate::document()).await;
    let told = json!({ "resumeId": "res_2", "ownerId": OWNER, "version": 2 });
    // Told twice, it does no harm.
    for _ in 0..2 {
        happens(&maru, "on_resume_deleted", "resume.deleted", &told).await;
    }
    assert_eq!(table::items(&maru, &format!("RESUME#{OWNER}#res_2")).await, [] as [Value; 0]);
    assert_eq!(seen(&maru).await["id"], RESUME);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}
