//! Runs the commands of the recipes in `docs/recipes`.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use yaml_serde::Value;

use super::markdown::root;
use super::sandbox::{PASSWORD, POD_TOKEN, Sandbox};

fn recipe(name: &str) -> String {
    let path = root().join("docs/recipes").join(name);
    std::fs::read_to_string(path).expect(name)
}

pub(crate) fn yaml(name: &str) -> Value {
    yaml_serde::from_str(&recipe(name)).expect(name)
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// What a platform's store of secrets and variables holds.
fn stored(name: &str, password: &str) -> String {
    match name {
        "HW_DOMAIN_NAME" => "company".to_owned(),
        "HW_USER_NAME" => "robot".to_owned(),
        "HW_USER_PASSWORD" => password.to_owned(),
        other => panic!("no recipe should need {other}"),
    }
}

const LOGIN: [&str; 3] = ["HW_DOMAIN_NAME", "HW_USER_NAME", "HW_USER_PASSWORD"];

fn log_in(command: &mut Command, password: &str) {
    for name in LOGIN {
        command.env(name, stored(name, password));
    }
}

/// The numbers of the repositories whose synchronization was started.
pub(crate) fn started(sandbox: &Sandbox) -> Vec<u32> {
    let requests = sandbox.requests();
    let starts = requests.iter().filter(|request| request.method() == "POST");
    let mut numbers: Vec<u32> = starts.filter_map(|start| start.path().split('/').nth(3)?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

/// A shell that runs a script as CI platforms do.
pub(crate) fn shell(sandbox: &Sandbox, script: &str) -> Command {
    let mut command = sandbox.command("sh");
    command.args(["-e", "-c", script]);
    command
}

pub(crate) fn succeeded(output: &Output) {
    assert!(output.status.success(), "{output:?}");
    assert!(!format!("{output:?}").contains(PASSWORD), "a secret is printed");
}

/// Runs the steps of the one job of a workflow.
fn workflow(sandbox: &Sandbox, name: &str, password: &str) -> Output {
    let job = &yaml(name)["jobs"]["synchronize"];
    let steps = job["steps"].as_sequence().expect("steps");
    let script: Vec<&str> = steps.iter().map(|step| text(&step["run"])).collect();
    let mut shell = shell(sandbox, &script.join("\n"));
    for (name, value) in job["env"].as_mapping().expect("an environment") {
        let value = match text(value).strip_prefix("${{ ").and_then(|value| value.strip_suffix(" }}")) {
            Some(from) => {
                let (store, variable) = from.split_once('.').expect("a store and a name");
                assert_eq!(store == "secrets", variable == "HW_USER_PASSWORD", "{from}");
                stored(variable, password)
            }
            None => text(value).to_owned(),
        };
        shell.env(text(name), value);
    }
    shell.output().expect("a shell runs")
}

#[test]
fn github_actions() {
    let sandbox = Sandbox::new();
    succeeded(&workflow(&sandbox, "github-actions.yml", PASSWORD));
    assert_eq!(started(&sandbox), [123, 124]);

    let sandbox = Sandbox::new();
    let refused = workflow(&sandbox, "github-actions.yml", "wrong");
    assert_eq!((refused.status.code(), started(&sandbox)), (Some(3), Vec::new()), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stdout).contains("\n::error::IAM does not accept"), "{refused:?}");
}

#[test]
fn github_actions_of_the_upstream() {
    let sandbox = Sandbox::new();
    succeeded(&workflow(&sandbox, "github-actions-upstream.yml", PASSWORD));
    assert_eq!(started(&sandbox), [123]);
    let start =
        sandbox.requests().into_iter().find(|request| request.path().contains("/123/") && request.method() == "POST");
    assert_eq!(start.and_then(|start| start.json()).expect("a start")["force_fetch"], true);
}

#[test]
fn gitlab_ci() {
    let job = &yaml("gitlab-ci.yml")["synchronize-mirrors"];
    let lines: Vec<&str> = job["script"].as_sequence().expect("a script").iter().map(text).collect();
    let run = |sandbox: &Sandbox, proxy: Option<&str>| {
        let mut shell = shell(sandbox, &lines.join("\n"));
        for (name, value) in job["variables"].as_mapping().expect("variables") {
            shell.env(text(name), text(value));
        }
        log_in(&mut shell, PASSWORD);
        shell.envs(proxy.map(|proxy| ("HTTPS_PROXY", proxy))).output().expect("a shell runs")
    };
    let sandbox = Sandbox::new();
    succeeded(&run(&sandbox, None));
    assert_eq!(started(&sandbox), [123, 124]);
    let kept = text(&job["artifacts"]["paths"][0]);
    let report = std::fs::read_to_string(sandbox.work().join(kept)).expect("an artifact");
    assert_eq!(report.matches("\"outcome\":\"finished\"").count(), 2, "{report}");

    // A code that GitLab is told to try again after has to be the one that comes.
    let unreachable = run(&Sandbox::new(), Some("http://127.0.0.1:9"));
    assert_eq!(unreachable.status.code().map(i64::from), job["retry"]["exit_codes"].as_i64(), "{unreachable:?}");
}

/// CodeArts Build puts the values of parameters in place of their names.
#[test]
fn codearts_build() {
    let actions = &yaml("codearts-build.yml")["steps"]["BUILD"];
    let mut command = text(&actions[0]["sh"]["inputs"]["command"]).to_owned();
    for name in LOGIN {
        command = command.replace(&format!("${{{name}}}"), &stored(name, PASSWORD));
    }
    let sandbox = Sandbox::new();
    std::fs::copy(sandbox.path("bin/codearts-repo"), sandbox.work().join("codearts-repo")).expect("copied");
    succeeded(&shell(&sandbox, &command).output().expect("a shell runs"));
    assert_eq!(started(&sandbox), [123, 124]);
    let step = &yaml("codearts-pipeline.yml")["jobs"]["synchronize"]["steps"][0];
    assert_eq!((text(&step["uses"]), text(&step["with"]["jobId"]).len()), ("CodeArtsBuild", 32));
}

/// The values of a unit's setting.
fn settings<'a>(unit: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    unit.lines().filter_map(move |line| line.strip_prefix(name)?.strip_prefix('='))
}

#[test]
fn systemd() {
    let sandbox = Sandbox::new();
    // The machine's own folders are the sandbox's here.
    let local = |text: &str| {
        let path = |name: &str| sandbox.path(name).display().to_string();
        text.replace("/usr/local/bin/", &path("bin/"))
            .replace("/etc/", &path("etc/"))
            .replace("/var/cache/", &path("cache/"))
            .replace("/var/lib/", &path("lib/"))
    };
    let etc = sandbox.path("etc/codearts-repo");
    std::fs::create_dir_all(&etc).expect("a folder");
    std::fs::create_dir_all(sandbox.path("cache/codearts-repo")).expect("a folder");
    std::fs::write(etc.join("repositories.txt"), "123\n125\n").expect("written");
    let environment: Vec<String> = LOGIN.iter().map(|name| format!("{name}={}\n", stored(name, PASSWORD))).collect();
    std::fs::write(etc.join("environment"), environment.concat()).expect("written");

    let service = local(&recipe("codearts-repo-sync.service"));
    let mut shell = sandbox.command("sh");
    for file in settings(&service, "EnvironmentFile") {
        for line in std::fs::read_to_string(file).expect(file).lines() {
            let (name, value) = line.split_once('=').expect("an assignment");
            shell.env(name, value);
        }
    }
    for assignment in settings(&service, "Environment") {
        let (name, value) = assignment.split_once('=').expect("an assignment");
        shell.env(name, value);
    }
    let lines: Vec<&str> = settings(&service, "ExecStart").collect();
    assert_eq!(lines.len(), 1);
    succeeded(&shell.args(["-c", lines[0]]).output().expect("a shell runs"));
    assert_eq!(started(&sandbox), [123, 125]);
    let kept = std::fs::read_dir(sandbox.path("cache/codearts-repo")).expect("a folder").count();
    assert_eq!(kept, 1, "the token is kept in the folder of CacheDirectory");
    let timer = recipe("codearts-repo-sync.timer");
    assert_eq!(settings(&timer, "OnCalendar").collect::<Vec<_>>(), ["hourly"]);
    verified_by_systemd(&sandbox, &[("codearts-repo-sync.service", &service), ("codearts-repo-sync.timer", &timer)]);
}

#[test]
fn ecs_server() {
    let sandbox = Sandbox::new();
    let (service, timer) = (recipe("codearts-repo-ecs.service"), recipe("codearts-repo-ecs.timer"));
    assert_eq!(settings(&service, "EnvironmentFile").count(), 0, "no secret is stored");
    std::fs::create_dir_all(sandbox.path("etc/codearts-repo")).expect("a folder");
    std::fs::write(sandbox.path("etc/codearts-repo/repositories.txt"), "123\n125\n").expect("written");
    let line = settings(&service, "ExecStart").next().expect("a command");
    let line = line
        .replace("/usr/local/bin/", &sandbox.path("bin/").display().to_string())
        .replace("/etc/", &sandbox.path("etc/").display().to_string());
    let run = |metadata: &str| {
        let mut shell = sandbox.command("sh");
        for assignment in settings(&service, "Environment") {
            let (name, value) = assignment.split_once('=').expect("an assignment");
            shell.env(name, value);
        }
        shell.env("CODEARTS_REPO_METADATA_ENDPOINT", metadata);
        shell.args(["-c", &line]).output().expect("a shell runs")
    };
    let elsewhere = run("http://127.0.0.1:1");
    assert_eq!(elsewhere.status.code(), Some(4), "systemd tries again: {elsewhere:?}");
    succeeded(&run(sandbox.metadata_endpoint()));
    assert_eq!(started(&sandbox), [123, 125]);
    assert_eq!(settings(&timer, "OnCalendar").collect::<Vec<_>>(), ["hourly"]);
    let local = service.replace("/usr/local/bin/", &sandbox.path("bin/").display().to_string());
    verified_by_systemd(&sandbox, &[("codearts-repo-ecs.service", &local), ("codearts-repo-ecs.timer", &timer)]);
}

#[test]
fn cce_cron_job() {
    let sandbox = Sandbox::new();
    let job = &yaml("cce-cronjob.yml")["spec"]["jobTemplate"]["spec"];
    let container = &job["template"]["spec"]["containers"][0];
    let words: Vec<&str> = container["command"].as_sequence().expect("a command").iter().map(text).collect();
    let run = |token: &str| {
        let file = sandbox.path("token");
        std::fs::write(&file, token).expect("written");
        let mut command = sandbox.command(sandbox.path("bin").join(words[0]));
        command.args(&words[1..]);
        for variable in container["env"].as_sequence().expect("variables") {
            command.env(text(&variable["name"]), text(&variable["value"]));
        }
        // The cluster sets these.
        command.env("HC_CONTAINER_CREDENTIALS_FULL_URI", sandbox.pod_credentials_uri());
        command.env("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", file).output().expect("it runs")
    };
    let refused = run("another token").status.code().map(i64::from);
    let final_codes = &job["podFailurePolicy"]["rules"][0]["onExitCodes"]["values"];
    let final_codes: Vec<Option<i64>> = final_codes.as_sequence().expect("codes").iter().map(Value::as_i64).collect();
    assert!(refused == Some(3) && final_codes.contains(&refused), "{refused:?}");
    succeeded(&run(POD_TOKEN));
    assert_eq!(started(&sandbox), [123, 124]);
}

/// The name of every metric in an expression.
fn metrics_in(text: &str) -> BTreeSet<String> {
    let names = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    names.filter(|name| name.starts_with("codearts_repo_")).map(str::to_owned).collect()
}

/// `.ci/metrics` runs the tests of the alerts.
#[test]
fn prometheus() {
    let sandbox = Sandbox::new();
    let service = recipe("codearts-repo-status.service");
    let folder = sandbox.path("textfile");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(sandbox.path("repositories.txt"), "123\n124\n").expect("written");
    let line = settings(&service, "ExecStart").next().expect("a command");
    let line = line
        .replace("/usr/local/bin/", &sandbox.path("bin/").display().to_string())
        .replace("/etc/codearts-repo/", &sandbox.path("").display().to_string())
        .replace("/var/lib/node_exporter/textfile", &folder.display().to_string());
    let mut sync = sandbox.command(sandbox.path("bin/codearts-repo"));
    log_in(sync.args(["sync", "123", "124", "--wait", "--region", "cn-north-4"]), PASSWORD);
    succeeded(&sync.output().expect("it runs"));
    let mut shell = sandbox.command("sh");
    log_in(&mut shell, PASSWORD);
    for assignment in settings(&service, "Environment") {
        let (name, value) = assignment.split_once('=').expect("an assignment");
        shell.envs((name != "XDG_CACHE_HOME").then_some((name, value)));
    }
    let output = shell.args(["-c", &line]).output().expect("a shell runs");
    let allowed: Vec<i32> = settings(&service, "SuccessExitStatus").map(|code| code.parse().expect("a code")).collect();
    assert_eq!(allowed, [1]);
    assert!(output.status.code().is_some_and(|code| code == 0 || allowed.contains(&code)), "{output:?}");
    let written = std::fs::read_to_string(folder.join("codearts-repo.prom")).expect("the metrics");
    let known: BTreeSet<String> =
        written.lines().filter_map(|line| Some(line.strip_prefix("# TYPE ")?.split(' ').next()?.to_owned())).collect();
    for name in ["prometheus-alerts.yml", "grafana-dashboard.json"] {
        let used = metrics_in(&recipe(name));
        assert!(!used.is_empty() && used.is_subset(&known), "{name} {used:?} {known:?}");
    }
    let dashboard: serde_json::Value = serde_json::from_str(&recipe("grafana-dashboard.json")).expect("JSON");
    assert_eq!(dashboard["panels"].as_array().map(Vec::len), Some(3));
    let tests = yaml("prometheus-alerts.test.yml");
    assert_eq!(tests["rule_files"][0].as_str(), Some("prometheus-alerts.yml"));
    let timer = recipe("codearts-repo-status.timer");
    assert_eq!(settings(&timer, "OnCalendar").collect::<Vec<_>>(), ["*:0/15"]);
    let units = [("codearts-repo-status.service", &*service), ("codearts-repo-status.timer", &*timer)];
    assert_eq!(units.map(|(name, _)| recipe(name)), [service.clone(), timer.clone()]);
}

/// `.ci/metrics` runs the tests of the alerts.
#[test]
fn a_fleet_that_stays_verified() {
    let sandbox = Sandbox::new();
    let service = recipe("codearts-repo-verify.service");
    for folder in ["lib/codearts-repo-verify", "lib/node_exporter/textfile", "etc/codearts-repo"] {
        std::fs::create_dir_all(sandbox.path(folder)).expect("a folder");
    }
    std::fs::write(sandbox.path("etc/codearts-repo/repositories.txt"), "123\n124\n").expect("written");
    let line = settings(&service, "ExecStart").next().expect("a command");
    let line = line
        .replace("/usr/local/bin/", &sandbox.path("bin/").display().to_string())
        .replace("/etc/", &sandbox.path("etc/").display().to_string())
        .replace("/var/lib/", &sandbox.path("lib/").display().to_string());
    for _ in 0..2 {
        let mut shell = sandbox.command("sh");
        log_in(shell.env("CODEARTS_REPO_REGION", "cn-north-4"), PASSWORD);
        let output = shell.args(["-c", &line]).output().expect("a shell runs");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    }
    let read = |name: &str| std::fs::read_to_string(sandbox.path("lib").join(name)).expect(name);
    let page = read("codearts-repo-verify/fleet.html");
    assert_eq!(page.matches("<th scope=\"row\">").count(), 2, "{page}");
    assert!(page.contains("The last 2 runs"), "{page}");
    let metrics = read("node_exporter/textfile/codearts-repo-verify.prom");
    let known = |name: &str| metrics.contains(&format!("# TYPE {name} "));
    let used = metrics_in(&recipe("prometheus-verify-alerts.yml"));
    assert!(used.len() == 3 && used.iter().all(|name| known(name)), "{used:?} {metrics}");
    assert_eq!(
        yaml("prometheus-verify-alerts.test.yml")["rule_files"][0].as_str(),
        Some("prometheus-verify-alerts.yml")
    );
    let timer = recipe("codearts-repo-verify.timer");
    assert_eq!(settings(&timer, "OnCalendar").collect::<Vec<_>>(), ["hourly"]);
}

#[test]
fn github_actions_with_the_page_as_an_artifact() {
    let sandbox = Sandbox::new();
    let steps = &yaml("github-actions-verify.yml")["jobs"]["verify"]["steps"];
    let steps = steps.as_sequence().expect("steps");
    let script = steps.iter().find_map(|step| step["run"].as_str()).expect("a command");
    let mut shell = shell(&sandbox, script);
    log_in(shell.env("CODEARTS_REPO_REGION", "cn-north-4"), PASSWORD);
    let output = shell.output().expect("a shell runs");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    let of = |action: &str| steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.contains(action)));
    for action in ["cache", "upload-artifact"] {
        let path = of(action).and_then(|step| step["with"]["path"].as_str()).expect("a path");
        assert!(sandbox.work().join(path).is_file(), "{path}");
    }
}

