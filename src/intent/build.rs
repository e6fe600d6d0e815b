//! Writes an intent as a URI.

use super::data::Data;
use super::error::BuildError;
use super::fields::name;
use super::parse::{ANDROID_APP, FRAGMENT, INTENT, reads_as_fields};
use super::text::Text;
use super::{Form, Intent, MAX_ENTRIES};
use crate::uri_writer::UriWriter;

impl Intent<'_> {
    /// Writes the intent as a URI into the start of a buffer.
    ///
    /// The text is canonical: fields in Android's order, no duplicates, flags in hexadecimal, no default action. In values,
    /// everything except letters, digits and `_-!.~'()*` is percent-encoded (`/` is kept in types, identifiers and components).
    /// Reading it returns an equal intent.
    ///
    /// # Errors
    ///
    /// [`BuildError::BufferFull`] with the number of bytes needed; other errors if the form cannot contain a part of the intent.
    #[doc(alias = "toUri")]
    pub fn to_uri<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        let mut output = UriWriter::new(buffer);
        self.write(&mut output)?;
        Ok(output.finish()?)
    }

    /// Length of the URI in bytes.
    ///
    /// # Errors
    ///
    /// As [`to_uri`](Self::to_uri).
    pub fn uri_len(&self) -> Result<usize, BuildError> {
        let mut output = UriWriter::new(&mut []);
        self.write(&mut output)?;
        Ok(output.length())
    }

    fn write(&self, output: &mut UriWriter<'_>) -> Result<(), BuildError> {
        let parts = [Some(*self), self.selector.map(|selector| selector.intent())];
        let entries = |part: &Intent<'_>| part.categories.entries().max(part.extras.entries());
        if parts.iter().flatten().any(|part| entries(part) > MAX_ENTRIES) {
            return Err(BuildError::TooMany);
        }
        let scheme = match self.form {
            Form::Intent => {
                output.put(INTENT);
                if let Some(data) = &self.data {
                    data.write_rest(output);
                }
                self.data.and_then(|data| data.scheme())
            }
            Form::Own { scheme } => {
                self.write_own(output)?;
                scheme
            }
            Form::AndroidApp => {
                self.write_android_app(output)?;
                None
            }
            Form::Selector => return Err(BuildError::Data),
        };

        let before = output.length();
        output.put(FRAGMENT);
        let fields_start = output.length();
        self.write_fields(scheme, output)?;
        let ambiguous = self.data.is_some_and(|data| reads_as_fields(&data));
        // `intent:` needs the fragment to be read as this form; other forms omit an empty one.
        if output.length() > fields_start || ambiguous || self.form == Form::Intent {
            output.put("end");
        } else {
            output.truncate(before);
        }
        Ok(())
    }

    fn write_own(&self, output: &mut UriWriter<'_>) -> Result<(), BuildError> {
        let Some(data) = self.data else { return Ok(()) };
        // Data with these prefixes would be read as another form.
        if [INTENT, ANDROID_APP].iter().any(|word| data.starts_with(word)) {
            return Err(BuildError::Data);
        }
        output.put_chars(data.chars());
        Ok(())
    }

    fn write_android_app(&self, output: &mut UriWriter<'_>) -> Result<(), BuildError> {
        let package = self.package.ok_or(BuildError::NoPackage)?;
        output.put(ANDROID_APP);
        output.put("//");
        output.put_encoded(package.chars(), false);
        let Some(data) = self.non_empty_data() else { return Ok(()) };
        let scheme = data.scheme().ok_or(BuildError::Data)?;
        output.put("/");
        output.put_encoded(scheme.chars(), false);
        match data.hierarchy() {
            Some((authority, path)) if path.starts_with('/') => {
                output.put("/");
                output.put_encoded(authority.chars(), false);
                output.put(path);
                Ok(())
            }
            None if data.rest().is_empty() => {
                // Nothing after the slash means no scheme; an empty scheme needs another slash.
                if scheme.is_empty() {
                    output.put("/");
                }
                Ok(())
            }
            _ => Err(BuildError::Data),
        }
    }

    /// The fields of the intent, and of its selector.
    fn write_fields(&self, scheme: Option<Text<'_>>, output: &mut UriWriter<'_>) -> Result<(), BuildError> {
        self.write_part(scheme, output)?;
        let Some(selector) = self.selector else { return Ok(()) };
        if self.package.is_some() && self.form != Form::AndroidApp {
            return Err(BuildError::SelectorAndPackage);
        }
        let selector = selector.intent();
        let bare = |data: Data<'_>| data.rest().is_empty() && data.hierarchy().is_none();
        if selector.non_empty_data().is_some_and(|data| !bare(data) || data.scheme().is_none()) {
            return Err(BuildError::Data);
        }
        output.put(name::SELECTOR);
        output.put(";");
        selector.write_part(selector.data.and_then(|data| data.scheme()), output)
    }

    fn write_part(&self, scheme: Option<Text<'_>>, output: &mut UriWriter<'_>) -> Result<(), BuildError> {
        if let Some(scheme) = scheme {
            output.put_field(name::SCHEME, scheme.chars(), false);
        }
        if let Some(action) = self.action.filter(|action| Some(*action) != self.default_action()) {
            output.put_field(name::ACTION, action.chars(), false);
        }
        for category in self.categories {
            output.put_field(name::CATEGORY, category.chars(), false);
        }
        for (name, value) in [(name::TYPE, self.mime_type), (name::IDENTIFIER, self.identifier)] {
            if let Some(value) = value {
                output.put_field(name, value.chars(), true);
            }
        }
        for (name, bits) in
            [(name::LAUNCH_FLAGS, self.flags.bits()), (name::EXTENDED_LAUNCH_FLAGS, self.extended_flags)]
        {
            if bits != 0 {
                output.put(name);
                output.put("=");
                output.put_bits(bits);
                output.put(";");
            }
        }
        if let Some(package) = self.package.filter(|_| self.form != Form::AndroidApp) {
            output.put_field(name::PACKAGE, package.chars(), false);
        }
        if let Some(component) = &self.component {
            output.put_field(name::COMPONENT, component.chars(), true);
        }
        if let Some(bounds) = &self.source_bounds {
            output.put(name::SOURCE_BOUNDS);
            output.put("=");
            bounds.write(output);
            output.put(";");
        }
        for extra in self.extras {
            if extra.value.is_beyond_basic_plane() {
                return Err(BuildError::NotAChar);
            }
            extra.write(output);
        }
        Ok(())
    }
}
