//! Entries whose explanation hangs deep beside a term: "g8        Print the values of the bytes", and its other lines below, set
//! in as far. A sentence that is not at its end goes on there, however far that is from the margin.

use std::collections::HashMap;

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::{GAP, Line};

/// How far an explanation is set in, in cells, at least.
const DEEP: u32 = 16;
/// Fewest entries of a text that has them.
const FEWEST: usize = 5;
/// Cells between stops of the tabulator.
const TAB: u32 = 8;

/// Marks lines of explanations with which no paragraph begins.
pub fn go_on(flow: &mut Flow) {
    let mut hanging = Vec::new();
    // How many entries there are whose explanation begins in each column.
    let mut columns: HashMap<u32, usize> = HashMap::new();
    for i in 1..flow.lines.len() {
        let (above, line) = (&flow.lines[i - 1], &flow.lines[i]);
        if line.indent < DEEP || line.blanks > 0 || flow.turns(i) {
            continue;
        }
        let opens = beside(above) == Some(line.indent);
        if opens {
            *columns.entry(line.indent).or_default() += 1;
        }
        if opens || above.indent == line.indent && hanging.last() == Some(&(i - 1)) {
            hanging.push(i);
        }
    }
    for i in hanging {
        let column = flow.lines[i].indent;
        let open = flow.looks[i - 1].ends.is_unfinished();
        let own = flow.looks[i].mark.is_some() || beside(&flow.lines[i]).is_some();
        if open && !own && columns.get(&column).is_some_and(|entries| *entries >= FEWEST) {
            flow.looks[i].goes_on = true;
        }
    }
}

/// The column of what stands beside the first words of `line`, blanks or a tabulator between, where nothing else does.
fn beside(line: &Line) -> Option<u32> {
    let (mut column, mut blanks, mut found) = (line.indent, 0, None);
    let mut tabbed = false;
    for c in line.text.chars() {
        match c {
            '\t' => {
                (column, blanks, tabbed) = ((column / TAB + 1) * TAB, blanks + 1, true);
                continue;
            }
            ' ' => blanks += 1,
            _ => {
                if tabbed || blanks >= GAP.len() {
                    if found.is_some() {
                        return None;
                    }
                    found = Some(column);
                }
                (blanks, tabbed) = (0, false);
            }
        }
        column += 1;
    }
    found
}
