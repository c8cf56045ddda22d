//! openapi.yaml against the facts of the vendor's pages, written down here and not read from the document.

use serde_json::{Value, json};

use crate::contract::{document, operation, operations, pointer, resolve};

/// Every operation with every parameter, field, status, type and limit.
const FACTS: &str = "\
AssociateRemoteMirror POST /v4/repositories/{repository_id}/remote-mirror/associate
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  body url: optional string, like ^https?://
  201 endpoint_uuid: optional string
  201 id: optional integer
  201 is_private: optional boolean
  201 last_error: optional string
  201 last_successful_update_at: optional string
  201 last_update_at: optional string
  201 mirroring_enabled: optional boolean
  201 number_of_failures: optional integer
  201 repository_id: optional integer
  201 update_status: optional string
  201 url: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
AssumeAgency POST /v5/agencies/assume
  body: mandatory
  body agency_session_name: mandatory string, 2 to 128 characters
  body agency_urn: mandatory string, 8 to 1500 characters
  body duration_seconds: optional integer, 900 to 43200
  body external_id: optional string, 2 to 1224 characters
  body policy: optional string
  body policy_ids[]: optional string
  body source_identity: optional string
  200 assumed_agency.id: optional string
  200 assumed_agency.urn: optional string
  200 credentials.access_key_id: mandatory string
  200 credentials.expiration: mandatory string
  200 credentials.secret_access_key: mandatory string, password
  200 credentials.security_token: mandatory string, password
  200 source_identity: optional string
  default error_code: optional string
  default error_msg: optional string
AssumeAgencyWithOIDC POST /v5/agencies/assume-with-oidc
  body: mandatory
  body agency_session_name: mandatory string, 2 to 128 characters
  body agency_urn: mandatory string, 8 to 1500 characters
  body duration_seconds: optional integer, 900 to 43200
  body id_token: mandatory string, password
  body policy: optional string
  body policy_ids[]: optional string
  body provider_urn: mandatory string, 8 to 1500 characters
  200 assumed_agency.id: optional string
  200 assumed_agency.urn: optional string
  200 audience: optional string
  200 credentials.access_key_id: mandatory string
  200 credentials.expiration: mandatory string
  200 credentials.secret_access_key: mandatory string, password
  200 credentials.security_token: mandatory string, password
  200 provider: optional string
  200 source_identity: optional string
  200 subject_from_id_token: optional string
  default error_code: optional string
  default error_msg: optional string
CreateTemporaryAccessKeyByToken POST /v3.0/OS-CREDENTIAL/securitytokens
  body: mandatory
  body auth.identity.assume_role.agency_name: optional string
  body auth.identity.assume_role.domain_id: optional string
  body auth.identity.assume_role.domain_name: optional string
  body auth.identity.assume_role.duration_seconds: optional integer, 900 to 86400
  body auth.identity.methods[]: mandatory string, one of token assume_role
  body auth.identity.token.duration_seconds: optional integer, 900 to 86400
  body auth.identity.token.id: optional string, password
  200 credential.access: mandatory string
  200 credential.expires_at: mandatory string
  200 credential.secret: mandatory string, password
  200 credential.securitytoken: mandatory string, password
  201 credential.access: mandatory string
  201 credential.expires_at: mandatory string
  201 credential.secret: mandatory string, password
  201 credential.securitytoken: mandatory string, password
  default error_code: optional string
  default error_msg: optional string
CreateTokenWithIdToken POST /v3.0/OS-AUTH/id-token/tokens
  header X-Idp-Id: mandatory string
  body: mandatory
  body auth.id_token.id: mandatory string, password
  body auth.scope.domain.id: optional string
  body auth.scope.domain.name: optional string
  body auth.scope.domain: 1 to null of its fields
  body auth.scope.project.id: optional string
  body auth.scope.project.name: optional string
  body auth.scope.project: 1 to null of its fields
  body auth.scope: 1 to 1 of its fields
  200 header X-Subject-Token: string
  200 token.expires_at: optional string
  200 token.issued_at: optional string
  201 header X-Subject-Token: string
  201 token.expires_at: optional string
  201 token.issued_at: optional string
  default error_code: optional string
  default error_msg: optional string
