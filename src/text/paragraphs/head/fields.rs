//! Labels of records, as mails, memoranda and files' own fields have them: "Subject: …".

/// What a line of a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Author,
    /// Who sent it: the author of a mail or memorandum.
    Sender,
    Date,
    Updated,
    Source,
    Nothing,
}

/// Labels of records, in small letters.
const FIELDS: [(&str, Field); 61] = [
    ("title", Field::Title),
    ("subject", Field::Title),
    ("re", Field::Title),
    ("betreff", Field::Title),
    ("titel", Field::Title),
    ("titre", Field::Title),
    ("objet", Field::Title),
    ("asunto", Field::Title),
    ("oggetto", Field::Title),
    ("author", Field::Author),
    ("authors", Field::Author),
    ("author(s)", Field::Author),
    ("by", Field::Author),
    ("byline", Field::Author),
    ("autor", Field::Author),
    ("auteur", Field::Author),
    ("writer", Field::Author),
    ("from", Field::Sender),
    ("von", Field::Sender),
    ("de", Field::Sender),
    ("date", Field::Date),
    ("sent", Field::Date),
    ("published", Field::Date),
    ("publication date", Field::Date),
    ("date published", Field::Date),
    ("posted", Field::Date),
    ("datum", Field::Date),
    ("gesendet", Field::Date),
    ("fecha", Field::Date),
    ("data", Field::Date),
    ("created", Field::Date),
    ("updated", Field::Updated),
    ("last updated", Field::Updated),
    ("last modified", Field::Updated),
    ("modified", Field::Updated),
    ("revised", Field::Updated),
    ("source", Field::Source),
    ("publisher", Field::Source),
    ("publication", Field::Source),
    ("journal", Field::Source),
    ("to", Field::Nothing),
    ("an", Field::Nothing),
    ("cc", Field::Nothing),
    ("bcc", Field::Nothing),
    ("reply-to", Field::Nothing),
    ("message-id", Field::Nothing),
    ("in-reply-to", Field::Nothing),
    ("references", Field::Nothing),
    ("keywords", Field::Nothing),
    ("tags", Field::Nothing),
    ("category", Field::Nothing),
    ("categories", Field::Nothing),
    ("contact", Field::Nothing),
    ("language", Field::Nothing),
    ("version", Field::Nothing),
    ("status", Field::Nothing),
    ("section", Field::Nothing),
    ("attachments", Field::Nothing),
    ("organization", Field::Nothing),
    ("through", Field::Nothing),
    ("via", Field::Nothing),
];

/// Whether a line has a label, other than that of a title: "Date: Thursday" names no text.
pub(super) fn is_field(text: &str) -> bool {
    field(text).is_some_and(|(field, _)| !matches!(field, Field::Title | Field::Source))
}

/// The label and the value of a line of a record: "Subject: The ferry", ":Author: Ann Lee", "#+DATE: 2011-03-14".
pub(super) fn field(text: &str) -> Option<(Field, &str)> {
    let text = text.trim_start_matches("#+").trim_start_matches([':', '*', '-']).trim_start();
    let colon = text.bytes().take(24).position(|b| b == b':')?;
    let label = text[..colon].trim_end().to_lowercase();
    let (_, field) = FIELDS.iter().find(|(known, _)| *known == label)?;
    let value = text[colon + 1..].trim_matches(['*', ' ']);
    let quoted = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    Some((*field, quoted.unwrap_or(value)))
}

/// "Subject: Marks in the channel": what names a letter or a circular.
pub(super) fn is_subject(text: &str) -> bool {
    field(text).is_some_and(|(field, value)| field == Field::Title && !value.is_empty())
}
