use crate::app::trial::Trial;
use crate::app::{Event, MouseWhat, Pane};

const TEXT: &str = "The first sentence has words. The second one, too, is here. And a third.\n\n\
                    Another paragraph starts; it goes on and says that trade is good. It ends.";

/// The cell of a word of the first rows.
fn cell(trial: &Trial, word: &str) -> (u16, u16) {
    let (layout, text) = (trial.model.layout(), trial.text());
    let at = text.find(word).unwrap();
    let rows = trial.model.page.rows.iter().zip(layout.page.y..);
    let found = rows.filter_map(|(row, y)| match &row.line {
        crate::app::flow::Line::Text(line) if line.range.contains(&at) => Some((line.cell_of(&text, at), y)),
        _ => None,
    });
    let (x, y) = found.last().unwrap();
    (layout.page.x + x, y)
}

fn selected(trial: &Trial) -> String {
    trial.model.selected().map(|range| trial.text()[range].to_owned()).unwrap_or_default()
}

#[test]
fn a_press_puts_the_cursor_and_a_drag_selects() {
    let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
    let (from, to) = (cell(&trial, "second"), cell(&trial, "trade"));
    trial.mouse(MouseWhat::Press, from.0, from.1);
    assert_eq!(trial.at_cursor(), "second o");
    assert!(trial.model.selection.is_none());
    trial.mouse(MouseWhat::Drag, from.0, from.1);
    assert!(trial.model.selection.is_none(), "the hand only shook");
    trial.mouse(MouseWhat::Drag, to.0, to.1).mouse(MouseWhat::Release, to.0, to.1);
    assert!(selected(&trial).starts_with("second one") && selected(&trial).ends_with("that t"));
    trial.mouse(MouseWhat::Press, from.0, from.1).mouse(MouseWhat::Release, from.0, from.1);
    assert!(trial.model.selection.is_none());
}

#[test]
fn a_double_press_selects_the_word_a_triple_one_the_paragraph() {
    let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
    let (x, y) = cell(&trial, "entence");
    let press = |trial: &mut Trial| {
        trial.mouse(MouseWhat::Press, x, y).mouse(MouseWhat::Release, x, y);
    };
    press(&mut trial);
    press(&mut trial);
    assert_eq!(selected(&trial), "sentence");
    press(&mut trial);
    assert!(selected(&trial).starts_with("The first") && selected(&trial).ends_with("third."));
    trial.keys("<Esc>");
    press(&mut trial);
    assert_eq!(selected(&trial), "", "a key came between");
}

#[test]
fn a_drag_that_began_with_two_presses_goes_by_words_and_the_wheel_takes_it_along() {
    let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
    let [(x, y), later, earlier] = ["entence", "econd", "irst"].map(|word| cell(&trial, word));
    let twice = |trial: &mut Trial| {
        trial.keys("<Esc>");
        for what in [MouseWhat::Press, MouseWhat::Release, MouseWhat::Press] {
            trial.mouse(what, x, y);
        }
    };
    twice(&mut trial);
    trial.mouse(MouseWhat::Drag, later.0, later.1);
    assert_eq!(selected(&trial), "sentence has words. The second");
    trial.mouse(MouseWhat::Drag, earlier.0, earlier.1);
    assert_eq!(selected(&trial), "first sentence");
    trial.mouse(MouseWhat::Drag, later.0, later.1);
    assert_eq!(selected(&trial), "sentence has words. The second");

    let long = TEXT.repeat(20).replace("ends.The", "ends.\n\nThe");
    let mut trial = Trial::of(&[("a.txt", &long)], 120, 12);
    let (x, y) = (trial.model.layout().page.x, trial.model.layout().page.y + 5);
    trial.mouse(MouseWhat::Press, x, y).mouse(MouseWhat::Drag, x + 1, y);
    let before = selected(&trial).len();
    trial.mouse(MouseWhat::WheelDown, x + 1, y);
    assert!(selected(&trial).len() > before + 40, "{:?}", selected(&trial));
}

