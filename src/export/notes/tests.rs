use super::*;
use crate::notes::{Anchor, Author, DocRef, Ids, New, NoteId, Pen, Record, Subject, Target};

const TEXT: &str = "On order\n\nBy Ann Lee\n\nThe “regional” order has to be shared by those who live in it, \
                    whoever they are and whatever they think of one another.\n";

/// A book in which one note has everything, one stands on the document, and one was deleted.
fn written() -> (Book, Document) {
    let document = crate::corpus::load::from_bytes("a b/é#1.txt", TEXT.as_bytes(), &Default::default()).unwrap();
    let author = Author { writer: "ann-1".into(), name: "Ann, \"A.\"".into() };
    let mut pen = Pen { author: &author, now: "2026-11-23T12:00:00.25Z".parse().unwrap(), ids: &mut Ids::seeded(1) };
    let start = document.clean.text.find("“regional” order").unwrap();
    let anchor = Anchor::of(&document.clean, start..start + "“regional” order".len());
    let on = |subject, anchor: Option<Anchor>| Target { doc: DocRef::of(&document), subject, anchor };
    let mut book = Book::new();
    let new =
        |target, body: &str, mark| New { target, body: body.into(), tags: vec!["T; P".into(), "日本".into()], mark };
    let first = book.add(&mut pen, new(on(Subject::Passage, Some(anchor)), "first, \"draft\"\nline", Some(Mark::Pink)));
    let id = first.note.unwrap();
    book.apply(first);
    let edited = book.set_body(&mut pen, id, "second\n\n*text*");
    book.apply(edited);
    let whole = book.add(&mut pen, new(on(Subject::Document, None), "", None));
    book.apply(whole);
    let gone = book.add(&mut pen, new(on(Subject::Document, None), "gone", None));
    let gone_id = gone.note.unwrap();
    book.apply(gone);
    let deleted = book.delete(&mut pen, gone_id);
    book.apply(deleted);
    (book, document)
}

fn entries(book: &Book, document: &Document) -> Vec<Entry> {
    let ground = crate::notes::Ground::new(document);
    let numbering = Numbering::of(&document.clean);
    let all = book.notes().chain(book.deleted());
    all.map(|note| Entry::of(note, book, &ground.place(note, |_| None), Some((document, &numbering)))).collect()
}

/// What importing `text` adds to `book`.
fn import(text: &str, book: &mut Book) -> Imported {
    let author = Author { writer: "ben-2".into(), name: String::new() };
    let mut pen = Pen { author: &author, now: "2026-12-01T00:00:00Z".parse().unwrap(), ids: &mut Ids::seeded(2) };
    let incoming = read(text);
    assert!(incoming.diagnostics.is_empty(), "{:?}", incoming.diagnostics);
    records(&incoming.value, book, &mut pen, |note| {
        let anchor = note.quote.as_ref().map(|quote| Anchor { exact: quote.exact.clone(), ..Anchor::default() });
        let doc = DocRef { path: note.path.clone(), ..DocRef::default() };
        Target { doc, subject: note.subject.unwrap_or_default(), anchor }
    })
}

fn notes(book: &Book) -> Vec<Note> {
    book.notes().chain(book.deleted()).cloned().collect()
}

#[test]
fn what_goes_out_as_json_comes_in_whole_and_once() {
    let (book, document) = written();
    let entries = entries(&book, &document);
    let pretty: serde_json::Value = serde_json::from_str(&jsonld(&entries)).unwrap();
    let array = format!("[{}]", json(&entries).trim_end().replace('\n', ","));
    for text in [json(&entries), array, jsonld(&entries), serde_json::to_string_pretty(&pretty).unwrap()] {
        let mut other = Book::new();
        let imported = import(&text, &mut other);
        assert_eq!((imported.new, imported.changed, imported.known), (3, 0, 0));
        assert_eq!(notes(&other), notes(&book));
        for note in book.notes() {
            let lines = |book: &Book| book.history(note.id).into_iter().map(Record::to_line).collect::<Vec<_>>();
            assert_eq!(lines(&other), lines(&book));
        }
        let again = import(&text, &mut other);
        assert_eq!((again.records.len(), again.known), (0, 3));
        assert_eq!(import(&text, &mut book.clone()).records, []);
    }
}

