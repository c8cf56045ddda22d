//! `--html`: the state of a fleet as one static page, without scripts and foreign resources.

use std::fmt::{self, Write as _};

use anstyle::Style;

use crate::output::{BAD, DOUBTFUL, GOOD};
use crate::text::counted;

/// The appearance, for screens, phones and paper.
const STYLE: &str = include_str!("html/style.css");

/// How a state is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Bad,
    Doubtful,
    Good,
}

impl Tone {
    /// The style of the same on a terminal.
    pub(crate) const fn style(self) -> Style {
        match self {
            Self::Bad => BAD,
            Self::Doubtful => DOUBTFUL,
            Self::Good => GOOD,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Doubtful => "doubtful",
            Self::Good => "good",
        }
    }
}

/// The number of mirrors in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) tone: Tone,
    pub(crate) text: String,
    pub(crate) count: u64,
}

/// A mirror. Empty texts are shown as a dash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) tone: Tone,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) verdict: String,
    pub(crate) proven: String,
    pub(crate) behind: String,
    pub(crate) why: String,
    pub(crate) advice: String,
}

/// One of the last runs, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) time: String,
    pub(crate) counts: Vec<Count>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// When it was written.
    pub(crate) time: String,
    /// What the second time column is about.
    pub(crate) proven: &'static str,
    /// The counts, the worst first.
    pub(crate) counts: Vec<Count>,
    /// The mirrors, the worst first.
    pub(crate) rows: Vec<Row>,
    pub(crate) runs: Vec<Run>,
}

impl Page {
    /// What is worst, for the title.
    fn headline(&self) -> String {
        let total: u64 = self.counts.iter().map(|count| count.count).sum();
        let bad: Vec<String> = self
            .counts
            .iter()
            .filter(|count| count.tone != Tone::Good && count.count > 0)
            .map(|count| format!("{} {}", count.count, count.text))
            .collect();
        match (bad.is_empty(), total) {
            (_, 0) => "No mirrors".to_owned(),
            (true, 1) => "The mirror is well".to_owned(),
            (false, 1) => format!("{} of 1 mirror", bad.join(", ")),
            (true, total) => format!("All {total} mirrors are well"),
            (false, total) => format!("{} of {total} mirrors", bad.join(", ")),
        }
    }
}

/// A text from outside, safe between tags and in quoted attributes. Control characters, which HTML does not allow, and
/// characters that change the direction of writing become visible.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in crate::text::one_line(self.0).chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headline = self.headline();
        let headline = Text(&headline);
        f.write_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")?;
        f.write_str(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        )?;
        f.write_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")?;
        writeln!(f, "<title>{headline} - CodeArts Repo</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>")?;
        writeln!(f, "<h1>{headline}</h1>\n<p>Written at {}</p>", Text(&self.time))?;
        bar(f, &self.counts)?;
        if !self.runs.is_empty() {
            strip(f, &self.runs)?;
        }
        table(f, self)?;
        f.write_str("</main>\n</body>\n</html>\n")
    }
}

/// The share of each state, and the same in words.
fn bar(f: &mut fmt::Formatter<'_>, counts: &[Count]) -> fmt::Result {
    f.write_str("<div class=\"bar\" aria-hidden=\"true\">")?;
    segments(f, counts)?;
    f.write_str("</div>\n<ul class=\"legend\">\n")?;
    for Count { tone, text, count } in counts.iter().filter(|count| count.count > 0) {
        writeln!(f, "<li class=\"{}\">{count} {}</li>", tone.class(), Text(text))?;
    }
    f.write_str("</ul>\n")
}

fn segments(f: &mut fmt::Formatter<'_>, counts: &[Count]) -> fmt::Result {
    for Count { tone, count, .. } in counts.iter().filter(|count| count.count > 0) {
        write!(f, "<span class=\"{}\" style=\"flex-grow:{count}\"></span>", tone.class())?;
    }
    Ok(())
}

