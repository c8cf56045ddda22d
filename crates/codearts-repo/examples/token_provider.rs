//! Takes tokens from the program that `TOKEN_COMMAND` names and that prints one, for example the tool of a vault.
//!
//! The token is kept until the service refuses it; the program is then run again.

use codearts_repo::auth::{Auth, AuthError, AuthStep, RefusedToken, TokenFuture, TokenProvider};
use codearts_repo::{Client, Region, RepositoryId, Token};
use tokio::process::Command;
use tokio::sync::Mutex;

struct Program {
    path: String,
    kept: Mutex<Option<Token>>,
}

impl Program {
    async fn run(&self) -> Result<Token, AuthError> {
        let output = Command::new(&self.path).output().await;
        let output = output.map_err(|error| AuthError::new(AuthStep::Token, error))?;
        let text = String::from_utf8_lossy(&output.stdout);
        Token::new(text.trim_end()).map_err(|error| AuthError::new(AuthStep::Token, error))
    }
}

impl TokenProvider for Program {
    fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
        Box::pin(async move {
            // The first caller runs the program; the others wait here for the same token.
            let mut kept = self.kept.lock().await;
            match kept.as_ref().filter(|token| refused.map(|refused| refused.token) != Some(*token)) {
                Some(token) => Ok(token.clone()),
                None => Ok(kept.insert(self.run().await?).clone()),
            }
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let program = Program { path: std::env::var("TOKEN_COMMAND")?, kept: Mutex::new(None) };
    let client = Client::builder().region(Region::CN_NORTH_4).auth(Auth::provider(program)).build()?;

    for number in [123, 124] {
        let job = client.start_sync(RepositoryId::try_from(number)?).send().await?;
        println!("repository {}: task {}", job.repository, job.id);
    }
    Ok(())
}
