//! Fields as gh writes them: `key=value`, `key[sub]=value`, `key[]=value`, and `key[]` for an empty array.

use super::inputs::Inputs;
use crate::failure::Failure;

/// The fields of a call.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Each field with a value, as a query has it.
    pairs: Vec<(String, String)>,
    members: Members,
}

type Members = Vec<(String, Value)>;

#[derive(Debug)]
enum Value {
    Text(String),
    /// A number, `true`, `false` or `null`, as it was written.
    Word(String),
    List(Vec<Self>),
    Object(Members),
}

/// A part of a key behind its name: `[sub]` or `[]`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(String),
    Element,
}

impl Fields {
    /// Reads the text fields, then the others. No message repeats a value.
    pub(super) fn parse(texts: &[String], values: &[String], inputs: &mut Inputs) -> Result<Self, Failure> {
        let mut fields = Self::default();
        for field in texts {
            fields.add(field, |text| Ok(Value::Text(text.to_owned()))).map_err(|failure| failure.at("--raw-field"))?;
        }
        for field in values {
            fields.add(field, |text| typed(text, inputs)).map_err(|failure| failure.at("--field"))?;
        }
        Ok(fields)
    }

    fn add(&mut self, field: &str, read: impl FnOnce(&str) -> Result<Value, Failure>) -> Result<(), Failure> {
        let (key, text) = field.split_once('=').map_or((field, None), |(key, text)| (key, Some(text)));
        let (name, steps) = steps(key)?;
        let value = match text {
            Some(text) => Some(read(text).map_err(|failure| failure.at(key))?),
            // A misplaced secret is no key, so the text is not repeated.
            None if steps.last() != Some(&Step::Element) => {
                return Err(Failure::usage("a field has no value", "use KEY=VALUE, or KEY[] for an empty array"));
            }
            None => None,
        };
        match &value {
            Some(Value::Word(word)) if word == "null" => self.pairs.push((key.to_owned(), String::new())),
            Some(Value::Text(text) | Value::Word(text)) => self.pairs.push((key.to_owned(), text.clone())),
            _ => {}
        }
        insert(&mut self.members, name, &steps, value).map_err(|failure| failure.at(key))
    }

    /// The fields as parameters of a query.
    pub(super) fn pairs(self) -> Vec<(String, String)> {
        self.pairs
    }

    /// The fields as a JSON object; nothing without fields.
    pub(super) fn json(&self) -> Option<Vec<u8>> {
        let mut out = String::new();
        write_object(&self.members, &mut out);
        (!self.members.is_empty()).then(|| out.into_bytes())
    }
}

/// `true`, `false`, `null` and numbers are JSON, `@FILE` is the text of a file, and all else is text.
fn typed(text: &str, inputs: &mut Inputs) -> Result<Value, Failure> {
    if let Some(file) = text.strip_prefix('@') {
        return inputs.text(file).map(Value::Text);
    }
    let is_word = matches!(text, "true" | "false" | "null") || is_number(text);
    Ok(if is_word { Value::Word(text.to_owned()) } else { Value::Text(text.to_owned()) })
}

/// Whether this is a JSON number without an exponent: `12e45` is more often the start of a commit's hash.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits)
}

/// The name at the start of a key, and the parts in brackets behind it.
fn steps(key: &str) -> Result<(&str, Vec<Step>), Failure> {
    let invalid = || Failure::usage("invalid key", "use KEY, KEY[SUB] or KEY[]");
    let (name, mut rest) = key.split_at(key.find('[').unwrap_or(key.len()));
    if name.is_empty() || name.contains(']') {
        return Err(invalid());
    }
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (inner, after) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(invalid)?;
        if inner.contains('[') {
            return Err(invalid());
        }
        steps.push(if inner.is_empty() { Step::Element } else { Step::Member(inner.to_owned()) });
        rest = after;
    }
    // gh has no arrays of arrays either.
    if steps.windows(2).any(|pair| pair == [Step::Element, Step::Element]) {
        return Err(invalid());
    }
    Ok((name, steps))
}

fn insert(members: &mut Members, name: &str, steps: &[Step], value: Option<Value>) -> Result<(), Failure> {
    let conflict = || Failure::usage("the key is set twice, or both as a value and with brackets", "set it once");
    let index = members.iter().position(|(known, _)| known == name);
    match steps {
        [] => match (index, value) {
            (None, Some(value)) => members.push((name.to_owned(), value)),
            _ => return Err(conflict()),
        },
        [Step::Member(sub), rest @ ..] => match slot(members, index, name, || Value::Object(Vec::new())) {
            Value::Object(inner) => insert(inner, sub, rest, value)?,
            _ => return Err(conflict()),
        },
        [Step::Element, rest @ ..] => {
            let Value::List(list) = slot(members, index, name, || Value::List(Vec::new())) else {
                return Err(conflict());
            };
            match (rest, value) {
                ([], value) => list.extend(value),
                ([Step::Member(sub), rest @ ..], value) => {
                    insert(element(list, sub, rest).ok_or_else(conflict)?, sub, rest, value)?;
                }
                ([Step::Element, ..], _) => return Err(conflict()),
            }
        }
    }
    Ok(())
}

