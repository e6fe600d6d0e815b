//! How a message is pushed, in the web form.

use super::Field;
use super::Shape::{Int, Object, Switch, Text};

pub(super) const ANDROID: &[Field] =
    &[("sound", Text), ("OPPOChannelID", Text), ("VIVOClassification", Int), ("VIVOCategory", Text)];
pub(super) const APNS: &[Field] = &[("sound", Text), ("disableVoipPush", Switch), ("image", Text)];
pub(super) const WEB: &[Field] = &[
    ("title", Text),
    ("ext", Text),
    ("disablePush", Switch),
    ("iOSPushType", Int),
    ("androidVIVOCategory", Text),
    ("androidVIVOClassification", Int),
    ("description", Text),
    ("androidInfo", Object(ANDROID)),
    ("apnsInfo", Object(APNS)),
];
