//! The programs, as they are.

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    codearts_repo_bench::run()
}
