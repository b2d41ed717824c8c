//! Golden cases: files of `tests/paragraphs/` hold a messy text and what it should become.
