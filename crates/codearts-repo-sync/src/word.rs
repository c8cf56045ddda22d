//! The meaning of the word in `update_status`, of which no document lists the values.

/// What a word says of a mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// A synchronization has finished.
    Done,
    /// A synchronization has failed.
    Failed,
    /// A synchronization is queued or runs.
    Active,
    /// There was no synchronization yet.
    Never,
    /// No word, or one whose meaning is not known.
    Unknown,
}

/// The words of GitLab's remote mirrors and imports, of the vendor's import records and builds, and their synonyms.
const DONE: &[&str] = &["finished", "finish", "success", "succeeded", "successful", "completed", "complete", "done"];
const FAILED: &[&str] = &[
    "failed",
    "fail",
    "failure",
    "error",
    "errored",
    "canceled",
    "cancelled",
    "aborted",
    "rejected",
    "timeout",
    "timedout",
];
const ACTIVE: &[&str] = &["scheduled", "started", "queued", "progress", "retry"];
const NEVER: &[&str] = &["none", "never"];
/// Words that turn another one into its opposite, or into a part of it.
const DOUBTFUL: &[&str] = &["not", "no", "non", "un", "partial", "partially", "partly", "almost", "maybe"];
/// What a word may begin or end with without a separator.
const AFFIXES: &[&str] =
    &["synchronization", "synchronisation", "sync", "mirror", "update", "import", "fetch", "pull", "status"];

impl Word {
    /// Reads a word in any case, trimmed, with a prefix or suffix such as `sync_`. What is in progress (`canceling`,
    /// `failed_retrying`) is never an end; what says two things at once (`finished_with_errors`) is not known.
    pub(crate) fn of(status: Option<&str>) -> Self {
        let Some(status) = status else { return Self::Unknown };
        let parts: Vec<String> = parts(status);
        let has = |list: &[&str]| parts.iter().any(|part| list.contains(&part.as_str()));
        if has(ACTIVE) || parts.iter().any(|part| part.len() > 4 && part.ends_with("ing")) {
            return if has(DOUBTFUL) { Self::Unknown } else { Self::Active };
        }
        let failed = has(FAILED) || parts.windows(2).any(|pair| pair == ["timed", "out"]);
        let plural = has(&["errors", "failures", "warnings"]);
        match (has(DONE), failed, has(NEVER)) {
            _ if has(DOUBTFUL) => Self::Unknown,
            (true, false, false) if !plural => Self::Done,
            (false, true, false) => Self::Failed,
            (false, false, true) => Self::Never,
            _ => Self::Unknown,
        }
    }
}

/// The lowercase parts of a word, without affixes: `SYNC_FAILED`, `syncFailed` and `syncfailed` give the same.
fn parts(status: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut after_lowercase = false;
    for letter in status.chars() {
        let begins = !letter.is_alphanumeric() || (after_lowercase && letter.is_uppercase());
        if begins {
            parts.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(part) = parts.last_mut()
        {
            part.extend(letter.to_lowercase());
        }
        after_lowercase = letter.is_lowercase();
    }
    parts.iter().map(|part| without_affix(part).to_owned()).filter(|part| !part.is_empty()).collect()
}

fn without_affix(part: &str) -> &str {
    let strip = |affix: &&str| part.strip_prefix(*affix).or_else(|| part.strip_suffix(*affix));
    let known = |rest: &&str| [DONE, FAILED, ACTIVE, NEVER].iter().any(|list| list.contains(rest));
    AFFIXES.iter().filter_map(strip).find(known).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::Word::{self, Active, Done, Failed, Never, Unknown};

    #[test]
    fn words_are_read_by_one_table() {
        for (expected, words) in [
            (
                Done,
                "finished,FINISHED,SUCCEEDED,success, Success ,sync_success,syncFinished,update-completed,done,importfinished",
            ),
            (
                Failed,
                "failed,failed ,fail,FAILURE,cancelled,canceled,CANCELED,sync_failed,syncFailed,syncfailed,failed_sync",
            ),
            (Failed, "error,aborted,timed_out,timeout,update failed,FetchFailed,timedOut"),
            (
                Active,
                "scheduled,started,running,importing,canceling,cancelling,in_progress,IN PROGRESS,pending,waiting,queued",
            ),
            (Active, "syncing,synchronising,sync_started,finishing,failed_retrying,retry,success_pending,updating"),
            (Never, "none,NONE,never,never_synced"),
            (Unknown, ",synced,Erledigt,not_finished,unfinished,unsuccessful,partially_finished,finished_with_errors"),
            (Unknown, "fertig,ok,success_failed,not_started,5,未知,ing,incomplete,uncompleted,undone"),
        ] {
            for word in words.split(',') {
                assert_eq!(Word::of(Some(word)), expected, "{word:?}");
            }
        }
        assert_eq!(Word::of(None), Unknown);
    }
}
