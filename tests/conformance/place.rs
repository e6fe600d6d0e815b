//! A place in a message.

/// What a place takes, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Any value, and nobody reads it.
    Anything,
    /// Any string, as the key of a member that nobody reads.
    AnyKey,
    /// Any value, passed on to the byte; null is absent.
    Raw,
    /// The same, but null is passed on.
    RequiredRaw,
    /// A string; null is absent.
    Text,
    /// A string.
    RequiredText,
    /// A number of any spelling that is an integer of a range, or a string that is one; null is absent.
    Integer(i128, i128),
    /// The same without null.
    RequiredInteger(i128, i128),
    /// A string, or an integer of any length, whose digits are the text; null is absent.
    Id,
    /// A string, or an integer of any length.
    RequiredId,
    /// True or false; null is absent.
    Boolean,
    /// True or false, 1 or 0, or a string of these two; null is absent.
    Flag,
    /// Any value; a string is read as text, everything else is passed on to the byte.
    MapValue,
    /// An array of strings; null is absent.
    Texts,
    /// An object of any values, kept in its order, or the empty array; null is absent.
    Map,
    /// An object of which no member is known, or the empty array; null is absent.
    Message,
    /// An array of such objects; null is absent. With members that must be there, it has none that is right.
    Messages { required: bool },
    /// Any value. One that the other place does not take reads as absent.
    Lenient(&'static Self),
}

/// A place in a message of a kind. `§` stands for what is put there.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) template: &'static str,
    /// The view of the message, with what stands for the value in it.
    pub(crate) view: &'static str,
    /// The same without the value.
    pub(crate) absent: &'static str,
    pub(crate) takes: Takes,
    /// How many levels of a value that nobody asked for are around the place; -1 where its own outermost is none of them.
    pub(crate) levels: isize,
}

/// A member that holds an escape, to be put before everything else: the pass that resolves escapes goes over the message.
pub(crate) struct Sibling {
    kind: &'static str,
    wire: &'static str,
    /// What it adds to the view.
    view: &'static str,
}

const fn sibling(kind: &'static str, wire: &'static str, view: &'static str) -> Sibling {
    Sibling { kind, wire, view }
}

const SIBLINGS: &[Sibling] = &[
    sibling("vivo.send", r#""regId":"\u0070\n","#, r#""regId":"p\n","#),
    sibling("vivo.send.reply", r#""taskId":"\u0070\n","#, r#","taskId":"p\n""#),
    sibling("vivo.list-push", r#""aliases":["\u0070\n"],"#, r#","aliases":["p\n"]"#),
    sibling("vivo.list-push.reply", r#""desc":"\u0070\n","#, r#","desc":"p\n""#),
    sibling("vivo.statistics.reply", r#""desc":"\u0070\n","#, r#","desc":"p\n""#),
    sibling("tim.batch.reply", r#""MsgKey":"\u0070\n","#, r#","MsgKey":"p\n""#),
    sibling("vivo.receipt", r#""\u0070\n":{},"#, r#""p\n":{},"#),
    sibling(
        "tim.settings",
        r#""offline_push_config_title":"\u0070\n","#,
        r#""offline_push_config_title":"p\n","#,
    ),
    sibling("tim.info", r#""Title":"\u0070\n","#, r#""Title":"p\n""#),
    sibling("tim.sendmsg", r#""From_Account":"\u0070\n","#, r#""From_Account":"p\n","#),
];

impl Place {
    /// The message with something put in, and the offset of that.
    pub(crate) fn with(&self, inserted: &[u8]) -> (Vec<u8>, usize) {
        let (before, after) = self.template.split_once('§').expect("a template has a place");
        ([before.as_bytes(), inserted, after.as_bytes()].concat(), before.len())
    }

    /// A sibling for the place.
    pub(crate) fn sibling(&self) -> &'static Sibling {
        SIBLINGS.iter().find(|sibling| sibling.kind == self.kind).expect("a sibling for each kind")
    }
}

impl Sibling {
    /// The message with the sibling before everything else.
    pub(crate) fn before(&self, message: &[u8]) -> Vec<u8> {
        assert_eq!(message[0], b'{');
        [b"{", self.wire.as_bytes(), &message[1..]].concat()
    }

    /// The view without the sibling, which must be in it.
    pub(crate) fn taken_out(&self, view: &str) -> String {
        assert_eq!(view.matches(self.view).count(), 1, "{view}");
        view.replace(self.view, "")
    }
}
