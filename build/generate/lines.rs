//! Finds the line of a place in YAML text.

/// The line, from 1, of the last key of the path, or of the nearest key above it that begins a line.
pub(crate) fn line_of(text: &str, path: &[String]) -> Option<usize> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (mut start, mut deeper_than, mut found) = (0, None, None);
    for key in path {
        let Some(indent) = block(&lines, start, deeper_than) else { break };
        let mut own = (start..lines.len())
            .filter(|&at| is_content(&lines[at]))
            .take_while(|&at| indentation(&lines[at]) >= indent)
            .filter(|&at| indentation(&lines[at]) == indent);
        let next = match key.parse() {
            Ok(index) if own.clone().next().is_some_and(|at| is_item(&lines[at])) => own.nth(index),
            _ => own.find(|&at| is_key(&lines[at], key)),
        };
        let Some(at) = next else { break };
        found = Some(at + 1);
        if is_item(&lines[at]) {
            // The first member of an item is on the line of its dash.
            lines[at] = lines[at].replacen('-', " ", 1);
            (start, deeper_than) = (at, Some(indent));
        } else {
            (start, deeper_than) = (at + 1, Some(indent));
        }
    }
    found
}

/// The indentation of the block that begins here, if it is inside the one above: deeper, or a list.
fn block(lines: &[String], start: usize, deeper_than: Option<usize>) -> Option<usize> {
    let first = lines[start..].iter().find(|line| is_content(line))?;
    let indent = indentation(first);
    match deeper_than {
        Some(outer) if indent < outer || (indent == outer && !is_item(first)) => None,
        _ => Some(indent),
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_content(line: &str) -> bool {
    let text = line.trim_start();
    !text.is_empty() && !text.starts_with('#') && text != "---"
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ") || line.trim() == "-"
}

fn is_key(line: &str, key: &str) -> bool {
    let text = line.trim_start();
    let text = text.strip_prefix(['"', '\'']).unwrap_or(text);
    text.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
}
