//! A topic's card: what it means, its terms, the documents it stands in.

use crate::app::Model;
use crate::app::force::Force;
use crate::text::width;
use crate::topics::TopicId;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};

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
    let mut rows = Vec::new();
    for row in crate::text::wrap::rows(&topic.description, 60) {
        rows.push(line(Role::Plain, topic.description[row].to_owned()));
    }
    rows.push(line(
        Role::Dim,
        format!("{} paragraphs, {} hits   [topics.{}]", index.total(id), index.total_hits(id), topic.id),
    ));
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
    Sheet::new(Kind::Card, topic.label.clone(), rows, Extent::Text)
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
