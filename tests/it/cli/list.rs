//! `liseuse list` with a query.

use serde_json::Value;

use super::with_dunes;

#[test]
fn list_takes_a_query_and_files_and_folders() {
    let home = with_dunes();
    home.write("news/sea.txt", "The Sea\n\nBy Ida Holm\n\nIt is there.\n");
    home.write("other/été.txt", "L’Été\n\nIl est là.\n");
    let titles = |arguments: &[&str]| {
        let out = home.run(&[&["list"], arguments].concat());
        let titles = out
            .out
            .lines()
            .filter_map(|row| row.get(23..)?.split("  (").next());
        let mut titles: Vec<_> = titles.map(|t| t.trim().to_owned()).collect();
        titles.sort();
        (out.code, titles.join(", "))
    };
    let listed = |titles: &str| (0, titles.to_owned());
    assert_eq!(titles(&["news", "sea"]), listed("The Sea"));
    assert_eq!(
        titles(&["./news", "other", "ete", "OR", "dunes"]),
        listed("L’Été, The Dunes")
    );
    assert_eq!(titles(&["news", "-", "author:holm"]), listed("The Sea"));
    assert_eq!(
        titles(&["--from", "news", "--", "-sea"]),
        listed("The Dunes")
    );
    assert_eq!(titles(&["news", "time:>5"]), (1, String::new()));
    assert_eq!(titles(&["nothing"]), (1, String::new()));
}

#[test]
fn list_points_at_a_mistake_in_a_query() {
    let home = with_dunes();
    home.run(&["list", "news", "sea", "titel:x"]).check(
        2,
        "",
        "liseuse: no field `titel`; did you mean `title`?\n  sea titel:x\n      ^^^^^\n",
    );
    home.run(&["list", "(a"])
        .check(2, "", "liseuse: this `(` is not closed\n  (a\n  ^\n");
}

#[test]
fn list_prints_an_object_a_line() {
    let home = with_dunes();
    home.write("news/sea.txt", "The Sea\n\nIt is there.\n");
    let out = home.run(&["list", "--jsonl", "news"]).done();
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let Value::Array(mut list) =
        serde_json::from_str(&home.run(&["list", "--json", "news"]).done()).unwrap()
    else {
        panic!("no array")
    };
    list.sort_by_key(|article| article["path"].to_string());
    assert_eq!(lines, list);
}
