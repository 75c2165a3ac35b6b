//! The text of an article as the reader last had it, kept so that it can be told what is new in it.

/// The text as the reader last had it: a hash of each of its blocks, noise left out, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// The hashes.
    pub blocks: Vec<u32>,
}
