//! What is sent of an access key, and what is hidden.

use codearts_repo::auth::AccessKey;
use codearts_repo::{Client, RepositoryId, RetryPolicy};
use codearts_repo_client::Authorize;

use crate::server::{Server, answer};

const SECRET: &str = "SecretKeyOfTheTests0123456789";
const SECURITY_TOKEN: &str = "SecurityTokenOfTheTests0123456789";

fn key() -> AccessKey {
    let key = AccessKey::new("AKEXAMPLE", SECRET).expect("a key");
    let key = key.security_token(SECURITY_TOKEN).expect("a security token");
    key.project_id("project-of-before").and_then(|key| key.project_id("project-0123456789")).expect("a project")
}

#[tokio::test]
async fn a_refusal_that_repeats_secrets_hides_them() {
    let body = format!(r#"{{"error_code":"A.1","error_msg":"{SECRET} {SECURITY_TOKEN} project-0123456789"}}"#);
    let server = Server::answering(answer("400 Bad Request", "Content-Type: application/json\r\n", &body)).await;
    let endpoint = server.endpoint.parse().expect("an endpoint");
    let client = Client::builder().endpoint(endpoint).auth(key()).retry(RetryPolicy::none()).build().expect("a client");
    let error = client.show_mirror(RepositoryId::try_from(123).expect("an id")).await.expect_err("refused");
    assert_eq!(error.message(), Some("*** *** project-0123456789"));
}

#[test]
fn the_last_value_of_a_setting_is_sent_and_the_security_token_is_sensitive() {
    let mut request = reqwest::Request::new("GET".parse().expect("GET"), "http://localhost/".parse().expect("a URL"));
    key().authorize(&mut request).expect("signed");
    let headers = request.headers();
    let all = |name: &str| headers.get_all(name).iter().map(|value| value.to_str().expect("text")).collect::<Vec<_>>();
    assert_eq!(all("x-project-id"), ["project-0123456789"]);
    assert_eq!(all("x-security-token"), [SECURITY_TOKEN]);
    assert!(headers["x-security-token"].is_sensitive() && headers["authorization"].is_sensitive());
    assert!(!headers["x-project-id"].is_sensitive(), "an id helps to understand a log");
}
