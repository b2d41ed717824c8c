//! Where words and sentences start and end, and which language a text is in.

/// A language whose words can be broken and whose abbreviations are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
}
