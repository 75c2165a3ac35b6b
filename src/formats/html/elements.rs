//! What elements are to a reader: seen or not, in a line or not.

use super::picture;
use super::tree::{Id, Tree};

/// Whether an element's class says that it is what stands under a picture.
pub fn is_called_caption(tree: &Tree, id: Id) -> bool {
    let is_caption = |class: &str| {
        let class = class.to_ascii_lowercase();
        class.ends_with("caption")
            || class.ends_with("caption-text")
            || class.ends_with("caption__text")
    };
    let class = tree.attribute(id, "class");
    // a picture with its caption may be called so as well
    class.is_some_and(|class| class.split_whitespace().any(is_caption))
        && !tree.all(id).take(40).any(|node| tree.name(node) == "img")
}

/// Elements that nobody sees.
pub fn is_hidden(tree: &Tree, id: Id) -> bool {
    let name = tree.name(id);
    if name == "button" {
        // a heading that opens and closes what is under it
        return !tree
            .ancestors(id)
            .take(2)
            .any(|up| is_heading(tree.name(up)));
    }
    if matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "title"
            | "meta"
            | "link"
            | "base"
            | "input"
            | "select"
            | "textarea"
            | "option"
            | "datalist"
            | "svg"
            | "canvas"
            | "rp"
            | "map"
            | "area"
            | "param"
            | "source"
            | "track"
            | "dialog"
            | "noframes"
            | "applet"
            | "frameset"
            | "progress"
            | "meter"
    ) {
        return !(name == "dialog" && tree.has(id, "open"));
    }
    if name == "noscript" {
        return !picture::is_stand_in(tree, id);
    }
    if tree.has(id, "hidden")
        || tree
            .attribute(id, "aria-hidden")
            .is_some_and(|v| v.eq_ignore_ascii_case("true") && name != "img")
    {
        // of a formula, the part that is hidden from those who listen is what others see
        return name != "math";
    }
    tree.attribute(id, "style").is_some_and(is_style_of_nothing)
}

fn is_style_of_nothing(style: &str) -> bool {
    if !style.contains(['d', 'D', 'v', 'V']) {
        return false;
    }
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    style.split(';').any(|rule| {
        matches!(
            rule.trim_end_matches("!important"),
            "display:none" | "visibility:hidden"
        )
    })
}

/// Whether an element is a heading by its name.
pub fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements that do not end a paragraph.
pub fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "" | "a"
            | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "math"
            | "nobr"
            | "noscript"
            | "picture"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "mi"
            | "mn"
            | "mo"
            | "mrow"
            | "msub"
            | "msup"
            | "mfrac"
            | "msqrt"
            | "mtext"
            | "semantics"
            | "annotation"
    )
}