#[test]
fn what_was_changed_in_the_file_becomes_a_change() {
    let (mut book, document) = written();
    let entries = entries(&book, &document);
    for text in [json(&entries), jsonld(&entries)] {
        let mut book = book.clone();
        let id = entries[0].note.id;
        // The history holds the old texts too; only what the note says now is changed.
        let changed = match text.starts_with("{\"id\"") {
            true => text.replacen("\"body\":\"second", "\"body\":\"third", 1),
            false => text.replacen("\"value\":\"second", "\"value\":\"third", 1),
        };
        let changed = changed.replacen("\"日本\"", "\"Japan\"", 1);
        let imported = import(&changed, &mut book);
        assert_eq!((imported.new, imported.changed, imported.known), (0, 1, 2));
        let note = book.note(id).unwrap();
        assert_eq!((note.body(), &note.tags[..]), ("third\n\n*text*", &["T; P".to_owned(), "Japan".into()][..]));
        assert_eq!(import(&changed, &mut book).records, [], "once is enough");
    }
    let id = entries[0].note.id;
    let author = Author { writer: "ann-1".into(), name: String::new() };
    let mut pen = Pen { author: &author, now: "2026-11-24T00:00:00Z".parse().unwrap(), ids: &mut Ids::seeded(3) };
    let later = book.set_body(&mut pen, id, "written since");
    book.apply(later);
    assert_eq!(import(&json(&entries), &mut book).records, []);
    assert_eq!(book.note(id).unwrap().body(), "written since", "an old export takes nothing back");
}

#[test]
fn annotations_of_other_programs_come_in_once() {
    let text = r#"{
      "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/anno/1", "type": "Annotation",
      "bodyValue": "A remark", "target": {"source": "a%20b.txt", "selector": [
        {"type": "TextPositionSelector", "start": 4, "end": 9},
        {"type": "TextQuoteSelector", "exact": "order", "prefix": "the ", "suffix": " of"}]}
    }"#;
    let mut book = Book::new();
    assert_eq!(import(text, &mut book).new, 1);
    assert_eq!(import(text, &mut book).records, []);
    let note = book.notes().next().unwrap();
    assert_eq!((note.doc.path.as_str(), note.quote(), note.body()), ("a b.txt", "order", "A remark"));
    assert_eq!(note.id, NoteId::of_name("http://example.org/anno/1"));
}

#[test]
fn a_line_that_is_no_note_is_told_and_left_out() {
    let read = read("{\"doc\":\"a.txt\",\"body\":\"x\"}\n{\"doc\":7}\nnonsense\n{\"body\":\"x\"}\n");
    assert_eq!(read.value.len(), 1);
    let told: Vec<String> = read.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3);
    assert!(told[0].starts_with("line 2: ") && told[2].contains("\"doc\" is missing"), "{told:?}");
    assert_eq!(super::read("nonsense").diagnostics.len(), 1);
}

#[test]
fn an_annotation_says_what_the_standard_wants() {
    let (book, document) = written();
    let value: serde_json::Value = serde_json::from_str(&jsonld(&entries(&book, &document))).unwrap();
    assert_eq!(value["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    let note = &value["first"]["items"][0];
    assert_eq!((note["type"].as_str(), note["motivation"].as_str()), (Some("Annotation"), Some("commenting")));
    assert_eq!(note["target"]["source"], "a%20b/%C3%A9%231.txt");
    assert_eq!(note["target"]["selector"][0]["exact"], "“regional” order");
    assert_eq!(
        note["body"][1],
        serde_json::json!({
            "type": "TextualBody", "value": "T; P", "format": "text/plain", "purpose": "tagging"
        })
    );
    assert!(note["id"].as_str().unwrap().starts_with("urn:uuid:"));
    assert_eq!(value["first"]["items"][1]["motivation"], "highlighting");
}

#[test]
fn markdown_has_passages_with_their_places() {
    let (book, document) = written();
    let mut entries = entries(&book, &document);
    entries.truncate(1);
    entries[0].about = About {
        path: "a.txt".into(),
        title: "On <order>".into(),
        authors: vec!["Ann Lee".into(), "Bo Ek".into()],
        date: Some("2015-08-04".into()),
        source: Some("Forum".into()),
    };
    entries[0].cited = Some("12".into());
    entries[0].topics = vec![("order".into(), "Order".into()), ("trade.tpp".into(), String::new())];
    let block = "\n> “regional” order\n\nsecond\n\n*text*\n\n\
                 — Ann Lee, Bo Ek, On \\<order\\> (Forum, 2015-08-04), ¶12 · pink · \\#T; P · \\#日本 · Ann, \"A.\", 2026-11-23\n";
    assert_eq!(markdown(&entries, Group::Document), format!("## On \\<order\\>\n{block}"));
    assert_eq!(markdown(&entries, Group::Date), format!("## 2026-11-23\n{block}"));
    assert_eq!(markdown(&entries, Group::Topic), format!("## Order\n{block}\n## trade.tpp\n{block}"));
}

#[test]
fn csv_and_table_have_a_row_a_note() {
    let (book, document) = written();
    let entries = entries(&book, &document);
    let csv = csv(&entries);
    assert_eq!(csv.lines().next().unwrap().split(',').count(), 18);
    assert!(csv.contains("\"second\n\n*text*\",T; P; 日本,pink,"), "{csv}");
    let table = table(&entries);
    assert_eq!(table.lines().count(), 4);
    assert!(table.contains("second *text*") && table.contains("deleted"), "{table}");
}
