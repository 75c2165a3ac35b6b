//! Where links lead.

use url::Url;

use super::walk::Page;

/// Where a link leads: `#name` within the article, else as absolute as can be told. `None` for what is no link.
pub fn target(page: &Page, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href == "#" {
        return None;
    }
    let scheme = href
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    if matches!(
        scheme.as_deref(),
        Some("javascript" | "data" | "vbscript" | "blob")
    ) {
        return None;
    }
    if href.starts_with('#') {
        return Some(href.to_owned());
    }
    let Some(url) = page
        .base
        .map_or_else(|| Url::parse(href), |base| base.join(href))
        .ok()
    else {
        return Some(href.to_owned());
    };
    if let (Some(own), Some(fragment)) = (page.own, url.fragment())
        && is_same_page(own, &url)
    {
        return Some(format!("#{fragment}"));
    }
    Some(url.to_string())
}

fn is_same_page(one: &Url, other: &Url) -> bool {
    one.host_str() == other.host_str() && one.path() == other.path() && one.query() == other.query()
}
