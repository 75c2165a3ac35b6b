//! Seeing to the index: what it holds, whether it is whole, making it anew.

use std::path::Path;

use anyhow::Result;

use super::Library;
use super::file::shown;
use crate::store::{self, Access, Store, StoreError, Summary};

impl Library {
    /// Where the index lies; it may not be there yet.
    pub fn index_path(&self) -> &Path {
        self.index.path()
    }

    /// What the index holds; `None` when there is none yet.
    ///
    /// # Errors
    /// When it cannot be read: why, in one line.
    pub fn index_summary(&self) -> Result<Option<Summary>> {
        self.look_into_index(Store::summary)
    }

    /// What is wrong with the index, one line each; `None` when there is none yet. Looks at every page of it.
    ///
    /// # Errors
    /// When it is not ours, or cannot be looked at: why, in one line.
    pub fn check_index(&self) -> Result<Option<Vec<String>>> {
        match self.look_into_index(|store, _| store.check()) {
            Err(error) if error.downcast_ref() == Some(&StoreError::Damaged) => {
                Ok(Some(vec!["the index is damaged".to_owned()]))
            }
            other => other,
        }
    }

    /// Removes the index, to make it anew. One that is not ours stays.
    ///
    /// # Errors
    /// When it is not ours, or cannot be removed: why, in one line.
    pub fn forget_index(&self) -> Result<()> {
        let path = self.index.path();
        if path.symlink_metadata().is_err() {
            return Ok(());
        }
        store::remove(path).map_err(|error| self.could_not("remove", error))
    }

    fn look_into_index<T>(
        &self,
        look: impl FnOnce(&Store, &Path) -> Result<T, StoreError>,
    ) -> Result<Option<T>> {
        let path = self.index.path();
        if path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let looked = Store::open(path, Access::Read).and_then(|store| look(&store, path));
        looked
            .map(Some)
            .map_err(|error| self.could_not("read", error))
    }

    fn could_not(&self, what: &str, error: StoreError) -> anyhow::Error {
        let path = shown(self.index.path());
        anyhow::Error::new(error).context(format!("could not {what} the index `{path}`"))
    }
}
