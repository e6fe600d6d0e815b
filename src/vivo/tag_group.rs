//! Administration of tag groups, which hold tags.

use super::api::PushApi;
use super::rules::{check_app_id, filled, one_of};
use super::tag::{TagResponse, check_names};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::exchange::request;
use crate::json::{List, message, open_number};

open_number! {
    /// Whether a user can have several tags of a group: `type` of [`TagGroupAdd`]. Source: the server document.
    #[doc(alias = "type")]
    pub struct TagGroupType(i32) {
        /// Ordinary: a user can have any number of the tags.
        ORDINARY = 1 => "ordinary",
        /// Exclusive: according to the word in the document, a user has at most one of the tags.
        EXCLUSIVE = 2 => "exclusive",
    }
}

message! {
    /// Creates a tag group: the body of `/tagGroup/add`.
    ///
    /// Source: the server document, part 8, and the official Java SDK. In the document, `type` is an integer in the table, but
    /// the text `city` in the sample. So the sample does not decode.
    ///
    /// ```
    /// use offline_push::vivo::{TagGroupAdd, TagGroupType};
    ///
    /// assert_eq!(TagGroupAdd::new("city", TagGroupType::EXCLUSIVE).check(), Ok(()));
    /// ```
    pub struct TagGroupAdd<'a> {
        /// The app's id, as in [`TagAdd::app_id`](field@super::TagAdd::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Name of the group.
        name: &'a str = "name",
        /// Ordinary or exclusive.
        #[doc(alias = "type")]
        group_type: TagGroupType = "type",
        /// A description.
        desc: Option<&'a str> = "desc",
    }
}

request! { TagGroupAdd => TagResponse, PushApi, "/tagGroup/add" }

impl<'a> TagGroupAdd<'a> {
    /// A group with this name. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(name: &'a str, group_type: TagGroupType) -> Self {
        Self { name, group_type, ..Self::EMPTY }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, `name` is blank, or `type` is not 1 or 2.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagGroupAdd<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        filled(Some(self.name), "name").or_else(&mut *broken)?;
        one_of(Some(self.group_type), &[TagGroupType::ORDINARY, TagGroupType::EXCLUSIVE], "type")
    }
}

message! {
    /// Renames a tag group: the body of `/tagGroup/update`. Source: the server document, part 8.
    pub struct TagGroupUpdate<'a> {
        /// The app's id, as in [`TagAdd::app_id`](field@super::TagAdd::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Current name of the group.
        #[doc(alias = "oldName")]
        old_name: &'a str = "oldName",
        /// New name of the group.
        #[doc(alias = "newName")]
        new_name: &'a str = "newName",
        /// New description.
        desc: Option<&'a str> = "desc",
    }
}

request! { TagGroupUpdate => TagResponse, PushApi, "/tagGroup/update" }

impl<'a> TagGroupUpdate<'a> {
    /// A new name for a group. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(old_name: &'a str, new_name: &'a str) -> Self {
        Self { old_name, new_name, ..Self::EMPTY }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, or one of the names is blank.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagGroupUpdate<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        check_names(self.old_name, self.new_name, broken)
    }
}

message! {
    /// Puts tags into a group: the body of `/tagGroup/addToGroup`.
    ///
    /// Source: the names are those of the server document and of the official Java SDK. No sample of the document was found. The
    /// SDK also writes a `type` of 0, which decoding skips.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::vivo::TagGroupAddToGroup;
    ///
    /// let tags = List::from_slice(&["guangdong", "hunan"]);
    /// assert_eq!(TagGroupAddToGroup::new("province", tags).check(), Ok(()));
    /// ```
    #[doc(alias = "addToGroup")]
    pub struct TagGroupAddToGroup<'a> {
        /// The app's id, as in [`TagAdd::app_id`](field@super::TagAdd::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Name of the group.
        name: &'a str = "name",
        /// Names of the tags, at least one. No source gives a maximum.
        #[doc(alias = "tagList")]
        tag_list: List<'a, &'a str> = "tagList",
    }
}

request! { TagGroupAddToGroup => TagResponse, PushApi, "/tagGroup/addToGroup" }

impl<'a> TagGroupAddToGroup<'a> {
    /// Tags for a group. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(name: &'a str, tag_list: List<'a, &'a str>) -> Self {
        Self { app_id: None, name, tag_list }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, `name` is blank, there is no tag, or a tag is blank.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagGroupAddToGroup<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        filled(Some(self.name), "name").or_else(&mut *broken)?;
        ensure(!self.tag_list.is_empty(), "tagList", Rule::Missing).or_else(&mut *broken)?;
        self.tag_list.iter().try_for_each(|tag| filled(Some(tag), "tagList"))
    }
}

#[cfg(test)]
mod tests {
    use super::{TagGroupAdd, TagGroupAddToGroup, TagGroupType, TagGroupUpdate};
    use crate::check::{CheckError, Rule};
    use crate::json::List;

    #[test]
    fn check_group_each_rule() {
        let missing = |field| Err(CheckError::new(field, Rule::Missing));
        let group = TagGroupAdd::new("city", TagGroupType::ORDINARY);
        assert_eq!(group.clone().app_id(10004).check(), Ok(()));
        assert_eq!(group.clone().app_id(0).check(), missing("appId"));
        assert_eq!(group.clone().name(" ").check(), missing("name"));
        // The Java SDK writes 0 for a type that is not set.
        for number in [0, 3, -1] {
            let result = group.clone().group_type(TagGroupType::new(number)).check();
            assert_eq!(result, Err(CheckError::new("type", Rule::UnknownValue)), "{number}");
        }
        assert_eq!(TagGroupUpdate::new("city", "province").check(), Ok(()));
        assert_eq!(TagGroupUpdate::new("", "province").check(), missing("oldName"));
        assert_eq!(TagGroupUpdate::new("city", "").check(), missing("newName"));
        let tags = |tags| TagGroupAddToGroup::new("province", List::from_slice(tags)).check();
        assert_eq!(tags(&["hunan"]), Ok(()));
        assert_eq!(tags(&[]), missing("tagList"));
        assert_eq!(tags(&["hunan", ""]), missing("tagList"));
    }
}
