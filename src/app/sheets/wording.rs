//! What giving a term to a topic would change, before it is saved.

use crate::app::event::{Previewed, TopicName, Wording};

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};

pub fn of(wording: &Wording, previewed: &Previewed) -> Sheet {
    let topic = match &wording.topic {
        TopicName::Id(id) => id.clone(),
        TopicName::New(label) => format!("the new topic {label}"),
    };
    let first = Row {
        spans: vec![
            Span::new(Role::Bold, format!("+{} −{} paragraphs", previewed.added, previewed.lost)),
            Span::new(
                Role::Dim,
                format!("   Enter here saves it in {}, Esc leaves it", previewed.saving.path.display()),
            ),
        ],
        goal: Some(Goal::SaveTopics),
        ..Row::default()
    };
    let rows = std::iter::once(first).chain(previewed.rows.iter().cloned()).collect();
    Sheet::new(Kind::Wording, format!("“{}” to {topic}", wording.term), rows, Extent::Across)
}
