//! The library pane without the rest of the program: whatever comes in whatever batches, it lists what a list made at once
//! would.

use proptest::prelude::*;

use super::*;
use crate::model::article::ArticleId;

/// An article of few possible values, so that much is alike.
fn article((n, folder, title, minutes, status): (u8, u8, u8, u8, u8)) -> Article {
    let folder = ["", "a", "b/c"][usize::from(folder % 3)];
    let titles = [
        "",
        "Été",
        "a long title that begins",
        "a long title that begins alike",
    ];
    Article {
        id: ArticleId(format!("{}", n % 5)),
        path: format!("{folder}/{n}.txt").into(),
        folder: folder.to_owned(),
        title: titles[usize::from(title % 4)].to_owned(),
        author: (title % 3 > 0).then(|| titles[usize::from(title % 2 + 1)].to_owned()),
        language: None,
        minutes: u32::from(minutes % 3) + 9,
        modified: i64::from(minutes % 2),
        status: [Status::Unread, Status::Begun(3), Status::Read][usize::from(status % 3)],
        bookmarks: 0,
        last_read: i64::from(status % 2),
        missing: false,
    }
}

fn pane(sort: &[Sort], group: bool) -> LibraryPane {
    let mut config = Config::builtin();
    config.sort = sort.to_vec();
    config.group = group;
    LibraryPane::new(&config, Clock::default())
}

/// What is listed: paths in their order, and the counts.
fn listed(pane: &LibraryPane) -> (Vec<String>, Vec<usize>) {
    let rows = pane.rows.iter().filter_map(|row| pane.article(*row));
    let paths = rows.map(|a| a.path.display().to_string()).collect();
    let mut counts: Vec<usize> = pane.searches.iter().map(|counted| counted.count).collect();
    counts.extend([
        pane.counts.unread,
        pane.counts.begun,
        pane.counts.shown,
        pane.len(),
    ]);
    (paths, counts)
}

fn sorts() -> impl Strategy<Value = Vec<Sort>> {
    let one = prop::sample::select(Sort::NAMES.map(|(_, sort)| sort).to_vec());
    prop::collection::vec(one, 1..4)
}

fn batches() -> impl Strategy<Value = Vec<Vec<Article>>> {
    let one = any::<(u8, u8, u8, u8, u8)>().prop_map(article);
    prop::collection::vec(prop::collection::vec(one, 0..12), 0..8)
}

proptest! {
    #[test]
    fn batches_are_listed_as_if_they_had_come_at_once(
        batches in batches(), sort in sorts(), group: bool, gone in prop::collection::vec(any::<(u8, u8)>(), 0..6),
        filter in prop::sample::select(vec!["", "ete", "is:unread time:<10", "in:a OR title:long"]),
    ) {
        let mut pane = pane(&sort, group);
        pane.set_filter(filter);
        let mut last: Vec<Article> = Vec::new();
        for batch in batches {
            for article in &batch {
                last.retain(|other| other.path != article.path);
                last.push(article.clone());
            }
            pane.add(batch);
        }
        let gone: Vec<PathBuf> = gone
            .into_iter()
            .map(|(n, folder)| article((n, folder, 0, 0, 0)).path)
            .collect();
        pane.remove(&gone);
        last.retain(|article| !gone.contains(&article.path));
        let states: Vec<_> = (0..3)
            .map(|n| (ArticleId(n.to_string()), State { status: Status::Read, last_read: 7, ..State::default() }))
            .collect();
        pane.set_states(&states);
        for article in &mut last {
            if states.iter().any(|(id, _)| *id == article.id) {
                article.status = Status::Read;
                article.last_read = 7;
            }
        }
        pane.add(Vec::new());
        // what a change of state would hide stays until the filter is set anew
        pane.set_filter("");
        pane.set_filter(filter);
        let mut at_once = super::tests::pane(&sort, group);
        at_once.add(last);
        at_once.set_filter(filter);
        prop_assert_eq!(listed(&pane), listed(&at_once));
        pane.set_order(sort, !group);
        pane.set_order(pane.articles.sort().to_vec(), group);
        prop_assert_eq!(listed(&pane), listed(&at_once));
    }
}

#[test]
fn a_range_counts_only_what_can_be_read() {
    let mut pane = pane(&[Sort::Newest], true);
    pane.add((0..9).map(|n| article((n, n, 1, 1, 0))).collect());
    assert_eq!(pane.count_selected(), 0);
    pane.select_range();
    pane.list.choose(usize::MAX);
    assert_eq!((pane.count_selected(), pane.selected().len()), (9, 9));
    pane.select();
    assert_eq!((pane.count_selected(), pane.selected().len()), (9, 9));
    assert_eq!(pane.toggle_read().map(|change| change.does.len()), Some(9));
    assert!(!pane.has_selection());
}
