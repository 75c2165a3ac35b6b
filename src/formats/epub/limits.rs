//! How large a book may be. Whoever reaches one of these is told which.

/// How many files an archive holds at most.
pub const ENTRIES: u64 = 20_000;
/// Bytes of one file, counted while it is unpacked: what an archive says of sizes may be a lie.
pub const ENTRY: u64 = 32 << 20;
/// Bytes of all files that are read of one book, counted in the same way.
pub const BOOK: u64 = 256 << 20;
/// A file that is larger than a megabyte takes at least this share of that in the archive. Deflate makes a thousandth of
/// nothing but zeros, and no less than a tenth of prose.
pub const RATIO: u64 = 250;
/// From how many bytes on the ratio counts.
pub const RATIO_FROM: u64 = 1 << 20;
/// Longer names are not looked up.
pub const NAME: usize = 1024;
/// How deep elements are nested in the XML files of a book.
pub const DEPTH: usize = 256;
/// How deep the contents are nested; what lies deeper counts as this deep.
pub const NESTING: u8 = 32;
/// How many parts a book has, and lines its contents.
pub const PARTS: usize = 20_000;
/// How many facts a book tells of itself.
pub const FACTS: usize = 2_000;