GetCallerIdentity GET /v5/caller-identity
  200 account_id: optional string
  200 principal_id: optional string
  200 principal_urn: optional string
  default error_code: optional string
  default error_msg: optional string
KeystoneCreateUserTokenByPassword POST /v3/auth/tokens
  query nocatalog: optional string
  body: mandatory
  body auth.identity.methods[]: mandatory string, one of password
  body auth.identity.password.user.domain.name: mandatory string
  body auth.identity.password.user.name: mandatory string
  body auth.identity.password.user.password: mandatory string, password
  body auth.scope.domain.id: optional string
  body auth.scope.domain.name: optional string
  body auth.scope.domain: 1 to null of its fields
  body auth.scope.project.id: optional string
  body auth.scope.project.name: optional string
  body auth.scope.project: 1 to null of its fields
  body auth.scope: 1 to 1 of its fields
  201 header X-Subject-Token: string
  201 token.catalog[].*: optional anything
  201 token.domain.domain.id: optional string
  201 token.domain.domain.name: optional string
  201 token.domain.id: optional string
  201 token.domain.name: optional string
  201 token.expires_at: optional string
  201 token.issued_at: optional string
  201 token.methods[]: optional string
  201 token.project.domain.id: optional string
  201 token.project.domain.name: optional string
  201 token.project.id: optional string
  201 token.project.name: optional string
  201 token.roles[].id: optional string
  201 token.roles[].name: optional string
  201 token.user.domain.id: optional string
  201 token.user.domain.name: optional string
  201 token.user.id: optional string
  201 token.user.name: optional string
  201 token.user.password_expires_at: optional string
  400 error.code: optional integer
  400 error.message: optional string
  400 error.title: optional string
  401 error.code: optional integer
  401 error.message: optional string
  401 error.title: optional string
  403 error.code: optional integer
  403 error.message: optional string
  403 error.title: optional string
  404 error.code: optional integer
  404 error.message: optional string
  404 error.title: optional string
  500 error.code: optional integer
  500 error.message: optional string
  500 error.title: optional string
  503 error.code: optional integer
  503 error.message: optional string
  503 error.title: optional string
  default error_code: optional string
  default error_msg: optional string
ListBranches GET /v4/repositories/{repository_id}/repository/branches
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  query branch_type: optional string, one of not_protect
  query creator: optional string, 1 to 100000 characters
  query limit: optional integer, 1 to 100, 20 unless given
  query offset: optional integer, 0 to 2147483647, 0 unless given
  query query_view: optional string, one of my_branches active stale all_branches, \"all_branches\" unless given
  query sort: optional string, one of name updated_desc updated_asc, \"updated_desc\" unless given
  query view: optional string, one of all basic simple
  200 header X-Total: string
  200 [].can_delete: optional boolean
  200 [].can_download: optional boolean
  200 [].can_push: optional boolean
  200 [].can_read: optional boolean
  200 [].commit.*: optional anything
  200 [].default: optional boolean
  200 [].name: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