#[test]
fn a_drag_that_is_held_at_the_edge_goes_on_until_the_end() {
    let long = "Each of these sentences is as long as the others. ".repeat(99).replace("s. Each", "s.\n\nEach");
    let begin = || {
        let mut trial = Trial::of(&[("a.txt", &long)], 80, 24);
        trial.keys("30G");
        let page = trial.model.layout().page;
        trial.mouse(MouseWhat::Press, page.x + 9, page.y + 6).mouse(MouseWhat::Drag, page.x + 12, page.y + 8);
        assert!(!trial.model.is_held_at_edge());
        trial
    };
    for (row, is_down) in [(23, true), (0, false)] {
        let mut trial = begin();
        trial.mouse(MouseWhat::Drag, 40, row);
        let mut seen = vec![(trial.model.page.top, selected(&trial).len())];
        while trial.model.is_held_at_edge() && seen.len() < 500 {
            trial.happen(Event::Held);
            seen.push((trial.model.page.top, selected(&trial).len()));
        }
        let (there, back) = (|w: &[(_, usize)]| w[0].0 <= w[1].0, |w: &[(_, usize)]| w[0].0 >= w[1].0);
        assert!(if is_down { seen.windows(2).all(there) } else { seen.windows(2).all(back) });
        assert!((20..500).contains(&seen.len()) && seen.last().unwrap().1 > 1000, "{}", seen.len());
        assert!(seen.windows(2).all(|w| w[0].1 <= w[1].1), "more and more is selected");
    }
    for end in [Event::Focus(false), Event::Key(crate::keys::notation::parse("j").unwrap()[0])] {
        let mut trial = begin();
        trial.mouse(MouseWhat::Drag, 40, 23);
        assert!(trial.model.is_held_at_edge());
        trial.happen(end);
        assert!(!trial.model.is_held_at_edge());
    }
    let mut trial = begin();
    trial.mouse(MouseWhat::Drag, 40, 23).mouse(MouseWhat::Release, 40, 23);
    let top = trial.model.page.top;
    trial.happen(Event::Held);
    assert_eq!((trial.model.is_held_at_edge(), trial.model.page.top), (false, top));
}

#[test]
fn a_drag_along_the_first_row_scrolls_nothing() {
    let long = "Each of these sentences is as long as the others. ".repeat(99).replace("s. Each", "s.\n\nEach");
    let mut trial = Trial::of(&[("a.txt", &long)], 80, 24);
    trial.keys("30Gzt");
    let (page, top) = (trial.model.layout().page, trial.model.page.top);
    trial.mouse(MouseWhat::Press, page.x + 5, page.y).mouse(MouseWhat::Drag, page.x + 20, page.y);
    assert_eq!((trial.model.page.top, selected(&trial).len(), trial.model.is_held_at_edge()), (top, 16, false));
    trial.mouse(MouseWhat::Drag, page.x + 20, page.y + 2).mouse(MouseWhat::Drag, page.x + 20, page.y);
    assert!(trial.model.is_held_at_edge(), "who comes back to it does");
}

#[test]
fn the_wheel_scrolls_a_list_at_once_and_a_press_takes_what_is_proposed() {
    let names: Vec<String> = (10..90).map(|n| format!("{n}.txt")).collect();
    let texts: Vec<_> = names.iter().map(|name| (name.as_str(), "A text.")).collect();
    let mut trial = Trial::of(&texts, 120, 24);
    trial.mouse(MouseWhat::WheelDown, 4, 6);
    assert_eq!(trial.model.list.top, 3);
    trial.keys("gd");
    trial.mouse(MouseWhat::WheelDown, 4, 6).mouse(MouseWhat::WheelDown, 4, 6).mouse(MouseWhat::WheelUp, 4, 6);
    assert_eq!(trial.model.prompt.as_ref().unwrap().list.chosen, 1);
    trial.mouse(MouseWhat::Press, 4, 5);
    assert!(trial.model.prompt.is_some(), "nothing stands there");
    // Ten rows of them above the last one.
    trial.mouse(MouseWhat::Press, 4, 13 + 4);
    assert_eq!(trial.model.doc().unwrap().index(), 4);
    trial.keys("?");
    trial.mouse(MouseWhat::WheelDown, 4, 6).keys("/");
    trial.mouse(MouseWhat::WheelDown, 4, 6);
    assert_eq!(trial.model.sheet.as_ref().unwrap().list.top, 6);
    trial.keys("<Esc><Esc>:contents");
    let (_, rows) = trial.model.prompt.as_ref().unwrap().window(23);
    trial.mouse(MouseWhat::Press, 4, 23 - rows);
    assert!(trial.model.sheet.is_some(), "what is proposed is done");
}

