//! The one form in which Postil cites.

/// What a citation names; what is not known is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cited<'a> {
    pub authors: &'a [String],
    pub title: &'a str,
    pub source: Option<&'a str>,
    pub date: Option<&'a str>,
}

impl Cited<'_> {
    /// `Author, Title (Source, Date), ¶12`; `place` is what stands after the sign: `12`, `12–14`.
    pub fn at(&self, place: Option<&str>) -> String {
        let title: Vec<&str> = self.title.split_whitespace().collect();
        let mut parts = vec![self.authors.join(", "), title.join(" ")];
        parts.retain(|part| !part.is_empty());
        let published: Vec<&str> = [self.source, self.date].into_iter().flatten().collect();
        let published = if published.is_empty() { String::new() } else { format!(" ({})", published.join(", ")) };
        let place = place.map_or_else(String::new, |place| format!(", ¶{place}"));
        format!("{}{published}{place}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let authors = ["Ann Lee".to_owned(), "Bo Ek".to_owned()];
        let whole = Cited { authors: &authors, title: "On\n order", source: Some("Forum"), date: Some("2015-08-04") };
        assert_eq!(whole.at(Some("12")), "Ann Lee, Bo Ek, On order (Forum, 2015-08-04), ¶12");
        assert_eq!(Cited { title: "a.txt", ..Cited::default() }.at(None), "a.txt");
        assert_eq!(Cited { authors: &[], source: None, ..whole }.at(Some("1–2")), "On order (2015-08-04), ¶1–2");
    }
}