/// systemd's own judgement, where it is installed.
fn verified_by_systemd(sandbox: &Sandbox, units: &[(&str, &str)]) {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        return;
    }
    let paths: Vec<_> = units.iter().map(|(name, _)| sandbox.work().join(name)).collect();
    for (path, (_, unit)) in paths.iter().zip(units) {
        std::fs::write(path, unit).expect("written");
    }
    let output = Command::new("systemd-analyze").arg("verify").args(&paths).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("codearts-repo")).collect();
    assert!(output.status.success() && ours.is_empty(), "{said}");
}

#[test]
fn cron() {
    let crontab = recipe("crontab");
    let lines: Vec<&str> = crontab.lines().filter(|line| !line.starts_with('#')).collect();
    let (entry, assignments) = lines.split_last().expect("an entry");
    let fields: Vec<&str> = entry.splitn(6, ' ').collect();
    assert_eq!((fields.len(), &fields[1..5]), (6, &["*"; 4][..]), "{entry}");
    assert!(!entry.contains('%'), "cron makes a line break of it");
    let run_in = |sandbox: &Sandbox, proxy: Option<&str>, repositories: &str| {
        std::fs::write(sandbox.path("home/repositories.txt"), repositories).expect("written");
        let login: Vec<String> = LOGIN.iter().map(|name| format!("{name}={}\n", stored(name, PASSWORD))).collect();
        std::fs::write(sandbox.path("home/.codearts-repo"), login.concat()).expect("written");
        let mut shell = sandbox.command("sh");
        shell.args(["-c", fields[5].trim_start()]);
        for assignment in assignments {
            let (name, value) = assignment.split_once('=').expect("an assignment");
            // The program is in the sandbox's own folder of programs.
            shell.envs((name != "PATH").then_some((name, value)));
        }
        let output = shell.envs(proxy.map(|proxy| ("HTTPS_PROXY", proxy))).output().expect("a shell runs");
        succeeded(&output);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        (started(sandbox), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let run = |proxy: Option<&str>, repositories: &str| run_in(&Sandbox::new(), proxy, repositories);
    let sandbox = Sandbox::new();
    assert_eq!(run_in(&sandbox, None, "123\n124\n"), (vec![123, 124], String::new()));
    // The next time, everything is synchronized again.
    assert_eq!(run_in(&sandbox, None, "123\n124\n"), (vec![123, 123, 124, 124], String::new()));
    assert_eq!(run(Some("http://127.0.0.1:9"), "123\n"), (Vec::new(), String::new()), "left to the next hour");
    let (_, mail) = run(None, "123\n999\n");
    assert!(mail.contains("999"), "{mail}");
}

/// Nothing here can build an image. What it copies is there, and what it runs at last works.
#[test]
fn containerfile() {
    let containerfile = recipe("Containerfile");
    let instructions: Vec<(&str, &str)> = containerfile
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once(' ').expect("an instruction and what belongs to it"))
        .collect();
    let of = |name: &str| instructions.iter().filter(|(it, _)| *it == name).map(|(_, rest)| *rest).collect::<Vec<_>>();
    let known = ["FROM", "RUN", "WORKDIR", "COPY", "CMD"];
    assert!(instructions.iter().all(|(name, _)| known.contains(name)), "{instructions:?}");
    assert_eq!(of("FROM").len(), 2);
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let least = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).expect("a version");
    let version = |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    let image = of("FROM")[0].split(':').nth(1).and_then(|tag| tag.split('-').next()).expect("a version");
    assert!(version(image) >= version(least.trim_matches('"')), "{image} is older than {least}");
    // `.ci/long release` runs the same line.
    assert!(of("RUN").contains(&"cargo build --release --locked -p codearts-repo-cli"));
    assert!(of("COPY").contains(&"--from=build /source/target/release/codearts-repo /usr/local/bin/"));
    let last: Vec<String> = serde_json::from_str(of("CMD")[0]).expect("an array");
    let sandbox = Sandbox::new();
    succeeded(&sandbox.command(sandbox.path("bin").join(&last[0])).args(&last[1..]).output().expect("it runs"));
}

/// No crate here depends on OpenTelemetry: `tests/outside/separate/opentelemetry` builds the recipe and runs it.
#[test]
fn opentelemetry() {
    let recipe = recipe("opentelemetry.rs");
    let manifest = root().join("tests/outside/separate/opentelemetry/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("a manifest");
    assert!(manifest.contains("path = \"../../../../docs/recipes/opentelemetry.rs\""));
    let dependencies: Vec<&str> =
        recipe.lines().filter_map(|line| line.strip_prefix("//! ")).filter(|line| line.contains(" = ")).collect();
    assert!(dependencies.len() > 3, "{dependencies:?}");
    for line in dependencies {
        assert!(manifest.lines().any(|other| other == line), "{line} is not what the test builds with");
    }
}

#[test]
fn every_recipe_has_a_test() {
    let tests = concat!(include_str!("recipes.rs"), include_str!("id_tokens.rs"));
    for file in std::fs::read_dir(root().join("docs/recipes")).expect("a folder") {
        let name = file.expect("a file").file_name().into_string().expect("UTF-8");
        assert!(
            name == "README.md" || tests.contains(&format!("(\"{name}\"")) || tests.contains(&format!(", \"{name}\"")),
            "{name} has no test"
        );
    }
}
