use crate::app::trial::Trial;

/// A row as it is drawn: cells, blanks where nothing is written.
fn drawn(trial: &Trial, row: usize) -> String {
    let (text, line) = (trial.text(), trial.lines()[row].clone());
    let mut out = String::new();
    for (cell, run) in line.runs(&text) {
        out.extend(std::iter::repeat_n(' ', usize::from(cell) - crate::text::width::cells(&out)));
        out.push_str(run);
    }
    if line.hyphen(&text).is_some() {
        out.push('-');
    }
    out
}

#[test]
fn every_byte_of_a_row_has_its_cell_and_every_cell_its_byte() {
    let text = "The allies spoke of 日本の安全保障 and of trade, with e\u{301}lan and 🇯🇵 flags, at some length and \
                with great care for what the others would say about it in the years that followed.";
    for justify in [false, true] {
        let trial = Trial::set(&[("a.txt", text)], 40, 20, |s| s.reading.justify = justify);
        let text = trial.text();
        assert!(trial.lines().len() > 3);
        for line in trial.lines() {
            for cluster in crate::text::width::clusters(&text[line.range.clone()]) {
                let at = line.range.start + cluster.at;
                let cell = line.cell_of(&text, at);
                assert_eq!(line.byte_at(&text, cell), at);
                let cells = line.cells_of(&text, &(at..at + cluster.text.len()));
                assert!(usize::from(cells.end - cells.start) >= cluster.cells, "{cluster:?} has {cells:?}");
                assert_eq!(cells.start, cell);
            }
        }
    }
}

#[test]
fn a_trail_goes_on_where_a_text_of_it_became_shorter() {
    let trial = Trial::of(&[("a.txt", "A boat.\n\nA second boat.\n\nAnother text.\n")], 60, 20);
    let doc = crate::corpus::DocId(0);
    let flow = super::Flow::of_trail(super::Trail::new("boat".into(), [(doc, vec![0, 7])]), &trial.model.shelf);
    let texts = flow.units.iter().filter(|unit| matches!(unit, super::Unit::Text { .. }));
    assert_eq!(texts.count(), 1);
}

#[test]
fn justified_rows_are_full_and_broken_words_have_a_hyphen() {
    let text = "Confidence-building mechanisms were established by the governments of neighbouring countries, \
                notwithstanding considerable disagreements about responsibilities, organisational arrangements \
                and the international acknowledgement of their representatives in the institutions.";
    let trial = Trial::set(&[("a.txt", text)], 40, 20, |s| {
        (s.reading.justify, s.reading.hyphenate, s.reading.measure) = (true, true, 30);
    });
    let rows: Vec<String> = (0..trial.lines().len()).map(|row| drawn(&trial, row)).collect();
    assert!(rows.iter().any(|row| row.ends_with('-')), "{rows:#?}");
    let full = rows.iter().filter(|row| row.len() == 30).count();
    assert!(full * 2 > rows.len(), "{rows:#?}");
    assert!(rows.iter().all(|row| row.len() <= 30), "{rows:#?}");
}

#[test]
fn what_would_act_on_the_terminal_is_shown_and_keeps_its_place() {
    let text = "Before \u{1b}[31m the word\u{202e} that matters\u{9b} and after.";
    let trial = Trial::of(&[("a.txt", text)], 120, 20);
    let text = trial.text();
    let row = drawn(&trial, 0);
    assert!(row.contains('␛') && row.contains("⟨RLO⟩") && !row.contains('\u{1b}'), "{row}");
    let at = text.find("matters").unwrap();
    let line = &trial.lines()[0];
    let cells = line.cells_of(&text, &(at..at + 7));
    let before = crate::text::width::fit(&row, usize::from(cells.start));
    assert!(row[before.len()..].starts_with("matters"), "{row} at {cells:?}");
    assert_eq!(cells.end - cells.start, 7);
    assert_eq!(line.byte_at(&text, cells.start + 2), at + 2);
}

#[test]
fn paragraphs_have_the_numbers_that_lead_to_them() {
    let text = "Share this article\n\nOne is here, and it says something.\n\nTwo is here, and says more of it.\n\n\
                Three is here as well, to make it a text.";
    let mut trial = Trial::of(&[("a.txt", text)], 60, 20);
    let doc = trial.model.doc().unwrap();
    let (_, of) = trial.model.shelf.paragraph_number(doc, 0);
    for number in 1..=of {
        let para = trial.model.shelf.numbering(doc).unwrap().paragraph(number).unwrap();
        assert_eq!(trial.model.shelf.paragraph_number(doc, para), (number, of));
        trial.keys(&format!("{number}G"));
        assert_eq!(trial.model.page.para(), Some(para));
    }
}