ListCurrentUserRepositories GET /v4/user/repositories
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  query archived: optional boolean, false unless given
  query include_abnormal: optional boolean
  query limit: optional integer, 1 to 100, 20 unless given
  query membership: optional boolean, false unless given
  query offset: optional integer, 0 to 2147483647, 0 unless given
  query order_by: optional string, one of created_at updated_at, \"created_at\" unless given
  query search: optional string, 1 to 512 characters
  query sort: optional string, one of asc desc, \"desc\" unless given
  query starred: optional boolean, false unless given
  query user_created: optional boolean, false unless given
  200 [].active_statistic[]: optional integer
  200 [].archived: optional boolean
  200 [].creator_id: optional integer
  200 [].description: optional string
  200 [].develop_mode: optional string
  200 [].forked_from_repository.*: optional anything
  200 [].forks_count: optional integer
  200 [].http_url_to_repo: optional string
  200 [].id: optional integer
  200 [].last_activity_at: optional string
  200 [].last_repository_updated_at: optional string
  200 [].member_count: optional integer
  200 [].name: optional string
  200 [].name_with_namespace: optional string
  200 [].namespace: optional string
  200 [].open_issues_count: optional integer
  200 [].open_merge_requests_count: optional integer
  200 [].path: optional string
  200 [].permissions: optional integer
  200 [].project_id: optional string
  200 [].project_is_delete: optional boolean
  200 [].project_name: optional string
  200 [].security: optional string
  200 [].ssh_url_to_repo: optional string
  200 [].star_count: optional integer
  200 [].starred: optional boolean
  200 [].status: optional string
  200 [].uuid: optional string
  200 [].visibility: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
ListProjectRepositories GET /v4/projects/{project_id}/repositories
  path project_id: mandatory string, 32 to 32 characters
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  query limit: optional integer, 1 to 100, 20 unless given
  query offset: optional integer, 0 to 2147483647, 0 unless given
  query order_by: optional string, one of id name created_at updated_at, \"updated_at\" unless given
  query search: optional string
  query sort: optional string, one of asc desc, \"desc\" unless given
  200 [].archived: optional boolean
  200 [].develop_mode: optional string
  200 [].id: optional integer
  200 [].name: optional string
  200 [].name_with_namespace: optional string
  200 [].namespace: optional string
  200 [].path: optional string
  200 [].security: optional string
  200 [].status: optional string
  200 [].visibility: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
ListTags GET /v4/repositories/{repository_id}/repository/tags
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  query creator: optional string, 1 to 100000 characters
  query limit: optional integer, 1 to 100, 20 unless given
  query offset: optional integer, 0 to 2147483647, 0 unless given
  query order_by: optional string, one of name created updated, \"updated\" unless given
  query search: optional string, 1 to 2000 characters
  query sort: optional string, one of asc desc, \"desc\" unless given
  query view: optional string, one of detail basic simple
  200 header X-Total: string
  200 [].can_delete: optional boolean
  200 [].can_download: optional boolean
  200 [].can_read: optional boolean
  200 [].gpgKey.*: optional anything
  200 [].message: optional string
  200 [].name: optional string
  200 [].target: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
ShowBranch GET /v4/repositories/{repository_id}/repository/branch
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  query branch_name: mandatory string, 1 to 2000 characters
  200 header X-Total: string
  200 can_push: optional boolean
  200 commit.author_email: optional string
  200 commit.author_name: optional string
  200 commit.authored_date: optional string
  200 commit.committed_date: optional string
  200 commit.committer_email: optional string
  200 commit.committer_name: optional string
  200 commit.created_at: optional string
  200 commit.id: optional string
  200 commit.message: optional string
  200 commit.parent_ids[]: optional string
  200 commit.short_id: optional string
  200 commit.title: optional string
  200 default: optional boolean
  200 developers_can_merge: optional boolean
  200 developers_can_push: optional boolean
  200 merged: optional boolean
  200 name: optional string
  200 protected: optional boolean
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
ShowRemoteMirror GET /v4/repositories/{repository_id}/remote-mirror
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  200 endpoint_uuid: optional string
  200 id: optional integer
  200 is_private: optional boolean
  200 last_error: optional string
  200 last_successful_update_at: optional string
  200 last_update_at: optional string
  200 mirroring_enabled: optional boolean
  200 number_of_failures: optional integer
  200 repository_id: optional integer
  200 update_status: optional string
  200 url: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
