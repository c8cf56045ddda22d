//! Aligns columns by the display width of their characters.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Columns of lines that are printed in blocks. A column never gets narrower than in an earlier block, which allows
/// printing the start of a long list before its end is known.
#[derive(Debug)]
pub(crate) struct Columns<const N: usize>([usize; N]);

impl<const N: usize> Columns<N> {
    pub(crate) const fn new() -> Self {
        Self([0; N])
    }

    /// The lines of these rows, without trailing spaces.
    pub(crate) fn lines(&mut self, rows: &[[String; N]]) -> Vec<String> {
        self.widen(rows);
        rows.iter().map(|row| self.line(row, None)).collect()
    }

    fn widen(&mut self, rows: &[[String; N]]) {
        for row in rows {
            for (width, cell) in self.0.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
    }

    /// The same, with a style for one column of each row.
    pub(crate) fn styled_lines(
        &mut self,
        rows: impl Iterator<Item = ([String; N], Style)>,
        column: usize,
    ) -> Vec<String> {
        let (rows, styles): (Vec<_>, Vec<_>) = rows.unzip();
        self.widen(&rows);
        rows.iter().zip(styles).map(|(row, style)| self.line(row, Some((column, style)))).collect()
    }

    fn line(&self, row: &[String; N], styled: Option<(usize, Style)>) -> String {
        let mut line = String::new();
        for (index, (width, cell)) in self.0.iter().zip(row).enumerate() {
            match styled.filter(|(column, _)| *column == index) {
                Some((_, style)) => line.push_str(&format!("{style}{cell}{style:#}")),
                None => line.push_str(cell),
            }
            // `format!` would count characters instead of display columns.
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
        }
        line.truncate(line.trim_end().len());
        line
    }
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn wide_and_combining_characters_take_what_they_take_on_a_screen() {
        let row = |name: &str| [name.to_owned(), "x".to_owned()];
        let lines = Columns::new().lines(&[row("abcdef"), row("代码库"), row("e\u{301}"), row("")]);
        assert_eq!(lines, ["abcdef  x", "代码库  x", "e\u{301}       x", "        x"]);
    }

    #[test]
    fn a_style_takes_no_space_and_is_only_in_its_column() {
        let style = anstyle::AnsiColor::Red.on_default();
        let rows = [["bad  bad", "bad", "x"], ["a", "good", "y"]].map(|row| row.map(str::to_owned));
        let styled = Columns::new().styled_lines(rows.iter().cloned().map(|row| (row, style)), 1);
        let plain: Vec<String> = styled.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
        assert_eq!(plain, Columns::new().lines(&rows));
        assert!(styled[0].starts_with(&format!("bad  bad  {style}bad{style:#}")), "{styled:?}");
    }

    #[test]
    fn a_column_is_never_narrower_than_before_and_the_last_one_ends_the_line() {
        let mut columns = Columns::new();
        assert_eq!(columns.lines(&[["long".to_owned(), String::new()]]), ["long"]);
        assert_eq!(columns.lines(&[["a".to_owned(), "b".to_owned()]]), ["a     b"]);
    }
}
