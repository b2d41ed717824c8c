//! A topic's card: what it means, its terms, the documents it stands in.

use crate::app::Model;
use crate::app::force::Force;
use crate::text::width;
use crate::topics::TopicId;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span, room_in, wrapped};

/// Cells of a line of what a topic means, where there is room.
const LONGEST: usize = 60;

/// The card of the topic in force, else of the one chosen in the sidebar.
pub fn open(model: &Model) -> Option<Sheet> {
    let topic = match &model.force {
        Some(Force::Topic(topic)) => *topic,
        _ => model.sidebar.chosen()?,
    };
    Some(of(model, topic))
}

fn of(model: &Model, id: TopicId) -> Sheet {
    let (dictionary, index) = (&model.topics.dictionary, &model.topics.index);
    let topic = dictionary.topic(id);
    let line = |role, text: String| Row { spans: vec![Span::new(role, text)], ..Row::default() };
    let mut sheet = Sheet::new(Kind::Card, topic.label.clone(), Vec::new(), Extent::Text);
    let room = room_in(&sheet, &model.layout()).min(LONGEST);
    let whole = |role, text: &str| wrapped(Some(Span::new(role, "")), role, text, room);
    let mut rows = Vec::new();
    if !topic.description.is_empty() {
        rows.extend(whole(Role::Plain, &topic.description));
    }
    let counted = |count: usize, what: &str| {
        format!("{} {what}{}", width::group_thousands(count as u64), if count == 1 { "" } else { "s" })
    };
    let counts = format!("{}, {}", counted(index.total(id), "paragraph"), counted(index.total_hits(id), "hit"));
    rows.extend(whole(Role::Dim, &format!("{counts} [topics.{}]", topic.id)));
    let below: Vec<TopicId> = dictionary.ids().filter(|other| dictionary.topic(*other).parent == Some(id)).collect();
    if !below.is_empty() {
        rows.extend([Row::default(), line(Role::Heading, "Topics below".into())]);
        rows.extend(below.into_iter().map(|other| Row {
            spans: vec![Span::new(Role::Topic(other), dictionary.topic(other).label.clone())],
            right: vec![Span::new(Role::Plain, index.total(other).to_string())],
            goal: Some(Goal::Topic(other)),
            ..Row::default()
        }));
    }
    rows.extend([Row::default(), line(Role::Heading, "Terms".into())]);
    rows.extend(terms(model, id));
    rows.extend([Row::default(), line(Role::Heading, "Documents".into())]);
    let mut documents = index.documents(id);
    documents.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows.extend(documents.into_iter().map(|(doc, count)| Row {
        spans: vec![Span::new(Role::Plain, width::shorten(model.shelf.title(doc), 60, "…"))],
        right: vec![Span::new(Role::Plain, count.to_string())],
        goal: Some(Goal::Stop(doc)),
        ..Row::default()
    }));
    sheet.extend(rows);
    sheet
}

/// The topic's own terms with their hits, the most frequent first.
fn terms(model: &Model, id: TopicId) -> Vec<Row> {
    let dictionary = &model.topics.dictionary;
    let mut counts = vec![0usize; dictionary.terms.len()];
    for doc in model.shelf.docs() {
        for hit in model.topics.index.hits(doc) {
            if let Some(count) = counts.get_mut(hit.term.0 as usize) {
                *count += 1;
            }
        }
    }
    let mut terms: Vec<(usize, &str)> = dictionary
        .term_ids()
        .filter(|term| dictionary.term(*term).topic == id)
        .map(|term| (counts[term.0 as usize], dictionary.term(term).text.as_str()))
        .collect();
    terms.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let row = |(count, text): (usize, &str)| Row {
        spans: vec![Span::new(if count == 0 { Role::Dim } else { Role::Plain }, text)],
        right: vec![Span::new(Role::Plain, if count == 0 { "–".to_owned() } else { count.to_string() })],
        ..Row::default()
    };
    terms.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::text::width;

    #[test]
    fn what_a_topic_means_is_whole_however_narrow_the_pane() {
        let means = "Buying and selling between countries, and the rules about it. Not: loans and aid, which have one.";
        let file = format!("[topics.trade]\ndescription = {means:?}\nterms = [\"trade\"]\n");
        for columns in [40, 80, 120, 200] {
            let mut trial = Trial::on_topics(&file, &[("a.txt", "Of trade.")], columns, 24);
            trial.keys("ttrade<CR>gi");
            let sheet = trial.model.sheet.clone().unwrap();
            let room = super::room_in(&sheet, &trial.model.layout());
            let rows: Vec<String> = sheet.rows.iter().map(|row| row.text()).take_while(|row| !row.is_empty()).collect();
            assert!(rows.iter().all(|row| width::cells(row) <= room), "{columns}: {rows:?}");
            assert_eq!(rows.join(" "), format!("{means} 1 paragraph, 1 hit [topics.trade]"), "{columns}");
        }
    }
}
