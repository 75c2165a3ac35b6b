//! A value that was told several times, of which the newest counts.

use std::fmt::Debug;

use super::Stamp;

/// A value of which the newest wins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Newest<T>(Option<(Stamp, T)>);

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialEq + Debug> Newest<T> {
    /// Keeps the value if it is newer. Tells whether the value is another one now.
    pub fn put(&mut self, stamp: &Stamp, value: T) -> bool {
        let Some((old_stamp, old)) = &mut self.0 else {
            self.0 = Some((stamp.clone(), value));
            return true;
        };
        let is_newer = match stamp.cmp(old_stamp) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            // only in a file changed by other hands; any order will do, if all machines take the same
            std::cmp::Ordering::Equal => *old != value && format!("{old:?}") < format!("{value:?}"),
        };
        if !is_newer {
            return false;
        }
        let is_other = *old != value;
        *old = value;
        old_stamp.clone_from(stamp);
        is_other
    }

    /// The value with its stamp.
    pub fn told(&self) -> Option<&(Stamp, T)> {
        self.0.as_ref()
    }

    /// The value.
    pub fn value(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    /// When and where it was told.
    pub fn stamp(&self) -> Option<&Stamp> {
        self.0.as_ref().map(|(stamp, _)| stamp)
    }

    /// Whether it was told then and there.
    pub fn is_of(&self, stamp: &Stamp) -> bool {
        self.stamp() == Some(stamp)
    }
}