#[test]
fn a_press_on_the_sign_of_a_topic_folds_what_is_below_it() {
    let file = "[topics.asia]\nlabel = \"Asia\"\nterms = [\"asia\"]\n\n\
                [topics.asia.japan]\nlabel = \"Japan\"\nterms = [\"japan\"]\n";
    let mut trial = Trial::on_topics(file, &[("a.txt", TEXT)], 120, 30);
    let area = trial.model.layout().topics.unwrap();
    let sign = super::Sidebar::sign_column(&trial.model.topics.dictionary, trial.model.sidebar.rows[0], area);
    trial.mouse(MouseWhat::Press, sign, 2);
    assert_eq!((trial.model.sidebar.rows.len(), trial.model.force.is_none()), (1, true));
    trial.mouse(MouseWhat::Press, sign, 2);
    assert_eq!(trial.model.sidebar.rows.len(), 2);
    trial.mouse(MouseWhat::Press, sign + 2, 2);
    assert!(trial.model.force.is_some());
}

#[test]
fn a_press_on_a_document_opens_it() {
    let mut trial = Trial::of(&[("a.txt", TEXT), ("b.txt", "Other text is here.")], 120, 30);
    let each = trial.model.list_row_height(&trial.model.layout()) as u16;
    trial.mouse(MouseWhat::Press, 4, 2 + each);
    assert_eq!((trial.model.doc().unwrap().index(), trial.model.focus), (1, Pane::Text));
}

const KEYS: [&str; 20] = [
    "v", "V", "ip", "gd", ":", "?", "gn", "o", "g/", "/e", "<CR>", "<Esc>", "<Tab>", "a", "x", "gt", "G", "zz", "0",
    "$",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Wherever the mouse goes, and whatever is pressed meanwhile: what is selected is text, and a list's choice is
    /// one of its rows.
    #[test]
    fn no_way_of_the_mouse_leads_out_of_what_is_there(
        size in proptest::sample::select(&[(120u16, 30u16), (80, 24), (40, 9), (3, 2)][..]),
        steps in proptest::collection::vec((0usize..9, 0u16..125, 0u16..32), 1..60),
    ) {
        use MouseWhat::{Drag, Press, Release, WheelDown, WheelUp};
        let long = TEXT.repeat(9).replace("ends.The", "ends.\n\nT\u{301}he 日本 👩‍👩‍👧");
        let texts = [("a.txt", long.as_str()), ("b.txt", ""), ("c.txt", TEXT)];
        let mut trial = Trial::of(&texts, size.0, size.1);
        for (what, x, y) in steps {
            match what {
                8 => _ = trial.keys(KEYS[usize::from(x) % KEYS.len()]),
                // Two presses on one cell.
                7 => _ = trial.mouse(Press, x, y).mouse(Release, x, y).mouse(Press, x, y),
                what => _ = trial.mouse([Press, Drag, Drag, Release, WheelDown, WheelUp, Press][what], x, y),
            }
            let model = &trial.model;
            if let Some(range) = model.selected() {
                proptest::prop_assert!(trial.text().get(range.clone()).is_some(), "{range:?}");
            }
            proptest::prop_assert!(model.list.chosen < model.shelf.order.len());
            if let Some(sheet) = &model.sheet {
                proptest::prop_assert!(sheet.list.chosen < sheet.shown.len().max(1));
            }
        }
    }
}
