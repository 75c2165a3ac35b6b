//! The name of this machine: one file of the journal bears it.

use std::fs;

/// How many bytes of a host name are kept.
const MAX_HOST: usize = 64;

/// The host name, and six digits that tell machines of one host name apart where the system gives them an id. Only
/// letters, digits, `.`, `_` and `-`.
pub fn machine_name() -> String {
    let host = rustix::system::uname();
    let id = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(|path| fs::read(path).ok().filter(|id| !id.trim_ascii().is_empty()));
    name(&host.nodename().to_string_lossy(), id.as_deref())
}

fn name(host: &str, id: Option<&[u8]>) -> String {
    let host = clean(host);
    match id {
        Some(id) => format!("{host}-{}", &blake3::hash(id.trim_ascii()).to_hex()[..6]),
        None => host,
    }
}

/// A name that can be that of a file, and not of a hidden one.
pub fn clean(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let name: String = name
        .chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .take(MAX_HOST)
        .collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() {
        "machine".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_named_for_its_host_and_id() {
        assert_eq!(name("home.lan", None), "home.lan");
        let one = name("home", Some(b"b08dfa6083e7567a1921a715000001fb\n"));
        let other = name("home", Some(b"b08dfa6083e7567a1921a715000001fc\n"));
        assert_ne!(one, other);
        assert_eq!((one.len(), &one[..5]), (11, "home-"));
        assert_eq!(one, name("home", Some(b"b08dfa6083e7567a1921a715000001fb")));
    }

    #[test]
    fn a_machine_name_is_always_a_plain_file_name() {
        assert_eq!(name("", None), "machine");
        assert_eq!(name("../été\n", None), "__t__");
        assert_eq!(name(&"x".repeat(300), None).len(), MAX_HOST);
        assert!(!machine_name().is_empty());
    }
}