ShowRepository GET /v4/repositories/{repository_id}
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  200 archived: optional boolean
  200 branch_count: optional integer
  200 created_at: optional string
  200 creator.*: optional anything
  200 default_branch: optional string
  200 develop_mode: optional string
  200 empty_repo: optional boolean
  200 encryption_status: optional string
  200 fork_network_repositories[].*: optional anything
  200 forked_from_repository.*: optional anything
  200 http_url_to_repo: optional string
  200 id: optional integer
  200 import_error: optional string
  200 import_status: optional string
  200 import_url: optional string
  200 label_count: optional integer
  200 last_activity_at: optional string
  200 member_count: optional integer
  200 name: optional string
  200 name_with_namespace: optional string
  200 namespace.*: optional anything
  200 network_type: optional string
  200 owner.*: optional anything
  200 path: optional string
  200 path_with_namespace: optional string
  200 permissions.repository_access.access_level: optional integer
  200 project_id: optional string
  200 project_name: optional string
  200 repo_type: optional string
  200 repository_type: optional string
  200 security: optional string
  200 security_tag: optional string
  200 ssh_url_to_repo: optional string
  200 statistics.commit_count: optional integer
  200 statistics.lfs_objects_size: optional number, double
  200 statistics.repository_size: optional number, double
  200 statistics.storage_size: optional number, double
  200 statistics.tenant_repo_size_limit: optional integer
  200 tag_count: optional integer
  200 updated_at: optional string
  200 uuid: optional string
  200 visibility: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
StartRemoteMirrorSynchronization POST /v4/repositories/{repository_id}/remote-mirror
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  body endpoint_uuid: optional string
  body force_fetch: optional boolean
  body password: optional string, byte
  body username: optional string, byte
  200 jid: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
UpdateRepositoryRemoteMirror PUT /v4/repositories/{repository_id}/remote-mirror
  path repository_id: mandatory integer, 1 to 2147483647
  header X-Auth-Token: mandatory string, 1 to 100000 characters
  body endpoint_uuid: optional string
  body mirroring_enabled: optional boolean
  body sync_branch_type: optional string, one of all default
  body url: optional string, like ^https?://
  200 endpoint_uuid: optional string
  200 mirroring_enabled: optional boolean
  200 sync_branch_type: optional string
  200 url: optional string
  401 error_code: optional string
  401 error_msg: optional string
  403 error_code: optional string
  403 error_msg: optional string
  404 error_code: optional string
  404 error_msg: optional string
  default error_code: optional string
  default error_msg: optional string
";

/// The vendor's tables of regions: region, host of CodeArts Repo, host of IAM.
const REGIONS: &str = "\
af-north-1 repo.af-north-1.myhuaweicloud.com iam.myhuaweicloud.com
af-south-1 repo.af-south-1.myhuaweicloud.com iam.af-south-1.myhuaweicloud.com
ap-southeast-3 codehub-ext.ap-southeast-3.myhuaweicloud.com iam.ap-southeast-3.myhuaweicloud.com
cn-east-2 codehub-ext.cn-east-2.myhuaweicloud.com iam.cn-east-2.myhuaweicloud.com
cn-east-3 codehub-ext.cn-east-3.myhuaweicloud.com iam.cn-east-3.myhuaweicloud.com
cn-north-1 codehub-ext.cn-north-1.myhuaweicloud.com iam.cn-north-1.myhuaweicloud.com
cn-north-4 codehub-ext.cn-north-4.myhuaweicloud.com iam.cn-north-4.myhuaweicloud.com
cn-south-1 codehub-ext.cn-south-1.myhuaweicloud.com iam.cn-south-1.myhuaweicloud.com
cn-south-2 codehub-ext.cn-south-2.myhuaweicloud.com iam.cn-south-2.myhuaweicloud.com
cn-southwest-2 codehub-ext.cn-southwest-2.myhuaweicloud.com iam.cn-southwest-2.myhuaweicloud.com
eu-west-101 codeartsrepo-ext.eu-west-101.myhuaweicloud.eu iam.eu-west-101.myhuaweicloud.eu
la-north-2 codehub-ext.la-north-2.myhuaweicloud.com iam.la-north-2.myhuaweicloud.com
la-south-2 codeartsrepo-ext.la-south-2.myhuaweicloud.com iam.la-south-2.myhuaweicloud.com
me-east-1 repo.me-east-1.myhuaweicloud.com iam.me-east-1.myhuaweicloud.com
sa-brazil-1 codehub-ext.sa-brazil-1.myhuaweicloud.com iam.sa-brazil-1.myhuaweicloud.com
tr-west-1 codeartsrepo-ext.tr-west-1.myhuaweicloud.com iam.tr-west-1.myhuaweicloud.com
";

