//! A journal's entries in a table beside the program's own tables.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use codearts_repo_sync::{JobStore, JournalEntry, JournalError, StoreFuture};
use rusqlite::{Connection, TransactionBehavior, params};

/// A store in a SQLite database. SQLite locks it against other processes.
#[derive(Debug, Clone)]
pub struct SqliteStore(Arc<Mutex<Connection>>);

impl SqliteStore {
    /// Opens the database, or creates it.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        // Every commit is on the disk, and one process has the database at a time.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS journal (
                 position INTEGER PRIMARY KEY,
                 repository INTEGER,
                 entry TEXT NOT NULL
             )",
        )?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs this on a thread that may block.
    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, Failure> + Send + 'static,
    ) -> StoreFuture<'_, T> {
        let connection = Arc::clone(&self.0);
        let blocking = move || work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner));
        Box::pin(async move {
            let done = tokio::task::spawn_blocking(blocking).await;
            done.map_err(|error| JournalError::Store(Box::new(error)))?.map_err(JournalError::Store)
        })
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl JobStore for SqliteStore {
    fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>> {
        self.run(|connection| {
            let mut statement = connection.prepare("SELECT entry FROM journal ORDER BY position")?;
            let texts = statement.query_map([], |row| row.get::<_, String>(0))?;
            texts.map(|text| Ok(serde_json::from_str(&text?)?)).collect()
        })
    }

    fn append(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        self.run(move |connection| insert(connection, &entries, false))
    }

    fn replace(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        self.run(move |connection| insert(connection, &entries, true))
    }
}

fn insert(connection: &mut Connection, entries: &[JournalEntry], replace: bool) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if replace {
        transaction.execute("DELETE FROM journal", [])?;
    }
    for entry in entries {
        let repository = entry.event.repository().map(|repository| repository.get());
        let text = serde_json::to_string(entry)?;
        transaction.execute("INSERT INTO journal (repository, entry) VALUES (?1, ?2)", params![repository, text])?;
    }
    transaction.commit()?;
    Ok(())
}
