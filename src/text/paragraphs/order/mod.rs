//! The order that text is read in: what an extractor put out of its turn goes to its place.
//!
//! [Columns](columns) side by side are read one after the other, [runs of lines](strays) that came too early go back,
//! [footnotes](footnotes) go behind the paragraph that has their mark, and [numbers of sections](sections) to their headings.

pub mod columns;
pub mod footnotes;
pub mod margins;
pub mod sections;
pub mod strays;
