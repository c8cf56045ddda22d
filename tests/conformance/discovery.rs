//! The sources of credentials, their precedence, and the errors of those that are not usable.

use std::error::Error as _;
use std::path::Path;

use codearts_repo::Region;
use codearts_repo::auth::{CredentialsKind, CredentialsSource, Discovery, DiscoveryError, Environment, Found};

type Variables<'a> = &'a [(&'a str, &'a str)];

fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment::new(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn find(variables: &[(&str, &str)], home: Option<&Path>) -> Result<Found, DiscoveryError> {
    Discovery::new(&environment(variables).home(home.map(Into::into))).find()
}

/// All that an error says, with its causes.
fn text(error: &DiscoveryError) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

const SDK_FILE: &str = "[basic]\nak = FILEAK\nsk = FILESK\n\n[work]\nak = WORKAK\nsk = WORKSK\nproject_id = p\n";
const KOOCLI_FILE: &str = r#"{"current":"main","profiles":[
    {"name":"main","mode":"AKSK","accessKeyId":"KOOAK","secretAccessKey":"KOOSK","region":"cn-north-4"},
    {"name":"locked","accessKeyId":"k/3+f=","secretAccessKey":"z/2+x="}]}"#;

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    for (path, content) in [(".huaweicloud/credentials", SDK_FILE), (".hcloud/config.json", KOOCLI_FILE)] {
        let path = home.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("written");
    }
    home
}

