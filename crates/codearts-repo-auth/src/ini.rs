//! INI files as `configparser.ConfigParser()` of Python reads them: the vendor's SDK reads its credentials file with it.
//!
//! No crate has this dialect: duplicates are errors, `[DEFAULT]` provides values for all sections, an indented line
//! continues a value, there are no comments after a value, and `%(key)s` refers to another value.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

const DEFAULT: &str = "DEFAULT";
/// How deep references may be nested, as in Python.
const MAX_DEPTH: usize = 10;

type Values = BTreeMap<String, Zeroizing<String>>;

/// The sections of a file. Values are secrets.
#[derive(Default)]
pub(crate) struct Ini {
    sections: BTreeMap<String, Values>,
    defaults: Values,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LineError {
    Header,
    NoSection { key: String },
    DuplicateSection(String),
    DuplicateKey { key: String, section: String },
    NotKeyValue,
}

/// What is wrong with a reference in a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReferenceError {
    /// A percent sign that is neither `%%` nor the start of `%(key)s`.
    Syntax,
    /// A reference to a key that does not exist.
    Missing,
    /// References that are nested too deep.
    Depth,
}

struct Reader {
    ini: Ini,
    section: Option<String>,
    key: Option<String>,
    indent: usize,
}

impl Ini {
    /// Reads a text. An error has the number of the line, counted from 1.
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, LineError)> {
        let mut reader = Reader { ini: Self::default(), section: None, key: None, indent: 0 };
        let text = Zeroizing::new(text.replace("\r\n", "\n").replace('\r', "\n"));
        for (index, line) in text.split('\n').enumerate() {
            reader.line(line).map_err(|error| (index + 1, error))?;
        }
        let mut ini = reader.ini;
        for values in ini.sections.values_mut().chain([&mut ini.defaults]) {
            for value in values.values_mut() {
                let end = value.trim_end().len();
                value.truncate(end);
            }
        }
        Ok(ini)
    }

    pub(crate) fn has(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    pub(crate) fn sections(&self) -> impl Iterator<Item = &str> {
        self.sections.keys().map(String::as_str)
    }

    /// The value of a key, with its references resolved.
    pub(crate) fn get(&self, section: &str, key: &str) -> Result<Option<Zeroizing<String>>, ReferenceError> {
        let Some(values) = self.sections.get(section) else { return Ok(None) };
        let Some(raw) = values.get(key).or_else(|| self.defaults.get(key)) else { return Ok(None) };
        let mut out = Zeroizing::new(String::with_capacity(raw.len()));
        self.resolve(values, raw, &mut out, 1)?;
        Ok(Some(out))
    }

    fn resolve(&self, values: &Values, mut rest: &str, out: &mut String, depth: usize) -> Result<(), ReferenceError> {
        if depth > MAX_DEPTH {
            return Err(ReferenceError::Depth);
        }
        while let Some((plain, after)) = rest.split_once('%') {
            out.push_str(plain);
            if let Some(after) = after.strip_prefix('%') {
                out.push('%');
                rest = after;
                continue;
            }
            let reference = after.strip_prefix('(').and_then(|after| after.split_once(")s"));
            let (name, after) = reference.filter(|(name, _)| !name.is_empty()).ok_or(ReferenceError::Syntax)?;
            let name = name.to_lowercase();
            let value = values.get(&name).or_else(|| self.defaults.get(&name)).ok_or(ReferenceError::Missing)?;
            self.resolve(values, value, out, depth + 1)?;
            rest = after;
        }
        out.push_str(rest);
        Ok(())
    }
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), LineError> {
        let content = line.trim();
        if content.starts_with(['#', ';']) {
            return Ok(());
        }
        if content.is_empty() {
            self.append("");
            return Ok(());
        }
        let indent = line.chars().take_while(|character| character.is_whitespace()).count();
        if self.key.is_some() && indent > self.indent {
            self.append(content);
            return Ok(());
        }
        self.indent = indent;
        if let Some(content) = content.strip_prefix('[') {
            // Python takes all up to the last bracket, and ignores what follows.
            return match content.rsplit_once(']') {
                Some((name, _)) if !name.is_empty() => self.header(name),
                _ => Err(LineError::Header),
            };
        }
        self.pair(content)
    }

    fn append(&mut self, content: &str) {
        let (Some(section), Some(key)) = (&self.section, &self.key) else { return };
        if let Some(value) = values(&mut self.ini, section).get_mut(key) {
            value.push('\n');
            value.push_str(content);
        }
    }

    fn header(&mut self, name: &str) -> Result<(), LineError> {
        self.key = None;
        self.section = Some(name.to_owned());
        if name != DEFAULT && self.ini.sections.insert(name.to_owned(), Values::new()).is_some() {
            return Err(LineError::DuplicateSection(name.to_owned()));
        }
        Ok(())
    }

    fn pair(&mut self, content: &str) -> Result<(), LineError> {
        let split = content.split_once(['=', ':']).map(|(key, value)| (key.trim().to_lowercase(), value.trim()));
        let Some(section) = &self.section else {
            return Err(split.map_or(LineError::NotKeyValue, |(key, _)| LineError::NoSection { key }));
        };
        let (key, value) = split.filter(|(key, _)| !key.is_empty()).ok_or(LineError::NotKeyValue)?;
        let value = Zeroizing::new(value.to_owned());
        if values(&mut self.ini, section).insert(key.clone(), value).is_some() {
            return Err(LineError::DuplicateKey { key, section: section.clone() });
        }
        self.key = Some(key);
        Ok(())
    }
}

