use super::*;

const ADD: &str = r#"{"v":1,"ev":"0193d7c1-ecd7-7000-8000-000000000001","at":"2026-11-23T12:04:05.123Z","by":"lap-k3f9qa","op":"note.add","note":"0193d7c1-ecd7-7000-8000-000000000001","prev":[],"doc":{"path":"next-step.txt","raw":"b3:9f","txt":"b3:1c","chars":10344,"title":"The Next Step"},"anchor":{"norm":1,"exact":"regional order","before":"the evolving ","after":" of","pos":[9158,9172],"nth":[1,1],"para":2,"head":""},"body":"Same wording\nas before","tags":["TPP"],"mark":"yellow"}"#;

fn id(last: u8) -> EventId {
    format!("0193d7c1-ecd7-7000-8000-0000000000{last:02x}").parse().unwrap()
}

fn record(op: Op) -> Record {
    let at = "2026-11-23T12:04:05.12Z".parse().unwrap();
    Record::new(id(2), at, "lap-k3f9qa", Some(id(1).into()), vec![id(1)], op)
}

fn anchor() -> Box<Anchor> {
    Box::new(Anchor { exact: "x".into(), pos: 3..4, nth: (1, 2), para: 1, ..Anchor::default() })
}

#[test]
fn a_note_is_written_with_its_keys_in_order() {
    let read = Record::from_line(ADD).unwrap();
    let Op::Add { doc, subject, anchor, body, tags, mark, author } = &read.op else { panic!("{read:?}") };
    assert_eq!((doc.chars, *subject, body.as_str()), (10344, Subject::Passage, "Same wording\nas before"));
    assert_eq!((tags.as_slice(), *mark, author.as_str()), (&["TPP".to_owned()][..], Some(Mark::Yellow), ""));
    assert_eq!(anchor.as_ref().unwrap().pos, 9158..9172);
    let again = Record::new(read.ev, read.at, &read.by, read.note, read.prev.clone(), read.op.clone());
    assert_eq!(again.to_line(), ADD);
}

#[test]
fn every_operation_comes_back_as_it_was() {
    let doc = || Box::new(DocRef { path: "a/b.txt".into(), title: "\"A\" \u{1b}[31m".into(), ..DocRef::default() });
    let add = |subject, anchor| Op::Add {
        doc: doc(),
        subject,
        anchor,
        body: "a\nb\tc\u{2028}\u{0}".into(),
        tags: vec!["x".into(), "日本".into()],
        mark: None,
        author: "Ann".into(),
    };
    let ops = [
        add(Subject::Passage, Some(anchor())),
        add(Subject::Paragraph, Some(anchor())),
        add(Subject::Document, None),
        Op::Body(String::new()),
        Op::Tags { add: vec!["a".into()], del: vec!["b".into()] },
        Op::Mark(Some(Mark::Pink)),
        Op::Mark(None),
        Op::Edit { body: Some("a".into()), add: vec!["b".into()], del: vec!["c".into()], mark: Some(Some(Mark::Blue)) },
        Op::Edit { body: None, add: Vec::new(), del: vec!["c".into()], mark: Some(None) },
        Op::Edit { body: Some(String::new()), add: vec!["b".into()], del: Vec::new(), mark: None },
        Op::Anchor { doc: None, anchor: anchor() },
        Op::Anchor { doc: Some(doc()), anchor: anchor() },
        Op::Delete,
        Op::Undelete,
        Op::HandTag { doc: doc(), anchor: anchor(), topic: "trade.tpp".into(), given: Some(true) },
        Op::HandTag { doc: doc(), anchor: anchor(), topic: "trade.tpp".into(), given: Some(false) },
        Op::HandTag { doc: doc(), anchor: anchor(), topic: "trade.tpp".into(), given: None },
        Op::Alias { from: "old.txt".into(), doc: doc() },
        Op::Undo(id(9)),
    ];
    for op in ops {
        let line = record(op.clone()).to_line();
        assert!(!line.contains('\n'), "{line}");
        let read = Record::from_line(&line).unwrap();
        assert_eq!((&read.op, read.to_line()), (&op, line));
    }
}

#[test]
fn what_is_not_known_is_kept_byte_for_byte() {
    let known = ADD.replace("\"tags\"", "\"mood\" : {\"b\":1.0,\"a\":[ ]},\"tags\"");
    let op = r#"{"v":1,"ev":"0193d7c1-ecd7-7000-8000-000000000003","by":"x","op":"note.vote","note":"0193d7c1-ecd7-7000-8000-000000000001","prev":[],"body":7}"#;
    let version = r#"{"v":9,"ev":"0193d7c1-ecd7-7000-8000-000000000003","by":"x","op":"note.body","text":"new form"}"#;
    for line in [known.as_str(), op, version] {
        assert_eq!(Record::from_line(line).unwrap().to_line(), line);
    }
    assert_eq!(Record::from_line(op).unwrap().op, Op::Unknown);
    assert_eq!(Record::from_line(version).unwrap().op, Op::Unknown);
    assert!(matches!(Record::from_line(&known).unwrap().op, Op::Add { .. }));
}

#[test]
fn a_damaged_line_says_what_is_wrong() {
    assert_eq!(Record::from_line(&ADD[..200]), Err(BadLine::Torn));
    assert!(matches!(Record::from_line("\u{0}\u{0}\u{0}"), Err(BadLine::NotJson(_))));
    assert_eq!(Record::from_line(r#"{"v":1,"ev":"zz","by":"x","op":"note.del"}"#), Err(BadLine::NoId("ev")));
    let no_note = r#"{"v":1,"ev":"0193d7c1-ecd7-7000-8000-000000000003","by":"x","op":"note.del"}"#;
    assert_eq!(Record::from_line(no_note), Err(BadLine::NoId("note")));
    let no_body = ADD.replace("note.add", "note.body").replace("\"body\"", "\"bodi\"");
    assert!(matches!(Record::from_line(&no_body), Err(BadLine::Incomplete(..))));
}

#[test]
fn a_place_no_text_can_have_is_made_one() {
    let odd = ADD.replace("[9158,9172]", "[18446744073709551615,7]");
    let Op::Add { anchor, .. } = Record::from_line(&odd).unwrap().op else { panic!() };
    let pos = anchor.unwrap().pos;
    assert!(pos.start <= pos.end && pos.end <= u32::MAX as usize, "{pos:?}");
    assert!(matches!(Record::from_line(&ADD.replace("[9158,9172]", "[-1,7]")), Err(BadLine::Incomplete(..))));
}

#[test]
fn a_time_nobody_can_read_does_not_lose_the_note() {
    let odd = ADD.replace("2026-11-23T12:04:05.123Z", "yesterday");
    assert_eq!(Record::from_line(&odd).unwrap().at, Timestamp::UNIX_EPOCH);
}
