//! What a report of an error walks along: the source of every error that holds another one.

use std::error::Error;

use offline_push::delivery::{ComposeError, NoPush};
use offline_push::exchange::{HeadError, ReplyError};
use offline_push::ext::ExtError;
use offline_push::intent::BuildError;
use offline_push::json::{self, EncodeError};
use offline_push::tim::HexTokenError;
use offline_push::vivo::{Fate, SendResponse};
use offline_push::{BufferFull, TokenError, Vendor};

#[test]
fn source_is_what_the_error_holds() {
    let full = BufferFull { needed: 7 };
    let check = Fate::new("").unwrap_err();
    let decode = json::from_str::<SendResponse<'_>>("").unwrap_err();
    let errors: &[(&dyn Error, Option<&dyn ToString>)] = &[
        (&EncodeError::BufferFull(full), Some(&full)),
        (&EncodeError::NotUtf8 { field: "ext" }, None),
        (&TokenError::Check(check), Some(&check)),
        (&TokenError::NoCertificate(Vendor::VIVO), None),
        (&ComposeError::NoPush(NoPush::Muted), Some(&NoPush::Muted)),
        (&ComposeError::Check(check), Some(&check)),
        (&ComposeError::BufferFull(full), Some(&full)),
        (&ReplyError::Decode(decode), Some(&decode)),
        (&ReplyError::ServerError, None),
        (&HeadError::Check(check), Some(&check)),
        (&HeadError::BufferFull(full), Some(&full)),
        #[cfg(feature = "http")]
        (&offline_push::exchange::HttpError::Check(check), Some(&check)),
        #[cfg(feature = "http")]
        (&offline_push::exchange::HttpError::Encode(EncodeError::BufferFull(full)), Some(&full)),
        (&HexTokenError::BufferFull(full), Some(&full)),
        (&HexTokenError::OddLength, None),
        (&BuildError::BufferFull(full), Some(&full)),
        (&BuildError::TooMany, None),
        (&ExtError::NotJson(decode), Some(&decode)),
        (&ExtError::BufferFull(full), Some(&full)),
        (&ExtError::TooLong, None),
    ];
    for (error, source) in errors {
        assert_eq!(error.source().map(ToString::to_string), source.map(ToString::to_string), "{error:?}");
        let words = error.to_string();
        assert!(source.is_none_or(|source| words.contains(&source.to_string())), "{words}");
    }
}
