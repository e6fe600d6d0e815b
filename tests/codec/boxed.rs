//! The owned forms in the formats of serde, on the heap and in arrays.

use offline_push::json::{self, Boxed, Message, Owned};
use offline_push::tim::{BoxedSettings, BoxedToken, OfflinePushSettings};
use offline_push::vivo::{BoxedNotification, ListPush, Notification, OwnedNotification, SendResponse};
use serde::{Deserialize, Serialize};

/// A user's own type of job, as in a request to a gateway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Job {
    id: String,
    settings: BoxedSettings,
    token: BoxedToken,
}

const JOB: &str = r#"{
    "id": "job-1",
    "settings": {
        "offline_push_config_ext": "{\"conversationID\":\"c2c_alice\"}",
        "offline_push_config_title": "a\nb\u0001\ud83d\ude00",
        "x-unknown": {"scene": ["\u0061", 1.5, -0.0, null, true, {}]}
    },
    "token": {"offline_push_token_business_id": "6666", "offline_push_token_token": "1234\u0035"}
}"#;

fn is_the_job(job: &Job) {
    let settings = job.settings.get();
    assert_eq!(settings.title, Some("a\nb\u{1}😀"));
    let ext = settings.ext.and_then(|ext| ext.as_str());
    assert_eq!(ext, Some(r#"{"conversationID":"c2c_alice"}"#));
    assert_eq!((job.token.get().business_id, job.token.get().token), (6666, "12345"));
}

#[test]
fn boxed_in_a_struct_reads_every_form_of_serde_json() {
    let read: Job = serde_json::from_str(JOB).unwrap();
    is_the_job(&read);
    is_the_job(&serde_json::from_slice(JOB.as_bytes()).unwrap());
    is_the_job(&serde_json::from_reader(JOB.as_bytes()).unwrap());
    is_the_job(&serde_json::from_value(serde_json::from_str(JOB).unwrap()).unwrap());

    let written = serde_json::to_value(&read).unwrap();
    let given: serde_json::Value = serde_json::from_str(JOB).unwrap();
    assert_eq!(written["settings"], given["settings"], "unknown members included");
    assert_eq!(serde_json::from_value::<Job>(written).unwrap(), read);
}

#[test]
fn boxed_in_a_struct_crosses_postcard_and_cbor() {
    let job: Job = serde_json::from_str(JOB).unwrap();
    let stored = postcard::to_slice(&job, &mut [0; 1024]).unwrap().to_vec();
    let read: Job = postcard::from_bytes(&stored).unwrap();
    is_the_job(&read);
    assert_eq!(json::to_vec(&read.settings), json::to_vec(&job.settings));

    let mut stored = Vec::new();
    ciborium::into_writer(&job, &mut stored).unwrap();
    let read: Job = ciborium::from_reader(stored.as_slice()).unwrap();
    is_the_job(&read);
}

#[test]
fn boxed_and_owned_serialize_as_the_crate_encodes() {
    fn same<M: Message>(document: &str) {
        let Ok(boxed) = Boxed::<M>::receive(document.as_bytes().to_vec()) else { return };
        let ours: serde_json::Value = serde_json::from_slice(&json::to_vec(&boxed).unwrap()).unwrap();
        assert_eq!(serde_json::to_value(&boxed).unwrap(), ours, "{document}");
        let again: Boxed<M> = serde_json::from_value(ours).unwrap();
        assert_eq!(again, boxed, "{document}");
        let owned: Owned<M, 4096> = serde_json::from_str(&serde_json::to_string(&boxed).unwrap()).unwrap();
        assert_eq!(owned.get(), boxed.get(), "{document}");
    }
    same::<Notification<'static>>(
        r#" { "title" : "a\"b\\" , "content":"\u0000\u0001\t","requestId":7,"clientCustomMap":{"k\n":"v\/","n":1},
        "extra":{"callback":"https:\/\/a"},"timedDisplay":null,"new":[[],{"a":[1,2 , 3]}," "] } "#,
    );
    same::<ListPush<'static>>(r#"{"taskId":"1","requestId":"2","regIds":["a\\u","b",""]}"#);
    same::<SendResponse<'static>>(r#"{"result":"0","desc":"\ud83d","taskId":123456789012345678}"#);
    same::<OfflinePushSettings<'static>>(JOB);
}

#[test]
fn owned_deserialize_names_the_place_and_shows_no_value() {
    let long = serde_json::json!({"title": "a", "content": "SECRET".repeat(99), "requestId": "1"});
    let error = serde_json::from_value::<OwnedNotification<64>>(long).unwrap_err().to_string();
    assert!(error.starts_with("the buffer is too short"), "{error}");
    for document in [
        r#"{"offline_push_token_token":"SECRET","offline_push_token_business_id":"SECRET"}"#,
        r#"{"offline_push_token_token":["SECRET"]}"#,
        r#""SECRET""#,
        "[\"SECRET\"]",
    ] {
        let error = serde_json::from_str::<BoxedToken>(document).unwrap_err().to_string();
        assert!(!error.contains("SECRET"), "{error}");
    }
    let error =
        serde_json::from_str::<BoxedToken>(r#"{ "offline_push_token_token": ["SECRET"] }"#).unwrap_err();
    let words = "value of the wrong type in `offline_push_token_token` at byte 28";
    assert!(error.to_string().starts_with(words), "{error}");
    let deep = format!("{{\"x\":{}1{}}}", "[".repeat(100), "]".repeat(100));
    let error = serde_json::from_str::<BoxedNotification>(&deep).unwrap_err().to_string();
    assert!(error.starts_with("nested too deep"), "{error}");
}

#[test]
fn boxed_restore_in_reads_what_as_bytes_gave() {
    let push = Notification::new("\"\u{1}\u{2}", "\\", "1");
    let kept = BoxedNotification::new(&push).unwrap();
    let restored = OwnedNotification::<128>::restore_in([0; 128], kept.as_bytes()).unwrap();
    assert_eq!(restored.get(), push);
    for end in 0..kept.as_bytes().len() {
        assert!(OwnedNotification::<128>::restore_in([0; 128], &kept.as_bytes()[..end]).is_err());
    }
}

#[test]
fn write_at_and_to_writer_give_the_bytes_of_to_vec() {
    let push = Notification::new("a\nb", "内容", "1").reg_id("12345678901234567890123");
    let whole = json::to_vec(&push).unwrap();
    for length in [1, 7, 64, 65, 4096] {
        let (mut sent, mut piece) = (Vec::new(), vec![0; length]);
        while let written @ 1.. = json::write_at(&push, sent.len(), &mut piece) {
            sent.extend_from_slice(&piece[..written]);
        }
        assert_eq!(sent, whole);
    }
    assert_eq!(json::write_at(&push, whole.len(), &mut [0; 8]), 0);
    assert_eq!(json::write_at(&push, usize::MAX, &mut [0; 8]), 0);
    assert_eq!(json::write_at(&push, 0, &mut []), 0);
    assert_eq!(json::to_string(&push).unwrap().as_bytes(), whole);
    let mut written = Vec::new();
    assert_eq!(json::to_writer(&push, &mut written).unwrap(), whole.len());
    assert_eq!(written, whole);
}
