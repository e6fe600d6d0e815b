//! Checks an atomic notification against document 896.

use super::{
    CapsuleData, IslandData, LiveImage, LiveMessage, LiveMessageSend, LiveOperation, LiveTemplate,
    ProgressInfo, RightInfo, TemplateData,
};
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, present, within};
use crate::json::check_members;
use crate::vivo::notification::len;
use crate::vivo::rules::{filled, one_of};
use crate::vivo::{Notification, Rules, SkipType};

type Checked = Result<(), CheckError>;

impl LiveMessageSend<'_> {
    /// Checks the request against the rules of document 896.
    ///
    /// # Errors
    ///
    /// The first of these rules that is broken:
    ///
    /// - The fields that a [`Notification`] also has pass [its check](Notification::check).
    /// - `title` has at most 40 half-width characters, `content` at most 100. Each Chinese character counts as two.
    /// - `extra` has no `callback`: vivo sends only receipts of the new scheme.
    /// - `liveMessage` passes [its check](LiveMessage::check).
    /// - `members` contains no name of a field and no duplicate name.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for LiveMessageSend<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        let push = Notification {
            app_id: self.app_id,
            reg_id: self.reg_id,
            alias: self.alias,
            notify_type: self.notify_type,
            time_to_live: self.time_to_live,
            skip_type: self.skip_type,
            skip_content: self.skip_content,
            network_type: self.network_type,
            extra: self.extra.clone(),
            push_mode: self.push_mode,
            notify_id: Some(self.notify_id),
            profile_id: self.profile_id,
            ..Notification::new(self.title, self.content, self.request_id)
        };
        push.check_each(broken).or_else(&mut *broken)?;
        // The Java SDK counts like this text of the document.
        at_most(Rules::JavaSdk.text_len(self.title), len::TITLE, "title").or_else(&mut *broken)?;
        at_most(Rules::JavaSdk.text_len(self.content), len::CONTENT, "content").or_else(&mut *broken)?;
        let callback = self.extra.as_ref().and_then(|extra| extra.callback);
        ensure(callback.is_none(), "callback", Rule::NotAllowed).or_else(&mut *broken)?;
        self.live_message.check_each(broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

impl LiveMessage<'_> {
    /// Checks the message against the rules of document 896 for a server.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule:
    ///
    /// - `operation` is not 1 or 2.
    /// - `scene` is blank.
    /// - `keepDuration` is over 3600.
    /// - `templateType` is not 1, 2 or 4.
    /// - `templateData` is missing in an update.
    /// - A picture has no `path`.
    /// - `nodeIcon` does not have 2 to 5 pictures, `progress` is over 100, or `indicatorLoc` is not 1 or 2.
    /// - `type` of `subInfo` is not in 0 to 4.
    /// - `state` of `capsuleData` is not 0 or 1.
    /// - `leftTemplate` is not 1, `rightTemplate` is not in 1 to 6, `waveState` is not 0 or 1, `progressState` is not in -1 to 1,
    ///   `showTime` is over 180, or `clickType` is not in 0 to 2.
    /// - A `skipType` is not in 1 to 4, or its `skipContent` is missing or too long, as in a [`Notification`]. The check does not read it
    ///   as a URL or URI.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for LiveMessage<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        one_of(Some(self.operation), &[LiveOperation::UPDATE, LiveOperation::END], "operation")
            .or_else(&mut *broken)?;
        filled(Some(self.scene), "scene").or_else(&mut *broken)?;
        within(self.keep_duration.map(i64::from), 0, 3600, "keepDuration").or_else(&mut *broken)?;
        let templates = [LiveTemplate::EMPHASIS, LiveTemplate::PROGRESS, LiveTemplate::BASIC];
        one_of(Some(self.template_type), &templates, "templateType").or_else(&mut *broken)?;
        let needed = self.operation == LiveOperation::UPDATE;
        ensure(self.template_data.is_some() || !needed, "templateData", Rule::Missing)
            .or_else(&mut *broken)?;
        self.template_data.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        self.capsule_data.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        self.island_data.as_ref().map_or(Ok(()), |part| part.check_each(broken))
    }
}

impl TemplateData<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        if let Some(info) = &self.base_info {
            check_image(info.icon.as_ref()).or_else(&mut *broken)?;
        }
        if let Some(info) = &self.priority_info {
            check_image(info.image.as_ref()).or_else(&mut *broken)?;
            check_skip(info.skip_type, info.skip_content).or_else(&mut *broken)?;
        }
        self.progress_info.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        if let Some(info) = &self.short_info {
            [&info.lock_icon, &info.icon, &info.image]
                .into_iter()
                .map(Option::as_ref)
                .try_for_each(check_image)
                .or_else(&mut *broken)?;
            check_skip(info.skip_type, info.skip_content).or_else(&mut *broken)?;
        }
        let Some(info) = &self.sub_info else { return Ok(()) };
        within(info.sub_type.map(i64::from), 0, 4, "type").or_else(&mut *broken)?;
        check_image(info.image.as_ref()).or_else(&mut *broken)?;
        check_skip(info.skip_type, info.skip_content)
    }
}

impl ProgressInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        if let Some(icons) = &self.node_icon {
            let count = i64::try_from(icons.len()).unwrap_or(i64::MAX);
            within(Some(count), 2, 5, "nodeIcon").or_else(&mut *broken)?;
            icons.iter().try_for_each(|icon| check_image(Some(&icon))).or_else(&mut *broken)?;
        }
        check_image(self.indicator_icon.as_ref()).or_else(&mut *broken)?;
        within(self.indicator_loc.map(i64::from), 1, 2, "indicatorLoc").or_else(&mut *broken)?;
        within(self.progress.map(i64::from), 0, 100, "progress")
    }
}

impl CapsuleData<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        within(self.state.map(i64::from), 0, 1, "state").or_else(&mut *broken)?;
        check_image(self.icon.as_ref())
    }
}

impl IslandData<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        within(self.left_template.map(i64::from), 1, 1, "leftTemplate").or_else(&mut *broken)?;
        within(self.right_template.map(i64::from), 1, 6, "rightTemplate").or_else(&mut *broken)?;
        check_image(self.left_info.as_ref().and_then(|info| info.icon.as_ref())).or_else(&mut *broken)?;
        self.right_info.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        within(self.show_time.map(i64::from), 0, 180, "showTime").or_else(&mut *broken)?;
        within(self.click_type.map(|click| click.get().into()), 0, 2, "clickType")
    }
}

impl RightInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        within(self.wave_state.map(i64::from), 0, 1, "waveState").or_else(&mut *broken)?;
        check_image(self.icon.as_ref()).or_else(&mut *broken)?;
        check_skip(self.skip_type, self.skip_content).or_else(&mut *broken)?;
        within(self.progress_state.map(|state| state.get().into()), -1, 1, "progressState")
    }
}

fn check_image(image: Option<&LiveImage<'_>>) -> Checked {
    image.map_or(Ok(()), |image| present(image.path, "path"))
}

/// Checks what a part of the notification opens, if it opens anything.
fn check_skip(skip_type: Option<SkipType>, skip_content: Option<&str>) -> Checked {
    if skip_type.is_none() && skip_content.is_none() {
        return Ok(());
    }
    Rules::Newest.check_skip(skip_type, skip_content)
}