/// One column for each run.
fn strip(f: &mut fmt::Formatter<'_>, runs: &[Run]) -> fmt::Result {
    let last = counted(runs.len() as u64, "run", "runs");
    writeln!(f, "<h2>The last {last}</h2>\n<ol class=\"strip\">")?;
    for Run { time, counts } in runs {
        let parts: Vec<String> = counts
            .iter()
            .filter(|count| count.count > 0)
            .map(|count| format!("{} {}", count.count, count.text))
            .collect();
        let parts = if parts.is_empty() { "nothing verified".to_owned() } else { parts.join(", ") };
        write!(f, "<li title=\"{0}: {1}\"><span class=\"column\">", Text(time), Text(&parts))?;
        segments(f, counts)?;
        writeln!(f, "</span><span class=\"hidden\">{}: {}</span></li>", Text(time), Text(&parts))?;
    }
    f.write_str("</ol>\n")
}

fn table(f: &mut fmt::Formatter<'_>, page: &Page) -> fmt::Result {
    let heads = ["Mirror", "Verdict", page.proven, "Behind since", "Why", "What to do"];
    f.write_str("<h2>Mirrors</h2>\n<table>\n<thead><tr>")?;
    for head in heads {
        write!(f, "<th scope=\"col\">{}</th>", Text(head))?;
    }
    f.write_str("</tr></thead>\n<tbody>\n")?;
    for row in &page.rows {
        let Row { tone, id, name, verdict, proven, behind, why, advice } = row;
        let mirror = if name.is_empty() { id.clone() } else { format!("{name} ({id})") };
        write!(f, "<tr class=\"{}\"><th scope=\"row\">{}</th>", tone.class(), Text(&mirror))?;
        for (head, text) in heads.into_iter().skip(1).zip([verdict, proven, behind, why, advice]) {
            let class = if text.is_empty() { " class=\"empty\"" } else { "" };
            let text = if text.is_empty() { "-" } else { text };
            write!(f, "<td data-label=\"{}\"{class}>{}</td>", Text(head), Text(text))?;
        }
        f.write_str("</tr>\n")?;
    }
    f.write_str("</tbody>\n</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> Row {
        let text = |text: &str| text.to_owned();
        Row {
            tone: Tone::Bad,
            id: text("5"),
            name: text(name),
            verdict: text("different"),
            proven: text(""),
            behind: text("2026-01-27 08:30 UTC"),
            why: text("\"><script>alert(1)</script>"),
            advice: text("' onload='x"),
        }
    }

    fn page(rows: Vec<Row>, counts: &[(Tone, &str, u64)]) -> Page {
        let counts: Vec<Count> = counts
            .iter()
            .map(|(tone, text, count)| Count { tone: *tone, text: (*text).to_owned(), count: *count })
            .collect();
        let runs = vec![Run { time: "now".to_owned(), counts: counts.clone() }];
        Page { time: "now".to_owned(), proven: "Proven", counts, rows, runs }
    }

    #[test]
    fn the_title_names_the_worst_first() {
        let counts = [(Tone::Bad, "different", 2), (Tone::Doubtful, "cannot tell", 1), (Tone::Good, "equal", 297)];
        assert_eq!(page(Vec::new(), &counts).headline(), "2 different, 1 cannot tell of 300 mirrors");
        let counts = [(Tone::Bad, "different", 0), (Tone::Good, "equal", 3)];
        assert_eq!(page(Vec::new(), &counts).headline(), "All 3 mirrors are well");
        assert_eq!(page(Vec::new(), &[]).headline(), "No mirrors");
    }

    #[test]
    fn no_text_from_outside_is_markup() {
        let name = "<b>&amp;\u{202e}\u{0}\n</title>";
        let html = page(vec![row(name)], &[(Tone::Bad, "<i>", 1)]).to_string();
        for text in ["<b>", "<script", "<i>", "onload='", "\u{202e}", "\u{0}"] {
            assert!(!html.contains(text), "{text:?}: {html}");
        }
        assert!(html.contains("&lt;b&gt;&amp;amp;\\u{202e}\\u{0} &lt;/title&gt; (5)"), "{html}");
        assert_eq!(html.matches("</title>").count(), 1);
    }
}
