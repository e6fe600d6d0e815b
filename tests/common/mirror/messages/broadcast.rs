//! What vivo's server speaks about pushes to many, and their statistics.

use offline_push::json::List;
use offline_push::vivo;

use super::{InvalidUser, Notification, mirror};
use crate::common::mirror::{Id, Int, Mirror, Unknown};

macro_rules! notifications {
    ($($name:ident)+) => {$(
        impl Mirror<vivo::$name<'_>> for Notification {
            fn of(original: &vivo::$name<'_>) -> Self {
                Self::of(&original.notification)
            }
        }
    )+};
}

notifications!(ListPayload AllPush TagPush);

impl<'a> Mirror<List<'a, vivo::InvalidUser<'a>>> for Vec<InvalidUser> {
    fn of(original: &List<'a, vivo::InvalidUser<'a>>) -> Self {
        original.iter().map(|user| Mirror::of(&user)).collect()
    }
}

impl<'a> Mirror<List<'a, vivo::Statistics<'a>>> for Vec<Statistics> {
    fn of(original: &List<'a, vivo::Statistics<'a>>) -> Self {
        original.iter().map(|task| Mirror::of(&task)).collect()
    }
}

mirror! {
    TaskResponse of vivo::TaskResponse<'_> {
        must { result: Int<i32> = "result", }
        may {}
        lenient {
            desc: Id = "desc",
            task_id: Id = "taskId",
        }
    }

    ListPush of vivo::ListPush<'_> {
        must {
            task_id: Id = "taskId",
            request_id: Id = "requestId",
        }
        may {
            app_id: Int<u64> = "appId",
            reg_ids: Vec<String> = "regIds",
            aliases: Vec<String> = "aliases",
            push_mode: Int<i32> = "pushMode",
        }
    }

    ListPushResponse of vivo::ListPushResponse<'_> {
        must { result: Int<i32> = "result", }
        may {}
        lenient {
            request_id: Id = "requestId",
            desc: Id = "desc",
            invalid_users: Vec<InvalidUser> = "invalidUsers",
        }
    }

    StatisticsResponse of vivo::StatisticsResponse<'_> {
        must { result: Int<i32> = "result", }
        may {}
        lenient {
            desc: Id = "desc",
            statistics: Vec<Statistics> = "statistics",
        }
    }

    Statistics of vivo::Statistics<'_> {
        must {}
        may {}
        lenient {
            task_id: Id = "taskId",
            target: Int<u64> = "target",
            valid: Int<u64> = "valid",
            send: Int<u64> = "send",
            receive: Int<u64> = "receive",
            display: Int<u64> = "display",
            click: Int<u64> = "click",
            target_invalid: Int<u64> = "targetInvalid",
            target_un_sub: Int<u64> = "targetUnSub",
            target_in_active: Int<u64> = "targetInActive",
            covered: Int<u64> = "covered",
            controlled: Int<u64> = "controlled",
            target_offline: Int<u64> = "targetOffline",
        }
    }
}
