//! Administration of tag segments. A segment is an expression of tags that has a name.

use super::api::PushApi;
use super::notification::TagExpression;
use super::rules::{check_app_id, filled};
use super::tag::{TagResponse, check_names};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::exchange::request;
use crate::json::{List, message};

message! {
    /// Creates a tag segment: the body of `/tagSegment/add`. All tags must exist already.
    ///
    /// Source: the server document, part 9, and the official Java SDK. Both always write all three lists of the expression, so
    /// [`new`](Self::new) adds an empty list for each list that is not set.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::vivo::{TagExpression, TagSegmentAdd};
    ///
    /// let expression = TagExpression::new().not_tags(List::from_slice(&["shenzhen"]));
    /// let segment = TagSegmentAdd::new("segment1", expression);
    /// segment.check()?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&segment, &mut buffer)?,
    ///     r#"{"name":"segment1","expression":{"orTags":[],"andTags":[],"notTags":["shenzhen"]}}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct TagSegmentAdd<'a> {
        /// The app's id, as in [`TagAdd::app_id`](field@super::TagAdd::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Name of the segment.
        name: &'a str = "name",
        /// Which users are in the segment. At least one of the lists must have a tag.
        expression: TagExpression<'a> = "expression",
    }
}

request! { TagSegmentAdd => TagResponse, PushApi, "/tagSegment/add" }

impl<'a> TagSegmentAdd<'a> {
    /// A segment with this name. Lists that are not set become empty. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(name: &'a str, expression: TagExpression<'a>) -> Self {
        Self { app_id: None, name, expression: with_all_lists(expression) }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, `name` is blank, `expression` has no tag (a rule of this crate: it would select all users or none), or a tag
    /// is blank.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagSegmentAdd<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        filled(Some(self.name), "name").or_else(&mut *broken)?;
        check_expression(&self.expression, broken)
    }
}

message! {
    /// Changes the name and the expression of a tag segment: the body of `/tagSegment/update`. Source: the server document, part
    /// 9, which requires all three fields.
    pub struct TagSegmentUpdate<'a> {
        /// The app's id, as in [`TagAdd::app_id`](field@super::TagAdd::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Current name of the segment.
        #[doc(alias = "oldName")]
        old_name: &'a str = "oldName",
        /// New name of the segment.
        #[doc(alias = "newName")]
        new_name: &'a str = "newName",
        /// Which users are in the segment from now on, as in [`TagSegmentAdd::expression`](field@TagSegmentAdd::expression).
        expression: TagExpression<'a> = "expression",
    }
}

request! { TagSegmentUpdate => TagResponse, PushApi, "/tagSegment/update" }

impl<'a> TagSegmentUpdate<'a> {
    /// A new name and expression. Lists that are not set become empty. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(old_name: &'a str, new_name: &'a str, expression: TagExpression<'a>) -> Self {
        Self { app_id: None, old_name, new_name, expression: with_all_lists(expression) }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, one of the names is blank, `expression` has no tag, or a tag is blank.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagSegmentUpdate<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        check_names(self.old_name, self.new_name, broken).or_else(&mut *broken)?;
        check_expression(&self.expression, broken)
    }
}

const fn with_all_lists(mut expression: TagExpression<'_>) -> TagExpression<'_> {
    if expression.or_tags.is_none() {
        expression.or_tags = Some(List::from_slice(&[]));
    }
    if expression.and_tags.is_none() {
        expression.and_tags = Some(List::from_slice(&[]));
    }
    if expression.not_tags.is_none() {
        expression.not_tags = Some(List::from_slice(&[]));
    }
    expression
}

fn check_expression(tags: &TagExpression<'_>, broken: &mut impl Broken) -> Result<(), CheckError> {
    let lists = [(tags.or_tags, "orTags"), (tags.and_tags, "andTags"), (tags.not_tags, "notTags")];
    let has_tags = lists.iter().any(|(list, _)| list.is_some_and(|list| !list.is_empty()));
    ensure(has_tags, "expression", Rule::Missing).or_else(&mut *broken)?;
    for (list, field) in lists {
        list.map_or(Ok(()), |list| list.iter().try_for_each(|tag| filled(Some(tag), field)))
            .or_else(&mut *broken)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{TagSegmentAdd, TagSegmentUpdate};
    use crate::check::{CheckError, Rule};
    use crate::json::List;
    use crate::vivo::TagExpression;

    #[test]
    fn check_segment_each_rule() {
        let missing = |field| Err(CheckError::new(field, Rule::Missing));
        let tags = |tags| TagExpression::new().and_tags(List::from_slice(tags));
        let segment = |name, expression| TagSegmentAdd::new(name, expression).check();
        assert_eq!(segment("segment1", tags(&["male"])), Ok(()));
        assert_eq!(segment("\t", tags(&["male"])), missing("name"));
        assert_eq!(segment("segment1", tags(&[])), missing("expression"));
        assert_eq!(segment("segment1", tags(&["male", " "])), missing("andTags"));
        let change = |old, new, expression| TagSegmentUpdate::new(old, new, expression).check();
        assert_eq!(change("segment1", "segment2", tags(&["male"])), Ok(()));
        assert_eq!(change("", "segment2", tags(&["male"])), missing("oldName"));
        assert_eq!(change("segment1", "", tags(&["male"])), missing("newName"));
        assert_eq!(change("segment1", "segment2", TagExpression::new()), missing("expression"));
    }
}
