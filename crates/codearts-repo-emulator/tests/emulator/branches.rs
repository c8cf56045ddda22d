//! Branches, tags and the details of a repository match git.

use codearts_repo_emulator::{Emulator, Permissions, Repository, Upstream};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, Reply, reply};
use crate::source::Source;

const REPOSITORY: &str = "/v4/repositories/123";

async fn caller(source: &Source) -> Caller {
    let repository = Repository::new(123).upstream(Upstream::local(source.path()));
    Caller::start(Emulator::builder().repository(repository)).await
}

async fn get(caller: &Caller, path: &str) -> Reply {
    caller.call(Method::GET, &format!("{REPOSITORY}{path}"), None).await
}

fn names(reply: &Reply) -> Vec<&str> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.body.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_repository_shows_its_default_branch_and_its_counts() {
    let source = Source::with_commit();
    source.git(&["branch", "feature/one"]);
    source.git(&["tag", "v1"]);
    let caller = caller(&source).await;
    let shown = get(&caller, "").await.body;
    assert_eq!((&shown["empty_repo"], &shown["branch_count"]), (&json!(true), &json!(0)));
    assert_eq!(shown.get("default_branch"), None, "there is none yet");
    caller.sync(123, json!({})).await;
    let shown = get(&caller, "").await.body;
    for (member, value) in [
        ("id", json!(123)),
        ("default_branch", json!("main")),
        ("empty_repo", json!(false)),
        ("branch_count", json!(2)),
        ("tag_count", json!(1)),
    ] {
        assert_eq!(shown[member], value, "{member}");
    }
    let listed = caller.call(Method::GET, "/v4/user/repositories", None).await.body;
    assert_eq!(shown["uuid"], listed[0]["uuid"]);
}

#[tokio::test]
async fn branches_are_listed_in_pages_with_their_total() {
    let source = Source::with_commit();
    for number in 0..24 {
        source.git(&["branch", &format!("branch-{number:02}")]);
    }
    let caller = caller(&source).await;
    caller.sync(123, json!({})).await;
    let list = async |query: &str| get(&caller, &format!("/repository/branches?{query}")).await;
    for (query, count) in [("", 20), ("limit=100", 25), ("offset=20", 5), ("offset=25", 0), ("limit=1&offset=3", 1)] {
        let page = list(query).await;
        assert_eq!((names(&page).len(), &page.headers["x-total"]), (count, &"25".parse().unwrap()), "{query}");
    }
    let page = list("sort=name&limit=2").await;
    assert_eq!(names(&page), ["main", "branch-23"], "descending, as the vendor's page says");
    assert_eq!((&page.body[0]["default"], &page.body[1]["default"]), (&json!(true), &json!(false)));
    source.commit("second");
    caller.sync(123, json!({})).await;
    assert_eq!(names(&list("limit=1").await).len(), 1);
    for (query, status) in [("limit=0", 400), ("limit=101", 400), ("offset=-1", 400), ("sort=up", 400)] {
        assert_eq!(list(query).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn a_branch_shows_its_commit() {
    let source = Source::with_commit();
    let first = source.git(&["rev-parse", "HEAD"]);
    let name = "feature/ünï#1%";
    source.git(&["checkout", "--quiet", "-b", name]);
    let second = source.commit("second");
    source.git(&["checkout", "--quiet", "main"]);
    let caller = caller(&source).await;
    caller.sync(123, json!({})).await;
    let show = async |name: &str| {
        let request = caller.request(Method::GET, &format!("{REPOSITORY}/repository/branch"));
        reply(request.query(&[("branch_name", name)]).header("X-Auth-Token", crate::caller::TOKEN)).await
    };
    let shown = show(name).await;
    assert_eq!((shown.status.as_u16(), &shown.body["name"]), (200, &json!(name)));
    let commit = &shown.body["commit"];
    assert_eq!((&commit["id"], &commit["parent_ids"]), (&json!(second), &json!([first])));
    assert_eq!((&commit["title"], &commit["author_email"]), (&json!("second"), &json!("test@example.com")));
    assert_eq!((&shown.body["default"], &show("main").await.body["default"]), (&json!(false), &json!(true)));
    for missing in ["none", "feature", "--short", "-d", "main~1", "main@{0}", "../tags/v1", "ma*", "refs/heads/main"] {
        let answer = show(missing).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "CH.004404"), "{missing}");
    }
    assert_eq!(show("").await.status, 400);
}

#[tokio::test]
async fn tags_are_listed_with_their_commits() {
    let source = Source::with_commit();
    let commit = source.git(&["rev-parse", "HEAD"]);
    source.git(&["tag", "light"]);
    source.git(&["tag", "--annotate", "--message", "A message", "annotated"]);
    let caller = caller(&source).await;
    caller.sync(123, json!({})).await;
    let list = async |query: &str| get(&caller, &format!("/repository/tags?{query}")).await;
    let page = list("order_by=name&sort=asc").await;
    assert_eq!((names(&page), &page.headers["x-total"]), (vec!["annotated", "light"], &"2".parse().unwrap()));
    let members =
        |member: &str| page.body.as_array().unwrap().iter().map(|tag| tag[member].clone()).collect::<Vec<Value>>();
    assert_eq!(members("target"), [json!(commit), json!(commit)], "the tag object is not shown");
    assert_eq!(members("message"), [json!("A message"), json!("")]);
    assert_eq!(names(&list("order_by=name").await), ["light", "annotated"]);
    let found = list("search=LIG").await;
    assert_eq!((names(&found), &found.headers["x-total"]), (vec!["light"], &"1".parse().unwrap()));
}

#[tokio::test]
async fn the_repositories_of_a_project_are_listed() {
    let project = "p".repeat(32);
    let builder = Emulator::builder()
        .token_with("reader", Permissions::none().read(2))
        .repository(Repository::new(1).project_id(&project).name("b"))
        .repository(Repository::new(2).project_id(&project).name("a"))
        .repository(Repository::new(3));
    let caller = Caller::start(builder).await;
    let path = format!("/v4/projects/{project}/repositories");
    let list = async |query: &str| caller.call(Method::GET, &format!("{path}{query}"), None).await;
    assert_eq!(names(&list("?order_by=name&sort=asc").await), ["a", "b"]);
    assert_eq!(names(&list("?order_by=id&limit=1").await), ["a"]);
    assert_eq!(names(&list("?search=B").await), ["b"]);
    let permitted = reply(caller.request(Method::GET, &path).header("X-Auth-Token", "reader")).await;
    assert_eq!(names(&permitted), ["a"]);
    assert_eq!(
        names(&caller.call(Method::GET, "/v4/projects/00000000000000000000000000000001/repositories", None).await)
            .len(),
        1
    );
    let none = "n".repeat(32);
    assert!(names(&caller.call(Method::GET, &format!("/v4/projects/{none}/repositories"), None).await).is_empty());
}
