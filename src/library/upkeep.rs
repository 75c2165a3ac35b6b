//! Looking the journal over, and making it smaller.

use anyhow::Result;

use super::Library;
use crate::journal::{self, Checked, Compacted, JournalError};

impl Library {
    /// Looks over the files of the journal, in the order of their names; those that cannot be read come with the reason.
    ///
    /// # Errors
    /// When the folder of the journal is there and cannot be read.
    pub fn check_journal(&self) -> Result<Vec<Result<Checked, JournalError>>> {
        let machine = self.machine();
        Ok(journal::check(self.state_folder(), &machine, super::now())?)
    }

    /// Leaves out of this machine's file of the journal what does not count any more.
    ///
    /// # Errors
    /// When it could not: why, in one line. The journal is whole then, too.
    pub fn compact_journal(&self) -> Result<Compacted> {
        Ok(journal::compact(self.state_folder(), &self.machine())?)
    }
}