#[test]
fn the_document_has_every_documented_fact() {
    assert_same(&facts(&document()), FACTS);
}

/// Fails with the lines that one side alone has, or with the first line that differs.
fn assert_same(found: &str, expected: &str) {
    const WHAT_TO_DO: &str = "compare both with the vendor's page, and correct openapi.yaml or this file";
    let (found, expected): (Vec<&str>, Vec<&str>) = (found.lines().collect(), expected.lines().collect());
    let first = found.iter().zip(&expected).take_while(|(found, expected)| found == expected).count();
    let (found, expected) = (&found[first..], &expected[first..]);
    let last = found.iter().rev().zip(expected.iter().rev()).take_while(|(found, expected)| found == expected).count();
    let (found, expected) = (&found[..found.len() - last], &expected[..expected.len() - last]);
    let place = format!("from line {} of the facts on", first + 1);
    match (found, expected) {
        ([], []) => {}
        (lines, []) => panic!("{place}, openapi.yaml alone has these; {WHAT_TO_DO}:\n{}", lines.join("\n")),
        ([], lines) => panic!("{place}, this file alone has these; {WHAT_TO_DO}:\n{}", lines.join("\n")),
        ([found, ..], [expected, ..]) => {
            panic!("{place}, they differ; {WHAT_TO_DO}:\nopenapi.yaml: {found}\nthis file:    {expected}")
        }
    }
}

#[test]
fn the_document_has_the_documented_examples() {
    let document = document();
    let (_, _, start) = operation(&document, "StartRemoteMirrorSynchronization");
    let json_of = |content: &Value| content["content"]["application/json"]["examples"]["documented"]["value"].clone();
    assert_eq!(json_of(&start["requestBody"]), json!({ "username": "", "password": "", "endpoint_uuid": "" }));
    let answer = |status: &str| json_of(resolve(&document, &start["responses"][status]));
    assert_eq!(answer("200"), json!({ "jid": "09a56216-cb37-494c-b314-d88dc6c9ff57" }));
    assert_eq!(
        answer("401"),
        json!({ "error_code": "DEV.00000003", "error_msg": "Authentication information expired." })
    );
    assert_eq!(
        answer("403"),
        json!({
            "error_code": "CH.004403",
            "error_msg": "Insufficient permissions. Apply for the required permission and try again."
        })
    );
    assert_eq!(answer("404"), json!({ "error_code": "CH.004404", "error_msg": "Repository Not Found" }));
    let repository_id = &document["components"]["parameters"]["RepositoryId"];
    assert_eq!(repository_id["example"], 123);
}

#[test]
fn username_and_password_are_described_as_base64() {
    let document = document();
    let fields = &document["components"]["schemas"]["RemoteMirrorSyncRequest"]["properties"];
    for field in ["username", "password"] {
        let text = fields[field]["description"].as_str().expect(field);
        assert!(text.contains("Base64"), "{field}: {text}");
    }
}

#[test]
fn the_regions_are_the_vendors() {
    let found: String = codearts_repo::Region::ALL
        .iter()
        .map(|region| format!("{region} {} {}\n", region.repo_endpoint(), region.iam_endpoint()))
        .collect();
    assert_same(&found.replace("https://", ""), REGIONS);
    let hosts: Vec<Value> = document()["servers"].as_array().expect("servers").clone();
    assert!(hosts.iter().any(|server| server["url"] == "https://{hostURL}"), "{hosts:?}");
}