/// Every source, from the last in the order to the first: each one goes before all that were set already.
#[test]
fn the_order_is_the_documented_one() {
    let home = home();
    let sdk = home.path().join(".huaweicloud/credentials");
    let koocli = home.path().join(".hcloud/config.json");
    let steps: [(Variables<'_>, CredentialsKind, &str); 12] = [
        (&[], CredentialsKind::AccessKey, &format!("{} [basic]", sdk.display())),
        (
            &[("OS_USERNAME", "u"), ("OS_PASSWORD", "p"), ("OS_DOMAIN_NAME", "d")],
            CredentialsKind::IamUser,
            "OS_USERNAME, OS_PASSWORD, OS_DOMAIN_NAME",
        ),
        (
            &[("HW_USER_NAME", "u"), ("HW_USER_PASSWORD", "p"), ("HW_DOMAIN_NAME", "d")],
            CredentialsKind::IamUser,
            "HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME",
        ),
        (&[("OS_ACCESS_KEY", "A"), ("OS_SECRET_KEY", "S")], CredentialsKind::AccessKey, "OS_ACCESS_KEY, OS_SECRET_KEY"),
        (&[("HW_ACCESS_KEY", "A"), ("HW_SECRET_KEY", "S")], CredentialsKind::AccessKey, "HW_ACCESS_KEY, HW_SECRET_KEY"),
        (&[("OS_AUTH_TOKEN", "t")], CredentialsKind::Token, "OS_AUTH_TOKEN"),
        (&[("HW_AUTH_TOKEN", "t")], CredentialsKind::Token, "HW_AUTH_TOKEN"),
        (
            &[("HUAWEICLOUD_SDK_AK", "A"), ("HUAWEICLOUD_SDK_SK", "S")],
            CredentialsKind::AccessKey,
            "HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK",
        ),
        (
            &[("HUAWEICLOUD_SDK_IDP_ID", "ci"), ("HUAWEICLOUD_SDK_ID_TOKEN_FILE", "/run/id")],
            CredentialsKind::FederatedUser,
            "HUAWEICLOUD_SDK_IDP_ID, HUAWEICLOUD_SDK_ID_TOKEN_FILE",
        ),
        (
            &[
                ("HUAWEICLOUD_OIDC_PROVIDER_URN", "iam::1:oidcProvider:ci"),
                ("HUAWEICLOUD_OIDC_AGENCY_URN", "iam::1:agency:mirrors"),
                ("HUAWEICLOUD_OIDC_TOKEN_FILE", "/run/id"),
            ],
            CredentialsKind::OidcAgency,
            "HUAWEICLOUD_OIDC_PROVIDER_URN, HUAWEICLOUD_OIDC_AGENCY_URN, HUAWEICLOUD_OIDC_TOKEN_FILE",
        ),
        (
            &[("CODEARTS_REPO_TOKEN_FILE", "/run/token")],
            CredentialsKind::TokenFile,
            "CODEARTS_REPO_TOKEN_FILE (/run/token)",
        ),
        (&[("CODEARTS_REPO_TOKEN", "t")], CredentialsKind::Token, "CODEARTS_REPO_TOKEN"),
    ];
    let mut set = Vec::new();
    for (variables, kind, source) in steps {
        set.extend_from_slice(variables);
        let found = find(&set, Some(home.path())).expect(source);
        assert_eq!((found.kind, found.origin.to_string().as_str()), (kind, source));
        assert_eq!(found.skipped.len(), CredentialsSource::ALL.len() - 1, "every other source is reported");
    }
    std::fs::remove_file(&sdk).expect("removed");
    let found = find(&[], Some(home.path())).expect("KooCLI's file");
    assert_eq!(found.origin.to_string(), format!("{} profile \"main\"", koocli.display()));
    assert_eq!(found.source, CredentialsSource::KooCliFile);
}

#[test]
fn skipped_sources_are_reported_without_secrets() {
    let home = home();
    let variables =
        [("CODEARTS_REPO_TOKEN", "MIIs3cr3t"), ("HUAWEICLOUD_SDK_AK", "AKs3cr3t"), ("HUAWEICLOUD_SDK_SK", "SKs3cr3t")];
    let found = find(&variables, Some(home.path())).expect("a token");
    let skipped = |source| {
        let skipped = found.skipped.iter().find(|skipped| skipped.source == source).expect("a report");
        (skipped.reason.as_str(), skipped.kind)
    };
    let precedence = ("found, but CODEARTS_REPO_TOKEN takes precedence", Some(CredentialsKind::AccessKey));
    assert_eq!(skipped(CredentialsSource::SdkVariables), precedence);
    assert_eq!(skipped(CredentialsSource::TerraformToken), ("not set", None));
    assert_eq!(skipped(CredentialsSource::SdkFile), precedence);
    let shown = format!("{found:?} {:?}", environment(&variables));
    assert!(!shown.contains("s3cr3t") && !shown.contains("FILESK"), "{shown}");
}

#[test]
fn a_requested_section_is_the_only_source() {
    let home = home();
    let environment = environment(&[("CODEARTS_REPO_TOKEN", "t")]).home(Some(home.path().into()));
    let found = Discovery::new(&environment).section("work").find().expect("the profile");
    assert!(found.origin.to_string().ends_with("credentials [work]"), "{}", found.origin);
    let error = Discovery::new(&environment).section("none").find().expect_err("no such profile");
    assert!(text(&error).contains("there is no section [none]; it has [basic], [work]"), "{}", text(&error));
}

#[test]
fn a_selected_koocli_profile_must_be_usable() {
    let home = home();
    std::fs::remove_file(home.path().join(".huaweicloud/credentials")).expect("removed");
    for (profile, reason) in
        [("locked", "the profile's access key is encrypted by KooCLI"), ("none", "the file has no profile \"none\"")]
    {
        let error = find(&[("HW_PROFILE", profile)], Some(home.path())).expect_err(reason);
        assert!(text(&error).contains(reason) && text(&error).contains("config.json"), "{}", text(&error));
    }
    let config = home.path().join(".hcloud/config.json");
    std::fs::write(&config, KOOCLI_FILE.replace(r#""current":"main""#, r#""current":"locked""#)).expect("written");
    let error = find(&[], Some(home.path())).expect_err("encrypted");
    let DiscoveryError::Nothing { skipped } = &error else { panic!("{error:?}") };
    let koocli = skipped.iter().find(|skipped| skipped.source == CredentialsSource::KooCliFile);
    assert_eq!(koocli.map(|skipped| skipped.reason.as_str()), Some("the profile's access key is encrypted by KooCLI"));
    std::fs::write(&config, "{").expect("written");
    assert!(text(&find(&[("HW_PROFILE", "main")], Some(home.path())).expect_err("broken")).contains("config.json"));
}

#[test]
fn the_region_of_a_koocli_profile_must_match_the_callers() {
    let home = home();
    std::fs::remove_file(home.path().join(".huaweicloud/credentials")).expect("removed");
    let found = find(&[], Some(home.path())).expect("the profile");
    assert_eq!(found.region.as_deref(), Some("cn-north-4"));
    for endpoint in [true, false] {
        assert_eq!(found.region_for(Some(Region::CN_NORTH_4), endpoint).expect("the same"), Some(Region::CN_NORTH_4));
        let error = found.region_for(Some(Region::CN_EAST_3), endpoint).expect_err("another");
        assert!(text(&error).contains("is for the region cn-north-4, but the calls go to cn-east-3"), "{error}");
    }
    assert_eq!(found.region_for(None, false).expect("a region"), Some(Region::CN_NORTH_4));
    assert_eq!(found.region_for(None, true).expect("an endpoint is enough"), None);
}

#[test]
fn an_unusable_source_is_an_error_that_names_it() {
    let cases: [(Variables<'_>, &str); 10] = [
        (&[], "no credentials found"),
        (&[("CODEARTS_REPO_TOKEN", "")], "CODEARTS_REPO_TOKEN is set but empty"),
        (
            &[("CODEARTS_REPO_TOKEN", "s3cr3t\n")],
            "CODEARTS_REPO_TOKEN does not contain a valid token: the token ends with a line break",
        ),
        (&[("HUAWEICLOUD_SDK_AK", "s3cr3t")], "HUAWEICLOUD_SDK_AK is set and HUAWEICLOUD_SDK_SK is not"),
        (&[("HUAWEICLOUD_SDK_SK", "s3cr3t")], "HUAWEICLOUD_SDK_SK is set and HUAWEICLOUD_SDK_AK is not"),
        (
            &[("HUAWEICLOUD_SDK_AK", "A"), ("HUAWEICLOUD_SDK_SK", "s3cr3t ")],
            "HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK does not contain a valid access key: the secret access key",
        ),
        (
            &[("HW_USER_NAME", "u"), ("HW_USER_PASSWORD", "s3cr3t")],
            "HW_USER_NAME and HW_USER_PASSWORD are set and HW_DOMAIN_NAME is not",
        ),
        (&[("HW_SHARED_CONFIG_FILE", "/does/not/exist")], "/does/not/exist: the file does not exist"),
        (&[("HW_USER_PASSWORD", "s3cr3t")], "HW_USER_PASSWORD is set and HW_USER_NAME is not"),
        (&[("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/does/not/exist")], "/does/not/exist could not be read"),
    ];
    for (variables, message) in cases {
        let error = find(variables, None).expect_err(message);
        assert!(text(&error).starts_with(message), "{}", text(&error));
        assert!(!format!("{error:?}{}", text(&error)).contains("s3cr3t"));
    }
}

#[test]
fn region_and_endpoints_come_from_the_variables_of_other_tools() {
    let region = |variables: Variables<'_>| environment(variables).region().map(|set| set.map(|set| set.value));
    assert_eq!(region(&[]).expect("none"), None);
    assert_eq!(region(&[("OS_REGION_NAME", "cn-east-3")]).expect("a region"), Some(Region::CN_EAST_3));
    let both = [("OS_REGION_NAME", "cn-east-3"), ("HW_REGION_NAME", "cn-north-4")];
    assert_eq!(region(&both).expect("a region"), Some(Region::CN_NORTH_4));
    let error = region(&[("HW_REGION_NAME", "cn-nort-4")]).expect_err("unknown");
    assert!(text(&error).starts_with(
        "HW_REGION_NAME is not the ID of a region: unknown region \"cn-nort-4\" (did you mean cn-north-4?)"
    ));

    let unknown = environment(&[("HW_REGION_NAME", "cn-north-9")]);
    assert!(unknown.region_beside(false).is_err());
    assert_eq!(unknown.region_beside(true).expect("an endpoint is enough"), None);

    let sdk = [("HUAWEICLOUD_SDK_REGION_CODEARTSREPO_CN_NORTH_4", "https://one.example,https://two.example")];
    let endpoint = environment(&sdk).endpoint(Some(Region::CN_NORTH_4)).expect("an endpoint");
    let endpoint = endpoint.expect("an endpoint");
    assert_eq!(endpoint.value.as_str(), "https://one.example");
    assert_eq!(endpoint.variable, "HUAWEICLOUD_SDK_REGION_CODEARTSREPO_CN_NORTH_4");
    assert_eq!(environment(&sdk).endpoint(Some(Region::CN_EAST_3)).expect("none"), None);
    let iam = environment(&[("OS_AUTH_URL", "https://iam.example:443/v3/")]).iam_endpoint().expect("an endpoint");
    assert_eq!(iam.expect("an endpoint").value.as_str(), "https://iam.example");
    for (variable, text) in [
        ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "iam.example"),
        ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "https://iam.example"),
        ("CODEARTS_REPO_IAM_ENDPOINT", " https://iam.example/v3 "),
        ("HW_AUTH_URL", "https://iam.example/v3 "),
    ] {
        let iam = environment(&[(variable, text)]).iam_endpoint().expect(text).expect(text);
        assert_eq!((iam.value.as_str(), iam.variable.as_str()), ("https://iam.example", variable));
    }
    let sdk = environment(&[("HUAWEICLOUD_SDK_REGION_CODEARTSREPO_CN_NORTH_4", "repo.example:8443,https://two")]);
    let endpoint = sdk.endpoint(Some(Region::CN_NORTH_4)).expect("an endpoint").expect("an endpoint");
    assert_eq!(endpoint.value.as_str(), "https://repo.example:8443");
    let error = environment(&[("HW_AUTH_URL", "http://al:s3cr3t@iam.example")]).iam_endpoint().expect_err("refused");
    assert!(text(&error).contains("HW_AUTH_URL is not an endpoint") && !text(&error).contains("s3cr3t"));
}

/// `OS_AUTH_URL` may be left from another cloud, where plain HTTP within a private network is common.
#[test]
fn a_variable_counts_only_if_it_is_needed() {
    let other_cloud = ("OS_AUTH_URL", "http://10.1.2.3:5000/v3");
    let found = find(&[("CODEARTS_REPO_TOKEN", "t"), other_cloud], None).expect("a token needs no IAM");
    assert_eq!(found.kind, CredentialsKind::Token);
    let user = [("HW_USER_NAME", "u"), ("HW_USER_PASSWORD", "p"), ("HW_DOMAIN_NAME", "d"), other_cloud];
    let error = find(&user, None).expect_err("an IAM user needs IAM");
    assert!(text(&error).starts_with("OS_AUTH_URL is not an endpoint"), "{}", text(&error));
    assert_eq!(environment(&[other_cloud]).iam_endpoint_variable(), Some("OS_AUTH_URL"));
    let environment = environment(&user);
    let endpoint = "https://iam.example".parse().expect("an endpoint");
    let found = Discovery::new(&environment).iam_endpoint(endpoint).find().expect("a flag takes precedence");
    assert_eq!(found.kind, CredentialsKind::IamUser);
}
