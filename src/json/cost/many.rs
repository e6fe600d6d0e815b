//! Lists and maps of many.

use std::format;
use std::vec::Vec;

use super::input::Input;
use super::kinds::{KINDS, Kind};
use super::ways::decode;
use crate::vivo::{ListPushResponse, Receipts, StatisticsResponse};

/// Lists and maps, which are read once more when they are iterated.
pub(super) fn of_many() -> Vec<Input> {
    let [.., ids, _, message] = &KINDS;
    let mut inputs = Vec::new();
    for unit in [
        r#""","#,
        r#""12345678901234567890123","#,
        r#" "a" ,"#,
        r#""\u0061","#,
        r#""long enough to be looked at in blocks\n","#,
    ] {
        inputs.push(Input::new(ids, format!("many `{unit}`"), r#","regIds":["#, unit, r#""b"]"#));
    }
    let list = |name, decode, front, back, wrong_backs| Kind {
        name,
        decode,
        front,
        back,
        wrong_backs,
        text: None,
        number: None,
        raw: None,
    };
    let users = list(
        "reply to a list",
        decode::<ListPushResponse<'static>>,
        r#"{"result":0,"invalidUsers":["#,
        r#"{"status":1,"userid":"a"}]}"#,
        &[r#"{"status":[]}]}"#, r#"{"status":1,"status":1}]}"#, r#"0]}"#, r#"{}],"result":0}"#, r#"{}}"#],
    );
    let statistics = list(
        "statistics",
        decode::<StatisticsResponse<'static>>,
        r#"{"result":0,"statistics":["#,
        r#"{"taskId":"1"}]}"#,
        &[r#"{"taskId":[]}]}"#, r#"{"send":1,"send":1}]}"#, r#"0]}"#, r#"{}],"result":0}"#],
    );
    let receipts = list(
        "receipts",
        decode::<Receipts<'static>>,
        "{",
        r#""342982232646905856":{"targets":"a","ackTime":1}}"#,
        &[r#""1":{"ackTime":[]}}"#, r#""1":{"ackTime":1,"ackTime":1}}"#, r#""1":0}"#, "0:{}}", "}"],
    );
    let elements = list(
        "message of elements",
        message.decode,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":["#,
        r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"t"}}]}"#,
        &[
            r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":1}}]}"#,
            r#"{"MsgContent":{"Text":"t"}}]}"#,
            r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"t"},"MsgType":"TIMTextElem"}]}"#,
            r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"t"}}],"MsgRandom":1}"#,
        ],
    );
    let map = list(
        "map",
        KINDS[0].decode,
        r#"{"title":"t","content":"c","clientCustomMap":{"#,
        r#""k":"v"},"requestId":"r"}"#,
        &[r#""k":"v"}}"#, r#""k":"v"},"requestId":"r","title":"t"}"#, r#"k:0},"requestId":"r"}"#],
    );
    let units: [(&Kind, &[&str]); 5] = [
        (
            &users,
            &[
                "{},",
                r#"{"status":1,"userid":"a"},"#,
                r#"{"userid":12345678901234567890,"status":"1"},"#,
                r#"{"x":[{"status":0}],"userid":"\u4e2d\n"},"#,
                " { \"userid\" : \"a\" , \"status\" : 1 } , ",
            ],
        ),
        (
            &statistics,
            &[
                r#"{"taskId":"1","target":1,"valid":1,"send":1,"receive":1,"display":1,"click":1},"#,
                r#"{"click":1,"display":1,"receive":1,"send":1,"valid":1,"target":1,"taskId":"1"},"#,
                r#"{"controlled":1,"taskId":1,"covered":1,"target":1,"click":1,"valid":1},"#,
                r#"{"targetOffline":1},"#,
                r#"{"targetOnline":1},"#,
            ],
        ),
        (
            &receipts,
            &[
                r#""%":{"targets":"v2-abc","ackTime":1501484120000,"param":"p","ackType":"0"},"#,
                r#""%":{"ackType":0,"param":"\n","ackTime":1501484120000,"targets":"\u0061"},"#,
                r#""\n":{},"#,
                r#""":{},"#,
            ],
        ),
        (
            &elements,
            &[
                r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi, beauty"}},"#,
                r#"{"MsgContent":{"Text":"hi,\n\"beauty\""},"MsgType":"TIMTextElem"},"#,
                r#"{"MsgContent":{"Data":"{\"a\":1}","Ext":"e","Sound":"s"},"Msg\u0054ype":"TIMCustom\u0045lem"},"#,
                r#"{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"305c0201\n", "Size":62351}},"#,
                r#"{"MsgContent":[[["\n",{"MsgType":"TIMTextElem"}]]],"MsgType":"TIMSound\tElem"},"#,
            ],
        ),
        (&map, &[r#""%":"v","#, r#""k":"v","#, r#""\n":"\"","#, r#""":[{"a":"\n"}],"#, r#" "k" : 0 ,"#]),
    ];
    for (kind, units) in units {
        inputs.extend(units.iter().map(|unit| Input::new(kind, format!("many `{unit}`"), "", unit, "")));
    }
    // One element, and what decides about it far behind.
    let (text, behind) = (r#"{"MsgContent":{"Data":""#, r#"},"MsgType":"TIMCustomElem"},"#);
    let long = Input::string(&elements, "a long text before its type", text, r"\n", behind);
    inputs.push(long.before_its_type());
    let (texts, behind) = (r#"{"x":["#, r#"0],"MsgType":"x","MsgContent":1},"#);
    inputs.push(Input::new(&elements, "many texts before its type", texts, r#""\n","#, behind));
    let (lists, behind) = (r#"{"MsgContent":["#, r#"0],"MsgType":"x"},"#);
    inputs.push(Input::new(&elements, "many lists before its type", lists, "[],", behind));
    let unclosed = Input::new(&elements, "elements that do not end", "", r#"{"x":"#, "0").closed("},");
    inputs.push(unclosed.refused());
    inputs
}
