//! The settings, each with its flag, variables, key of the configuration file, and default.

/// A setting. Its value is text, whatever its origin.
#[derive(Debug)]
pub(crate) struct Key {
    /// Key in the configuration file.
    pub(crate) name: &'static str,
    /// Flag, which takes precedence.
    pub(crate) flag: &'static str,
    /// Variable, which comes next.
    pub(crate) variable: &'static str,
    /// Variables of other tools, which come after that.
    pub(crate) also: &'static [&'static str],
    /// Default.
    pub(crate) default: Option<&'static str>,
    /// Example value in the file.
    pub(crate) example: &'static str,
}

const fn key(
    name: &'static str,
    flag: &'static str,
    variable: &'static str,
    default: Option<&'static str>,
    example: &'static str,
) -> Key {
    Key { name, flag, variable, also: &[], default, example }
}

pub(crate) const PROFILE: Key = key("profile", "--profile", "CODEARTS_REPO_PROFILE", None, "\"work\"");
pub(crate) const REGION: Key = Key {
    also: &["HW_REGION_NAME", "OS_REGION_NAME"],
    ..key("region", "--region", "CODEARTS_REPO_REGION", None, "\"cn-north-4\"")
};
pub(crate) const ENDPOINT: Key = Key {
    also: &["HUAWEICLOUD_SDK_REGION_CODEARTSREPO_<REGION>"],
    ..key("endpoint", "--endpoint", "CODEARTS_REPO_ENDPOINT", None, "\"https://repo.example.com\"")
};
pub(crate) const IAM_ENDPOINT: Key = Key {
    also: &["HUAWEICLOUD_SDK_IAM_ENDPOINT", "HW_AUTH_URL", "OS_AUTH_URL"],
    ..key("iam-endpoint", "--iam-endpoint", "CODEARTS_REPO_IAM_ENDPOINT", None, "\"https://iam.example.com\"")
};
pub(crate) const CA_FILE: Key = key("ca-file", "--ca-file", "CODEARTS_REPO_CA_FILE", None, "\"/etc/ssl/company.pem\"");
pub(crate) const CREDENTIALS: Key = key("credentials", "--credentials", "CODEARTS_REPO_CREDENTIALS", None, "\"ecs\"");
pub(crate) const CREDENTIALS_SECTION: Key =
    key("credentials-section", "--credentials-section", "CODEARTS_REPO_CREDENTIALS_SECTION", None, "\"work\"");
pub(crate) const TOKEN_CACHE: Key =
    key("token-cache", "--no-token-cache", "CODEARTS_REPO_TOKEN_CACHE", Some("true"), "false");
pub(crate) const OUTPUT: Key = key("output", "--output", "CODEARTS_REPO_OUTPUT", Some("table"), "\"json\"");
pub(crate) const COLOR: Key = key("color", "--color", "CODEARTS_REPO_COLOR", Some("auto"), "\"never\"");
pub(crate) const VERBOSITY: Key = key("verbosity", "-q, -v", "CODEARTS_REPO_VERBOSITY", Some("normal"), "\"quiet\"");
pub(crate) const TIMEOUT: Key = key("timeout", "--timeout", "CODEARTS_REPO_TIMEOUT", Some("10m"), "\"30m\"");
pub(crate) const CONCURRENCY: Key = key("concurrency", "--concurrency", "CODEARTS_REPO_CONCURRENCY", Some("50"), "10");
pub(crate) const RATE: Key = key("rate", "--rate", "CODEARTS_REPO_RATE", Some("600/min"), "\"300/min\"");
pub(crate) const REMOTE_USERNAME: Key =
    key("remote-username", "--remote-username", "CODEARTS_REPO_REMOTE_USERNAME", None, "\"mirror-bot\"");
pub(crate) const ENDPOINT_UUID: Key = key(
    "endpoint-uuid",
    "--endpoint-uuid",
    "CODEARTS_REPO_ENDPOINT_UUID",
    None,
    "\"c6bbed4a-37c5-4b7e-9f0f-2b5f0d3a1c11\"",
);

/// All settings, in the order of `config show`.
pub(crate) static ALL: [&Key; 16] = [
    &PROFILE,
    &REGION,
    &ENDPOINT,
    &IAM_ENDPOINT,
    &CA_FILE,
    &CREDENTIALS,
    &CREDENTIALS_SECTION,
    &TOKEN_CACHE,
    &OUTPUT,
    &COLOR,
    &VERBOSITY,
    &TIMEOUT,
    &CONCURRENCY,
    &RATE,
    &REMOTE_USERNAME,
    &ENDPOINT_UUID,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    /// Set UPDATE_EXPECT to update the table in the documentation.
    #[test]
    fn the_documentation_has_the_same_table() {
        let mut table = "| key | flag | variable | default |\n|---|---|---|---|\n".to_owned();
        for key in ALL {
            let variables: Vec<String> =
                [key.variable].iter().chain(key.also).map(|name| format!("`{name}`")).collect();
            let default = key.default.map_or_else(|| "–".to_owned(), |text| format!("`{text}`"));
            let variables = variables.join(", ");
            table.push_str(&format!("| `{}` | `{}` | {variables} | {default} |\n", key.name, key.flag));
        }
        // The package has no documents.
        if !std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs")).exists() {
            return;
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
        let text = std::fs::read_to_string(path).expect("a file");
        let (start, end) = ("<!-- settings -->\n", "<!-- end of settings -->");
        let from = text.find(start).expect("a start") + start.len();
        let to = text.find(end).expect("an end");
        expect_test::expect_file![path].assert_eq(&format!("{}{table}{}", &text[..from], &text[to..]));
    }
}
