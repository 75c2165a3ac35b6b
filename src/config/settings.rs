//! The settings outside `[keys]`: each with its table, its name and what it takes.

use std::ops::RangeInclusive;
use std::time::Duration;

use toml::de::DeValue;

use super::kinds::Kinds;
use super::theme::ThemeName;
use super::{Beginning, Config, Sort};
use crate::model::near::nearest;

/// One setting of the configuration.
pub(super) struct Setting {
    /// The table it stands in.
    pub table: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// Sets it; else tells what it must be.
    pub set: fn(&mut Config, &DeValue) -> Result<(), String>,
}

/// Every setting outside `[keys]`.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        table: "library",
        name: "folder",
        set: |config, value| folder(value).map(|folder| config.folder = folder),
    },
    Setting {
        table: "library",
        name: "sort",
        set: |config, value| orders(value).map(|sort| config.sort = sort),
    },
    Setting {
        table: "library",
        name: "group",
        set: |config, value| yes_or_no(value).map(|group| config.group = group),
    },
    Setting {
        table: "library",
        name: "start",
        set: |config, value| one_of(value, &Beginning::NAMES).map(|start| config.start = start),
    },
    Setting {
        table: "reading",
        name: "measure",
        set: |config, value| whole(value, 20..=200).map(|measure| config.measure = measure),
    },
    Setting {
        table: "reading",
        name: "seen_after",
        set: |config, value| seconds(value).map(|time| config.seen_after = time),
    },
    Setting {
        table: "look",
        name: "theme",
        set: |config, value| one_of(value, &ThemeName::NAMES).map(|theme| config.theme = theme),
    },
    Setting {
        table: "look",
        name: "ascii",
        set: |config, value| yes_or_no(value).map(|ascii| config.ascii = ascii),
    },
    Setting {
        table: "look",
        name: "contents",
        set: |config, value| yes_or_no(value).map(|shown| config.contents = shown),
    },
    Setting {
        table: "look",
        name: "contents_width",
        set: |config, value| whole(value, 16..=60).map(|width| config.contents_width = width),
    },
    Setting {
        table: "look",
        name: "status",
        set: |config, value| yes_or_no(value).map(|shown| config.status = shown),
    },
    Setting {
        table: "bookmarks",
        name: "template",
        set: |config, value| folder(value).map(|path| config.template = path),
    },
    Setting {
        table: "bookmarks",
        name: "kinds",
        set: |config, value| Kinds::read(value).map(|kinds| config.kinds = kinds),
    },
    Setting {
        table: "bookmarks",
        name: "resurface",
        set: |config, value| whole(value, 0..=9).map(|count| config.resurface = count),
    },
    Setting {
        table: "mouse",
        name: "enabled",
        set: |config, value| yes_or_no(value).map(|enabled| config.mouse = enabled),
    },
];

/// A value as a mistake shows it: `the text "wide"`.
pub(super) fn shown(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => {
            let mut head: String = text.chars().take(40).collect();
            if head.len() < text.len() {
                head.push('…');
            }
            format!("the text \"{head}\"")
        }
        DeValue::Integer(number) => format!("{number}"),
        DeValue::Float(number) => format!("{number}"),
        DeValue::Boolean(value) => format!("{value}"),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// One of some names, as text.
pub(super) fn one_of<T: Copy>(value: &DeValue, names: &[(&str, T)]) -> Result<T, String> {
    let found = value
        .as_str()
        .and_then(|text| names.iter().find(|(name, _)| *name == text));
    if let Some((_, named)) = found {
        return Ok(*named);
    }
    let listed: Vec<String> = names
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let (last, first) = listed
        .split_last()
        .map_or(("", [].as_slice()), |(l, f)| (l.as_str(), f));
    let meant = value
        .as_str()
        .and_then(|text| nearest(text, names.iter().map(|(name, _)| *name)));
    let meant = meant.map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"));
    Err(format!(
        "must be {} or {last}, not {}{meant}",
        first.join(", "),
        shown(value)
    ))
}

/// One order, or several.
fn orders(value: &DeValue) -> Result<Vec<Sort>, String> {
    let DeValue::Array(several) = value else {
        return Ok(vec![one_of(value, &Sort::NAMES)?]);
    };
    let mut orders: Vec<Sort> = Vec::new();
    for order in several {
        let order = one_of(order.get_ref(), &Sort::NAMES)?;
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    if orders.is_empty() {
        return Err("must name at least one order".to_owned());
    }
    Ok(orders)
}

fn whole(value: &DeValue, range: RangeInclusive<u16>) -> Result<u16, String> {
    let number = value.as_integer();
    let number = number.and_then(|n| u16::from_str_radix(n.as_str(), n.radix()).ok());
    number
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            let (from, to) = (range.start(), range.end());
            format!(
                "must be a whole number from {from} to {to}, not {}",
                shown(value)
            )
        })
}

fn seconds(value: &DeValue) -> Result<Duration, String> {
    let number: Option<f64> = match value {
        DeValue::Float(number) => number.as_str().parse().ok(),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        _ => None,
    };
    let number = number.filter(|number| (0.0..=60.0).contains(number));
    number.map(Duration::from_secs_f64).ok_or_else(|| {
        format!(
            "must be a number of seconds from 0 to 60, not {}",
            shown(value)
        )
    })
}

fn yes_or_no(value: &DeValue) -> Result<bool, String> {
    value
        .as_bool()
        .ok_or_else(|| format!("must be true or false, not {}", shown(value)))
}

fn folder(value: &DeValue) -> Result<String, String> {
    let text = value.as_str().filter(|text| {
        text.is_empty() || *text == "~" || text.starts_with('/') || text.starts_with("~/")
    });
    text.map(str::to_owned).ok_or_else(|| {
        format!(
            "must be a path that begins with `/` or `~/`, or empty, not {}",
            shown(value)
        )
    })
}
