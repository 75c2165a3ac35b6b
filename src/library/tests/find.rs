//! The article that a name means.

use std::fs;

use super::{Home, NoArticle, Status, mark_read};

#[test]
fn an_article_is_found_by_path_title_and_file_name() {
    let home = Home::with(&["sea/dunes.txt", "ferry.txt"]);
    home.write("sky/ferry.txt", "# Another ferry\n");
    let library = home.library();
    let found = |name: &str| library.find(name).map(|article| article.title);
    for name in [
        "sea/dunes.txt",
        "dunes",
        "DUNES",
        "dunes.txt",
        "about sea/dunes.txt",
    ] {
        assert_eq!(found(name).unwrap(), "About sea/dunes.txt");
    }
    let path = home.article("sky/ferry.txt");
    assert_eq!(library.find(&path).unwrap().title, "Another ferry");
    let id = library.find(&path).unwrap().id;
    assert_eq!(found(&id.0).unwrap(), "Another ferry");
    let error = found("ferry").unwrap_err().to_string();
    let (one, two) = (home.article("ferry.txt"), home.article("sky/ferry.txt"));
    let paths = format!("`{}`, `{}`", one.display(), two.display());
    assert_eq!(
        error,
        format!("`ferry` is the name of 2 articles, say which: {paths}")
    );
}

#[test]
fn a_name_that_is_none_is_told_with_the_nearest_that_is() {
    let home = Home::with(&["dunes.txt"]);
    let library = home.library();
    let error = |name: &str| library.find(name).unwrap_err();
    assert_eq!(
        error("dune").to_string(),
        "no article `dune`; did you mean `dunes`?"
    );
    assert!(error("dune").is::<NoArticle>());
    assert_eq!(error("penguins").to_string(), "no article `penguins`");
    let folder = home.at("articles");
    let expected = format!("could not read `{}`: it is a folder", folder.display());
    assert_eq!(library.find(&folder).unwrap_err().to_string(), expected);
}

#[test]
fn an_article_whose_file_is_gone_is_still_found_by_its_title() {
    let home = Home::with(&["dunes.txt"]);
    let id = mark_read(&home.library(), &home.article("dunes.txt"));
    fs::remove_file(home.article("dunes.txt")).unwrap();
    let article = home.library().find("about dunes.txt").unwrap();
    assert_eq!((article.id, article.status), (id, Status::Read));
}
