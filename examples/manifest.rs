//! Prints an `AndroidManifest.xml` with the entries for vivo push: the guide's steps 3.2 and 3.3, and "Open specific app interface".
//!
//! ```text
//! cargo run --example manifest          # as the guide has it
//! cargo run --example manifest -- 35    # for an app with targetSdkVersion 35
//! cargo run --example manifest -- 35 1234512345123451234   # and with this id at vivo
//! ```

use std::env;
use std::error::Error;

use offline_push::vivo::Certificate;
use offline_push::vivo::android::{ClassName, ReceiverEntry};
use offline_push::{ClickAction, ClickEvent};

// The guide's values. Its component is in another package than its classes.
const PACKAGE: &str = "com.tencent.qcloud.tim.tuikit";
const RECEIVER: &str = "com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl";
const INTENT: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
                      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";

fn main() -> Result<(), Box<dyn Error>> {
    let target: u32 = env::args().nth(1).map_or(Ok(28), |level| level.parse())?;
    let app_id: u64 = env::args().nth(2).map_or(Ok(11178), |id| id.parse())?;
    let click = ClickAction::from_console(ClickEvent::OpenScreen, INTENT)?;
    // The secret is in no manifest.
    let app_key = "a90685ff-ebad-4df3-a265-3d4bb8e3a389";
    let certificate = Certificate::new(6666, app_id, app_key, "secret", click);
    let entries = certificate.push_entries()?;
    let receiver = ReceiverEntry::new(ClassName::try_new(RECEIVER)?).for_target_sdk(target);
    let activity =
        certificate.activity_entry()?.ok_or("the click event opens no screen")?.for_target_sdk(target);
    println!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="{PACKAGE}">
<uses-sdk android:minSdkVersion="23" android:targetSdkVersion="{target}" />
<application>
{entries}
{receiver}
{activity}
</application>
</manifest>"#
    );
    Ok(())
}