#[test]
fn everything_has_a_description() {
    let mut missing = Vec::new();
    let document = document();
    for (path, method, operation) in operations(&document) {
        if operation["description"].is_null() || operation["summary"].is_null() {
            missing.push(format!("{method} {path}"));
        }
        for (status, answer) in operation["responses"].as_object().expect("responses") {
            if resolve(&document, answer)["description"].is_null() {
                missing.push(format!("{method} {path} {status}"));
            }
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = resolve(&document, parameter);
            if parameter["description"].is_null() {
                missing.push(format!("{method} {path} {}", parameter["name"]));
            }
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        if schema["description"].is_null() {
            missing.push(name.clone());
        }
        for (field, inner) in schema["properties"].as_object().into_iter().flatten() {
            if resolve(&document, inner)["description"].is_null() {
                missing.push(format!("{name}.{field}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// A change of any documented fact shows in the listing: the guard above can fail.
#[test]
fn a_changed_fact_is_noticed() {
    let start = pointer("StartRemoteMirrorSynchronization");
    let schemas = "/components/schemas";
    for (place, value) in [
        (format!("{schemas}/RepositoryId/minimum"), json!(0)),
        (format!("{schemas}/RepositoryId/maximum"), json!(4_294_967_295_u32)),
        (format!("{schemas}/RepositoryId/type"), json!("string")),
        (format!("{schemas}/Token/minLength"), json!(0)),
        (format!("{schemas}/Token/maxLength"), json!(10_000)),
        ("/components/parameters/XAuthToken/required".into(), json!(false)),
        ("/components/parameters/XAuthToken/name".into(), json!("X-Token")),
        ("/components/parameters/XAuthToken/in".into(), json!("query")),
        ("/components/parameters/RepositoryId/required".into(), json!(false)),
        (format!("{schemas}/RemoteMirrorSyncRequest/properties/force_fetch/type"), json!("string")),
        (format!("{schemas}/RemoteMirrorSyncRequest/properties/username/format"), json!("binary")),
        (format!("{schemas}/RemoteMirrorSyncRequest/required"), json!(["username"])),
        (format!("{schemas}/RemoteMirrorSyncRequest/properties/extra"), json!({ "type": "string" })),
        (format!("{schemas}/RemoteMirrorSyncResponse/properties/jid/type"), json!("integer")),
        (format!("{schemas}/RemoteMirrorSyncResponse/required"), json!(["jid"])),
        (format!("{schemas}/ApiError/properties"), json!({ "code": { "type": "string" } })),
        (format!("{start}/operationId"), json!("StartSync")),
        (format!("{start}/responses/200"), json!(null)),
        (format!("{start}/deprecated"), json!(true)),
        (format!("{}/requestBody/required", pointer("KeystoneCreateUserTokenByPassword")), json!(null)),
        (format!("{start}/responses/409"), json!({ "$ref": "#/components/responses/NotFound" })),
        (format!("{schemas}/PageLimit/maximum"), json!(1000)),
        (format!("{schemas}/PageLimit/default"), json!(100)),
        (format!("{schemas}/SyncBranchType/enum"), json!(["all"])),
    ] {
        let mut changed = document();
        set(&mut changed, &place, value);
        assert_ne!(facts(&changed), FACTS, "{place}");
    }
}

fn set(document: &mut Value, place: &str, value: Value) {
    let (parent, name) = place.rsplit_once('/').expect("a place");
    let parent = document.pointer_mut(parent).expect("the place's parent").as_object_mut().expect("an object");
    if value.is_null() {
        parent.remove(name)
    } else {
        parent.insert(name.to_owned(), value)
    };
}

/// The listing that [`FACTS`] is compared with.
fn facts(document: &Value) -> String {
    let mut all: Vec<_> = operations(document);
    all.sort_by_key(|(_, _, operation)| operation["operationId"].to_string());
    let mut out = String::new();
    for (path, method, operation) in all {
        out += &format!("{} {method} {path}\n", operation["operationId"].as_str().unwrap_or("?"));
        let mut lines = parameters(document, &document["paths"][path], operation);
        if operation["deprecated"] == true {
            lines.insert(0, "deprecated".to_owned());
        }
        if operation["requestBody"]["required"] == true {
            lines.push("body: mandatory".to_owned());
        }
        let body = operation.pointer("/requestBody/content/application~1json/schema");
        lines.extend(body.into_iter().flat_map(|schema| fields(document, "body", schema)));
        for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
            let answer = resolve(document, answer);
            for (name, header) in answer["headers"].as_object().into_iter().flatten() {
                lines.push(format!("{status} header {name}: {}", kind(&resolve(document, header)["schema"])));
            }
            match &answer["content"]["application/json"]["schema"] {
                Value::Null => lines.push(format!("{status}: no body")),
                schema => lines.extend(fields(document, status, schema)),
            }
        }
        out += &lines.iter().map(|line| format!("  {line}\n")).collect::<String>();
    }
    out
}

fn parameters(document: &Value, item: &Value, operation: &Value) -> Vec<String> {
    let mut lines: Vec<String> = [item, operation]
        .iter()
        .flat_map(|owner| owner["parameters"].as_array().into_iter().flatten())
        .map(|parameter| {
            let parameter = resolve(document, parameter);
            let text = |name: &str| parameter[name].as_str().unwrap_or("?").to_owned();
            let mandatory = parameter["required"] == true;
            let schema = kind(resolve(document, &parameter["schema"]));
            format!("{} {}: {} {schema}", text("in"), text("name"), need(mandatory))
        })
        .collect();
    lines.sort_by_key(|line| (["path", "header", "query"].iter().position(|p| line.starts_with(p)), line.clone()));
    lines
}

fn fields(document: &Value, prefix: &str, schema: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    walk(document, schema, "", true, &mut lines);
    lines.sort();
    lines.into_iter().map(|line| format!("{prefix} {line}")).collect()
}

fn walk(document: &Value, schema: &Value, place: &str, mandatory: bool, lines: &mut Vec<String>) {
    let schema = resolve(document, schema);
    if schema["type"] == "array" {
        walk(document, &schema["items"], &format!("{place}[]"), mandatory, lines);
    } else if schema["type"] == "object" {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            walk(document, inner, &place, mandatory && required.contains(&name.as_str()), lines);
        }
        if let (Some(least), most) = (schema["minProperties"].as_u64(), &schema["maxProperties"]) {
            lines.push(format!("{place}: {least} to {most} of its fields"));
        }
        if schema["additionalProperties"] == true {
            lines.push(format!("{place}.*: optional anything"));
        }
    } else {
        lines.push(format!("{place}: {} {}", need(mandatory), kind(schema)));
    }
}

const fn need(mandatory: bool) -> &'static str {
    if mandatory { "mandatory" } else { "optional" }
}

/// The type of a schema with its limits, in words.
fn kind(schema: &Value) -> String {
    let mut words = vec![schema["type"].as_str().unwrap_or("?").to_owned()];
    let range = |least: &str, most: &str, unit: &str| match (&schema[least], &schema[most]) {
        (Value::Null, Value::Null) => None,
        (least, most) => Some(format!("{least} to {most}{unit}")),
    };
    words.extend(range("minimum", "maximum", ""));
    words.extend(range("minLength", "maxLength", " characters"));
    words.extend(schema["pattern"].as_str().map(|pattern| format!("like {pattern}")));
    // How wide an integer is stored is this project's choice, not the vendor's.
    words.extend(schema["format"].as_str().filter(|format| *format != "int64").map(str::to_owned));
    words.extend(schema["enum"].as_array().map(|values| {
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        format!("one of {}", values.join(" "))
    }));
    words.extend(schema.get("default").map(|value| format!("{value} unless given")));
    words.extend((schema["deprecated"] == true).then(|| "deprecated".to_owned()));
    words.join(", ")
}
