//! Attacks and odd conditions that other tests cover. The document names the test of each.

use std::fmt::Write;

/// What is tried, what happens, and the test: a file and a function.
const ATTACKS: [(&str, &str, &str, &str); 25] = [
    (
        "a path that leaves the emulator's API",
        "refused",
        "crates/codearts-repo-emulator/tests/emulator/limits.rs",
        "no_path_leads_out_of_the_api",
    ),
    (
        "a request that hides in the body of another",
        "refused, or the connection is closed",
        "crates/codearts-repo-emulator/tests/emulator/limits.rs",
        "a_request_cannot_hide_in_another",
    ),
    (
        "a request body that is larger than announced or allowed",
        "refused at once",
        "crates/codearts-repo-emulator/tests/emulator/limits.rs",
        "a_body_that_is_announced_as_too_long_is_refused_at_once",
    ),
    (
        "slow, silent and greedy clients of the emulator",
        "disconnected",
        "crates/codearts-repo-emulator/tests/emulator/limits.rs",
        "silent_and_slow_clients_are_disconnected",
    ),
    (
        "headers of more than 64 KiB",
        "refused and not recorded",
        "crates/codearts-repo-emulator/tests/emulator/requests.rs",
        "other_headers_of_more_than_64_kib_are_refused_and_not_recorded",
    ),
    (
        "a foreign Host or a foreign site at the emulator's page",
        "refused",
        "crates/codearts-repo-emulator/tests/emulator/page.rs",
        "another_site_cannot_read_the_page",
    ),
    (
        "a form, text/plain or a foreign Host at the admin address",
        "refused",
        "crates/codearts-repo-emulator/tests/emulator/admin.rs",
        "a_web_page_cannot_use_it",
    ),
    (
        "more than 32 event streams",
        "refused until one is closed",
        "crates/codearts-repo-emulator/tests/emulator/page.rs",
        "event_streams_above_the_limit_are_refused",
    ),
    (
        "a mirror address that runs something or contains a login",
        "refused before anything is sent",
        "src/mirror_url.rs",
        "an_invalid_address_is_refused_and_not_shown",
    ),
    (
        "a mirror address that runs something, in the emulator",
        "refused",
        "crates/codearts-repo-emulator/src/git/mirror.rs",
        "only_http_and_https_addresses_are_accepted",
    ),
    (
        "a default branch that looks like an option of git",
        "the synchronization fails",
        "crates/codearts-repo-emulator/tests/emulator/hostile_source.rs",
        "a_head_that_looks_like_an_option_fails_and_changes_nothing",
    ),
    (
        "hooks and settings of a local source",
        "do not run",
        "crates/codearts-repo-emulator/tests/emulator/hostile_source.rs",
        "hooks_and_settings_of_a_local_source_do_not_run",
    ),
    (
        "symbolic links in a local source",
        "reveal no file",
        "crates/codearts-repo-emulator/tests/emulator/hostile_source.rs",
        "symlinks_in_a_local_source_reveal_no_file",
    ),
    (
        "a source that redirects to file, ftp or ext",
        "the synchronization fails",
        "crates/codearts-repo-emulator/tests/emulator/hostile_source.rs",
        "a_redirect_of_a_source_to_another_protocol_is_not_followed",
    ),
    (
        "umask 000 and the token cache",
        "private all the same",
        "crates/codearts-repo-cli/tests/commands/authorization.rs",
        "the_cache_is_private_whatever_the_umask",
    ),
    (
        "a symbolic link in the place of a cached token",
        "replaced, its target is unchanged",
        "crates/codearts-repo-cli/tests/commands/authorization.rs",
        "a_symbolic_link_in_the_place_of_a_cached_token_is_replaced",
    ),
    (
        "a full disk under a journal",
        "nothing is started twice",
        "crates/codearts-repo-cli/tests/commands/real_disk.rs",
        "a_start_is_not_repeated_after_a_full_disk",
    ),
    (
        "a limit of the file size under a journal",
        "nothing is started twice",
        "crates/codearts-repo-cli/tests/commands/nightly.rs",
        "a_full_disk_starts_nothing_without_a_record",
    ),
    (
        "kills at any request",
        "nothing is started twice",
        "crates/codearts-repo-cli/tests/commands/nightly.rs",
        "after_a_kill_at_any_place_nothing_is_started_twice",
    ),
    (
        "a clock that is centuries off",
        "nothing is lost",
        "crates/codearts-repo-cli/tests/commands/nightly.rs",
        "a_clock_set_back_changes_nothing",
    ),
    (
        "2,000 starts over interim answers, trailers, split writes and closing connections",
        "each started once",
        "crates/codearts-repo-cli/tests/commands/odd_http.rs",
        "two_thousand_starts_over_odd_http_are_complete",
    ),
    (
        "secrets in everything that a service repeats",
        "hidden",
        "crates/codearts-repo-cli/tests/commands/secrets.rs",
        "a_password_that_the_service_repeats_is_not_shown",
    ),
    (
        "control and direction characters in a text of the service",
        "escaped",
        "crates/codearts-repo-cli/tests/commands/user_input.rs",
        "texts_of_the_service_cannot_control_the_terminal",
    ),
    (
        "a standard output that is closed",
        "nothing is sent",
        "crates/codearts-repo-cli/tests/commands/lost_output.rs",
        "results_that_would_go_nowhere_are_an_error_before_anything_is_sent",
    ),
    (
        "64 MiB of address space",
        "all are started",
        "crates/codearts-repo-cli/tests/commands/lost_output.rs",
        "little_address_space_is_enough",
    ),
];

/// The rows of the document. Every test that they name exists.
pub(crate) fn table() -> String {
    let mut table = String::from(
        "\n## Other attacks and conditions\n\n\
         | what is tried | what happens | test |\n|---|---|---|\n",
    );
    for (what, happens, file, test) in ATTACKS {
        let text = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap_or_default();
        assert!(text.contains(&format!("fn {test}(")), "{file} has no test {test}");
        writeln!(table, "| {what} | {happens} | [`{test}`](../{file}) |").expect("a line");
    }
    table
}
