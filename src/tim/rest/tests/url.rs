//! URLs, and where they lead.

use std::format;
use std::string::String;
use std::vec;

use crate::Request;
use crate::bytes::BufferFull;
use crate::tim::rest::{
    AllMembersPush, BatchSendMessage, PushBatch, Region, RestApi, SendGroupMessage, SendMessage, Url,
};

#[test]
fn a_url_is_that_of_the_page_and_names_the_length_it_needs() {
    let url = Url::new(Region::China.host(), 88_888_888, "admin", "xxx", 99_999_999);
    let query = "?sdkappid=88888888&identifier=admin&usersig=xxx&random=99999999&contenttype=json";
    fn written<R: Request<Api = RestApi>>(url: &Url<'_>) -> (String, String) {
        let (mut long, mut short) = ([0; 512], [0; 512]);
        let absolute = url.absolute::<R>(&mut long).unwrap();
        let target = url.path_and_query::<R>(&mut short).unwrap();
        for length in 0..absolute.len() {
            let full = url.absolute::<R>(&mut vec![0; length]).unwrap_err();
            assert_eq!(full, BufferFull { needed: absolute.len() });
        }
        assert_eq!(url.absolute::<R>(&mut vec![0; absolute.len()]).unwrap(), absolute);
        let full = url.path_and_query::<R>(&mut [0; 8]).unwrap_err();
        assert_eq!(full, BufferFull { needed: target.len() });
        (absolute.into(), target.into())
    }
    for ((absolute, target), path) in [
        (written::<SendMessage<'_>>(&url), "/v4/openim/sendmsg"),
        (written::<BatchSendMessage<'_>>(&url), "/v4/openim/batchsendmsg"),
        (written::<SendGroupMessage<'_>>(&url), "/v4/group_open_http_svc/send_group_msg"),
        (written::<AllMembersPush<'_>>(&url), "/v4/all_member_push/im_push"),
        (written::<PushBatch<'_>>(&url), "/v4/timpush/batch"),
    ] {
        assert_eq!(target, format!("{path}{query}"));
        assert_eq!(absolute, format!("https://console.tim.qq.com{path}{query}"));
    }
}

#[test]
fn neither_identifier_nor_signature_adds_to_a_url() {
    for (text, encoded) in [
        ("a&random=1#", "a%26random%3D1%23"),
        ("a?b/c", "a%3Fb%2Fc"),
        ("100% a+b", "100%25%20a%2Bb"),
        ("用户\r\n", "%E7%94%A8%E6%88%B7%0D%0A"),
        ("eJyrVgrx-Q__*~.", "eJyrVgrx-Q__*~."),
        ("", ""),
    ] {
        let url = Url::new("h", u32::MAX, text, text, u32::MAX);
        let mut buffer = [0; 512];
        assert_eq!(
            url.path_and_query::<SendMessage<'_>>(&mut buffer).unwrap(),
            format!(
                "/v4/openim/sendmsg?sdkappid=4294967295&identifier={encoded}&usersig={encoded}\
                 &random=4294967295&contenttype=json"
            )
        );
    }
}

#[test]
fn a_url_does_not_show_its_signature() {
    let shown = format!("{:?}", Url::new("host", 1, "admin", "s3cr3t", 2));
    assert_eq!(
        shown,
        r#"Url { host: "host", sdk_app_id: 1, identifier: "admin", usersig: "***", random: 2 }"#
    );
}

#[test]
fn every_region_has_a_host_and_a_backup_of_its_own() {
    let regions = [
        Region::China,
        Region::Singapore,
        Region::Seoul,
        Region::Tokyo,
        Region::Frankfurt,
        Region::Mumbai,
        Region::SiliconValley,
        Region::Jakarta,
    ];
    for (index, region) in regions.iter().enumerate() {
        assert!(region.backup_host().ends_with(".my-imcloud.com"));
        for other in regions.iter().take(index) {
            assert_ne!(region.host(), other.host());
            assert_ne!(region.backup_host(), other.backup_host());
        }
        // Abroad, host and backup differ in their domain only.
        if *region != Region::China {
            let name = region.host().strip_suffix(".im.qcloud.com").unwrap();
            assert_eq!(region.backup_host().strip_suffix(".my-imcloud.com"), Some(name));
        }
    }
}