fn values<'a>(ini: &'a mut Ini, section: &str) -> &'a mut Values {
    if section == DEFAULT { &mut ini.defaults } else { ini.sections.entry(section.to_owned()).or_default() }
}

#[cfg(test)]
mod tests {
    use super::{Ini, LineError, ReferenceError};

    fn get(text: &str, section: &str, key: &str) -> Option<String> {
        let value = Ini::parse(text).expect("a file").get(section, key).expect("a value");
        value.map(|value| value.to_string())
    }

    /// Each value is what Python 3.11 prints for `parser.get("basic", "ak")`.
    #[test]
    fn values_are_those_of_python() {
        for (text, value) in [
            ("[basic]\nak = A\n", Some("A")),
            ("[basic]  ; comment\nak: A\n", Some("A")),
            ("[basic] ]x\nAK=A", None),
            ("  [basic]\n  ak = A\n", Some("A")),
            ("[basic]\nak = A ; comment\n", Some("A ; comment")),
            ("[basic]\nak = A # comment\n", Some("A # comment")),
            ("[basic]\nak : =A\n", Some("=A")),
            ("[basic]\nak = A\n  B\n", Some("A\nB")),
            ("[basic]\nak =\n  A\n", Some("\nA")),
            ("[basic]\nak = A\n\n  B\n", Some("A\n\nB")),
            ("[basic]\nak = A\n  # comment\n  B\n", Some("A\nB")),
            ("[basic]\nak = A\n\n\n", Some("A")),
            ("[DEFAULT]\nak = D\n[basic]\nsk = S\n", Some("D")),
            ("[DEFAULT]\nak = D\n[basic]\nak = A\n", Some("A")),
            ("[basic]\nak = 100%%\n", Some("100%")),
            ("[basic]\nx = X\nak = %(X)s-%(x)s\n", Some("X-X")),
            ("[DEFAULT]\nx = X\n[basic]\nak = %(x)s\n", Some("X")),
            ("[basic]\r\nak = A\r\nsk = S\r\n", Some("A")),
            ("[basic]\rak = A\r", Some("A")),
            ("[basic]\nak = \"A\"\n", Some("\"A\"")),
            ("# c\n; c\n[other]\nak = O\n[basic]\n", None),
        ] {
            let ini = Ini::parse(text).expect(text);
            let seen = if ini.has("basic") { get(text, "basic", "ak") } else { None };
            assert_eq!(seen.as_deref(), value, "{text:?}");
        }
        assert_eq!(get("[a]b]\nak = A\n", "a]b", "ak").as_deref(), Some("A"));
    }

    #[test]
    fn what_python_refuses_is_refused_with_its_line() {
        let text = |text: &str| text.to_owned();
        for (file, line, error) in [
            ("ak = A\n", 1, LineError::NoSection { key: text("ak") }),
            ("[basic]\nak = A\nAK = B\n", 3, LineError::DuplicateKey { key: text("ak"), section: text("basic") }),
            ("[a]\n[b]\n[a]\n", 3, LineError::DuplicateSection(text("a"))),
            ("[basic]\nnonsense\n", 2, LineError::NotKeyValue),
            ("[basic]\n= A\n", 2, LineError::NotKeyValue),
            ("[basic\nak = A\n", 1, LineError::Header),
        ] {
            assert_eq!(Ini::parse(file).err(), Some((line, error)), "{file:?}");
        }
        for (value, error) in [
            ("100%", ReferenceError::Syntax),
            ("%s", ReferenceError::Syntax),
            ("%(x", ReferenceError::Syntax),
            ("%(none)s", ReferenceError::Missing),
            ("%(ak)s", ReferenceError::Depth),
        ] {
            let ini = Ini::parse(&format!("[basic]\nak = {value}\n")).expect("a file");
            assert_eq!(ini.get("basic", "ak").err(), Some(error), "{value}");
        }
    }
}