/// The value of a member, which is created if there is none.
fn slot<'a>(members: &'a mut Members, index: Option<usize>, name: &str, new: impl FnOnce() -> Value) -> &'a mut Value {
    let index = index.unwrap_or_else(|| {
        members.push((name.to_owned(), new()));
        members.len() - 1
    });
    &mut members[index].1
}

/// The object of an array that a member belongs to: the last one, or a new one if that has the member already.
fn element<'a>(list: &'a mut Vec<Value>, sub: &str, rest: &[Step]) -> Option<&'a mut Members> {
    let takes = |members: &Members| match members.iter().find(|(name, _)| name == sub) {
        None => true,
        Some((_, Value::List(_))) => rest.first() == Some(&Step::Element),
        Some((_, Value::Object(_))) => matches!(rest.first(), Some(Step::Member(_))),
        Some(_) => false,
    };
    if !matches!(list.last(), Some(Value::Object(members)) if takes(members)) {
        list.push(Value::Object(Vec::new()));
    }
    match list.last_mut() {
        Some(Value::Object(members)) => Some(members),
        _ => None,
    }
}

fn write_object(members: &Members, out: &mut String) {
    out.push('{');
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quoted(name));
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::Word(word) => out.push_str(word),
        Value::Object(members) => write_object(members, out),
        Value::List(list) => {
            out.push('[');
            for (index, value) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(texts: &[&str], values: &[&str]) -> Result<Fields, Failure> {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        Fields::parse(&owned(texts), &owned(values), &mut Inputs::default())
    }

    fn json(texts: &[&str], values: &[&str]) -> String {
        let fields = parse(texts, values).expect("fields");
        String::from_utf8(fields.json().expect("a body")).expect("UTF-8")
    }

    #[test]
    fn values_have_the_types_that_gh_gives_them() {
        let values =
            ["a=true", "b=null", "c=-12", "d=1.10", "e=007", "f=12e45", "g=", "h=a=b", "i=+1", "j=True", "k=1."];
        let expected = r#"{"a":true,"b":null,"c":-12,"d":1.10,"e":"007","f":"12e45","g":"","h":"a=b","i":"+1","j":"True","k":"1."}"#;
        assert_eq!(json(&[], &values), expected);
        assert_eq!(json(&["a=true", "b=@x", "c=\"\n"], &[]), r#"{"a":"true","b":"@x","c":"\"\n"}"#);
        assert_eq!(json(&[], &["n=123456789012345678901234567890"]), r#"{"n":123456789012345678901234567890}"#);
    }

    #[test]
    fn brackets_make_objects_and_arrays() {
        for (values, expected) in [
            (&["a[b]=1", "a[c]=2"][..], r#"{"a":{"b":1,"c":2}}"#),
            (&["a[]=1", "a[]=x"], r#"{"a":[1,"x"]}"#),
            (&["a[]"], r#"{"a":[]}"#),
            (&["a[b][c][]=1"], r#"{"a":{"b":{"c":[1]}}}"#),
            (&["a[][b]=1", "a[][c]=2", "a[][b]=3"], r#"{"a":[{"b":1,"c":2},{"b":3}]}"#),
            (&["a[][b][]=1", "a[][b][]=2", "a[][c]=3"], r#"{"a":[{"b":[1,2],"c":3}]}"#),
            (&["a[][b][c]=1", "a[][b][d]=2"], r#"{"a":[{"b":{"c":1,"d":2}}]}"#),
        ] {
            assert_eq!(json(&[], values), expected, "{values:?}");
        }
    }

    #[test]
    fn a_query_has_the_keys_as_they_were_written() {
        let pairs = parse(&["a=x"], &["b[]=1", "b[]=2", "c=null", "d[]"]).expect("fields").pairs();
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("a", "x"), ("b[]", "1"), ("b[]", "2"), ("c", "")]);
    }

    #[test]
    fn mistakes_are_found_and_no_value_is_repeated() {
        for values in [
            &["s3cr3t"][..],
            &["=s3cr3t"],
            &["[a]=s3cr3t"],
            &["a[b=s3cr3t"],
            &["a]=s3cr3t"],
            &["a[b]c=s3cr3t"],
            &["a[[b]]=s3cr3t"],
            &["a[][]=s3cr3t"],
            &["a[b]"],
            &["a=1", "a=s3cr3t"],
            &["a=1", "a[b]=s3cr3t"],
            &["a=1", "a[]=s3cr3t"],
            &["a[]=1", "a=s3cr3t"],
            &["a[]=1", "a[b]=s3cr3t"],
            &["a=@/nonexistent/file"],
        ] {
            let failure = parse(&[], values).expect_err(values[0]);
            assert!(!failure.to_string().contains("s3cr3t"), "{failure}");
        }
    }
}
