//! The ways into a message, each with what it costs.

use std::vec;

use crate::json::{self, DecodeError, Message, Owned};
use crate::tim::OfflinePushInfo;
use crate::tim::rest::SendMessage;
use crate::vivo::{ListPush, ListPushResponse, Notification, Receipts, SendResponse, StatisticsResponse};
use crate::work::counted;

/// What stands around that which grows.
const AROUND: usize = 2048;
/// Most inputs are shorter, and the place for an owned message is all moved.
const SHORT: usize = (1 << 15) + AROUND;
/// The longest one has a mebibyte.
const LONGEST: usize = (1 << 20) + AROUND;

/// How a message gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Text,
    Prefix,
    Slice,
    InPlace,
    Escaped,
    Owned,
}

impl Way {
    pub(super) const ALL: [Self; 6] =
        [Self::Text, Self::Prefix, Self::Slice, Self::InPlace, Self::Escaped, Self::Owned];
}

/// What a message costs that is decoded once, and gone through once.
#[derive(Debug)]
pub(super) struct Cost {
    pub(super) decoding: usize,
    /// Nothing, where there is no message.
    pub(super) reading: usize,
    pub(super) error: Option<DecodeError>,
}

/// What a kind of message costs; `None` for bytes that cannot go that way.
pub(super) type Decode = fn(Way, &[u8]) -> Option<Cost>;

pub(super) fn decode<M: Message>(way: Way, input: &[u8]) -> Option<Cost>
where
    for<'a> M::Of<'a>: View,
{
    let mut buffer = input.to_vec();
    let mut scratch = vec![0; input.len()];
    let (result, decoding) = match way {
        Way::Text => {
            let text = str::from_utf8(input).ok()?;
            counted(|| json::from_str::<M::Of<'_>>(text))
        }
        Way::Prefix => {
            let text = str::from_utf8(input).ok()?;
            counted(|| json::from_prefix::<M::Of<'_>>(text).map(|(message, _)| message))
        }
        Way::Slice => counted(|| json::from_slice::<M::Of<'_>>(input)),
        Way::InPlace => counted(|| json::from_slice_in_place::<M::Of<'_>>(&mut buffer)),
        Way::Escaped => counted(|| json::from_slice_escaped::<M::Of<'_>>(input, &mut scratch)),
        Way::Owned if input.len() <= SHORT => return Some(owned::<M, SHORT>(input)),
        Way::Owned => return Some(owned::<M, LONGEST>(input)),
    };
    Some(cost(result.map(|message| counted(|| message.go_through()).1), decoding))
}

fn owned<M: Message, const N: usize>(input: &[u8]) -> Cost
where
    for<'a> M::Of<'a>: View,
{
    let (owned, decoding) = counted(|| Owned::<M, N>::receive(input));
    cost(owned.map(|owned| counted(|| owned.get().go_through()).1), decoding)
}

fn cost(reading: Result<usize, DecodeError>, decoding: usize) -> Cost {
    Cost { decoding, reading: *reading.as_ref().unwrap_or(&0), error: reading.err() }
}

/// What is read out of the input again, whenever it is iterated.
pub(super) trait View {
    fn go_through(&self);
}

impl View for SendResponse<'_> {
    fn go_through(&self) {}
}

impl View for OfflinePushInfo<'_> {
    fn go_through(&self) {
        if let Some(languages) = self.multi_language_content {
            assert_eq!(languages.iter().count(), languages.len());
        }
    }
}

impl View for Notification<'_> {
    fn go_through(&self) {
        if let Some(map) = &self.client_custom_map {
            assert!(map.iter().count() > 0);
        }
    }
}

impl View for ListPush<'_> {
    fn go_through(&self) {
        if let Some(ids) = self.reg_ids {
            assert_eq!(ids.iter().count(), ids.len());
        }
    }
}

impl View for ListPushResponse<'_> {
    fn go_through(&self) {
        if let Some(users) = self.invalid_users {
            assert_eq!(users.iter().count(), users.len());
        }
    }
}

impl View for StatisticsResponse<'_> {
    fn go_through(&self) {
        if let Some(tasks) = self.statistics {
            assert_eq!(tasks.iter().count(), tasks.len());
        }
    }
}

impl View for Receipts<'_> {
    fn go_through(&self) {
        assert_eq!(self.iter().count(), self.len());
    }
}

impl View for SendMessage<'_> {
    fn go_through(&self) {
        assert_eq!(self.msg_body.iter().count(), self.msg_body.len());
    }
}
