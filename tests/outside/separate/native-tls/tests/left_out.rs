//! Credentials that the build leaves out: nothing else is used in their place.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use codearts_repo_auth::{CredentialsSource, Discovery, DiscoveryError, Environment};

const KEY: [(&str, &str); 2] = [("HW_ACCESS_KEY", "AK"), ("HW_SECRET_KEY", "SK")];

fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment::new(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

#[test]
fn a_source_that_is_set_names_the_feature_that_it_needs() {
    for (variable, needed) in [
        ("HUAWEICLOUD_OIDC_PROVIDER_URN", "oidc"),
        ("HUAWEICLOUD_OIDC_AGENCY_URN", "oidc"),
        ("HUAWEICLOUD_SDK_IDP_ID", "federation"),
        ("HUAWEICLOUD_SDK_ID_TOKEN_FILE", "federation"),
        ("CODEARTS_REPO_AGENCY_URN", "agency"),
        ("HW_ASSUME_ROLE_AGENCY_NAME", "agency"),
    ] {
        let environment = environment(&[&KEY[..], &[(variable, "x")]].concat());
        let error = Discovery::new(&environment).find().expect_err(variable);
        let DiscoveryError::LeftOut { place, feature } = &error else { panic!("{error:?}") };
        assert_eq!((place.as_str(), *feature), (variable, needed));
        assert!(error.to_string().ends_with(&format!("built without the feature {needed}")), "{error}");
    }
}

#[test]
fn a_section_with_an_identity_provider_is_not_read_as_an_access_key() {
    let file = std::env::temp_dir().join(format!("credentials-{}", std::process::id()));
    std::fs::write(&file, "[basic]\nak = A\nsk = S\nidp_id = ci\nid_token_file = /run/id\n").expect("written");
    let environment = environment(&[("HUAWEICLOUD_SDK_CREDENTIALS_FILE", file.to_str().expect("text"))]);
    let error = Discovery::new(&environment).find().expect_err("an identity provider");
    std::fs::remove_file(&file).expect("removed");
    assert!(matches!(error, DiscoveryError::LeftOut { feature: "federation", .. }), "{error:?}");
}

#[test]
fn what_takes_precedence_over_a_source_is_used() {
    let pod = ("HC_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1");
    let environment = environment(&[&KEY[..], &[pod]].concat());
    let found = Discovery::new(&environment).find().expect("the access key");
    assert_eq!(found.source, CredentialsSource::TerraformAccessKey);
    let skipped = found.skipped.iter().find(|skipped| skipped.source == CredentialsSource::PodVariables);
    assert!(skipped.expect("reported").reason.ends_with("built without the feature pod"), "{skipped:?}");
}

#[test]
fn a_chosen_source_says_that_it_is_left_out() {
    let environment = environment(&[]);
    for source in [CredentialsSource::PodVariables, CredentialsSource::InstanceMetadata] {
        let error = Discovery::new(&environment).only(source).find().expect_err("left out");
        assert!(matches!(error, DiscoveryError::NothingChosen { chosen, .. } if chosen == source), "{error:?}");
        assert!(error.to_string().ends_with(&format!("without the feature {}", source.name())), "{error}");
    }
}
