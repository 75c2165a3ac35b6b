//! The articles of the library pane and the order they are in. Made for a hundred thousand of them that come in batches
//! while keys are pressed: what is there already is not sorted, folded or counted again.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::model::article::{Article, ArticleId};
use crate::model::order::{self, Listed, Sort};
use crate::model::query::{Sieve, Texts};

/// Of more new articles than a so-manieth of the old ones all are sorted anew.
const FEW: usize = 4;

/// Numbers that put an article before another one where they are smaller; where they are alike, they say nothing.
type Leading = [u64; 3];

/// The articles, each with a number that stays, and the order they are listed in.
#[derive(Debug, Default)]
pub struct Articles {
    all: Vec<Article>,
    texts: Texts,
    /// What puts each article before others, as far as numbers can tell.
    leading: Vec<Leading>,
    /// The number of each article's folder.
    folder_of: Vec<u32>,
    folders: Vec<String>,
    folder_numbers: HashMap<String, u32>,
    by_path: Numbers,
    by_id: Numbers,
    /// Those that are there, as they are listed.
    order: Vec<u32>,
    /// The numbers under this one have had their place in the order.
    placed: u32,
    /// What was added or changed since the order was made.
    astray: HashSet<u32>,
    sort: Vec<Sort>,
    group: bool,
}

impl Articles {
    /// None yet, in this order, by folder or not.
    pub fn new(sort: Vec<Sort>, group: bool) -> Self {
        Self {
            sort,
            group,
            ..Self::default()
        }
    }

    /// How many are there.
    pub fn len(&self) -> usize {
        self.by_path.len
    }

    /// One more than the highest number.
    pub fn numbers(&self) -> u32 {
        u32::try_from(self.all.len()).unwrap_or(u32::MAX)
    }

    /// The article of a number.
    pub fn get(&self, number: u32) -> Option<&Article> {
        self.all.get(number as usize)
    }

    /// Whether a query asks for it.
    pub fn passes(&self, number: u32, sieve: &Sieve) -> bool {
        let i = number as usize;
        sieve.lets(&self.all[i], self.texts.get(i))
    }

    /// The numbers of those that are listed, in their order.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The number of an article's folder, and the folder's name.
    pub fn folder(&self, number: u32) -> (u32, &str) {
        let folder = self.folder_of[number as usize];
        (folder, &self.folders[folder as usize])
    }

    /// What orders them, the first one first.
    pub fn sort(&self) -> &[Sort] {
        &self.sort
    }

    /// Whether those of a folder stand together.
    pub const fn is_grouped(&self) -> bool {
        self.group
    }

    /// The number of the article at a path.
    pub fn at(&self, path: &Path) -> Option<u32> {
        self.by_path
            .of(&path.as_os_str())
            .find(|n| self.all[*n as usize].path.as_os_str() == path.as_os_str())
    }

    /// The numbers of the articles of an id: a copy has the same one.
    pub fn of_id(&self, id: &ArticleId) -> Vec<u32> {
        let numbers = self.by_id.of(id);
        numbers
            .filter(|n| self.all[*n as usize].id == *id)
            .collect()
    }

    /// Adds an article that is not there yet; its number. It is listed after [`Articles::put_in_order`].
    pub fn push(&mut self, article: Article) -> u32 {
        let number = self.numbers();
        self.by_path.add(&article.path.as_os_str(), number);
        self.by_id.add(&article.id, number);
        let author = article.author.as_deref().unwrap_or("");
        self.texts.push(&article.title, author, &article.folder);
        let folder = self.number_of_folder(&article.folder);
        self.folder_of.push(folder);
        self.all.push(article);
        self.leading.push(self.leading(number));
        self.astray.insert(number);
        number
    }

    /// Takes what is known now of the article at the same path.
    pub fn replace(&mut self, number: u32, article: Article) {
        let i = number as usize;
        let old = &self.all[i];
        if old.id != article.id {
            self.by_id.remove(&old.id, number);
            self.by_id.add(&article.id, number);
        }
        let is_told_anew = (&old.title, &old.author, &old.folder)
            != (&article.title, &article.author, &article.folder);
        if is_told_anew {
            let author = article.author.as_deref().unwrap_or("");
            self.texts
                .replace(i, &article.title, author, &article.folder);
            self.folder_of[i] = self.number_of_folder(&article.folder);
        }
        self.all[i] = article;
        self.leading[i] = self.leading(number);
        self.astray.insert(number);
    }

    /// Changes what the reader did with an article.
    pub fn change(&mut self, number: u32, change: impl FnOnce(&mut Article)) {
        change(&mut self.all[number as usize]);
        let is_moved = |sort: &Sort| matches!(sort, Sort::State | Sort::LastRead);
        if self.sort.iter().any(is_moved) {
            self.leading[number as usize] = self.leading(number);
            self.astray.insert(number);
        }
    }

    /// Takes an article away. It is listed until [`Articles::put_in_order`].
    pub fn remove(&mut self, number: u32) {
        let article = &self.all[number as usize];
        self.by_path.remove(&article.path.as_os_str(), number);
        self.by_id.remove(&article.id, number);
        self.astray.insert(number);
    }

    /// Orders them so from now on.
    pub fn set_order(&mut self, sort: Vec<Sort>, group: bool) {
        self.group = group;
        if self.sort != sort {
            self.sort = sort;
            self.leading = (0..self.numbers())
                .map(|number| self.leading(number))
                .collect();
        }
        self.gather();
        self.sort_all();
    }

    /// Puts what was added, changed or taken away where it belongs.
    pub fn put_in_order(&mut self) {
        if self.astray.is_empty() {
            return;
        }
        if self.astray.len() > self.order.len() / FEW {
            self.gather();
            self.sort_all();
            return;
        }
        let astray = std::mem::take(&mut self.astray);
        if astray.iter().any(|number| *number < self.placed) {
            self.order.retain(|number| !astray.contains(number));
        }
        self.placed = self.numbers();
        let mut astray: Vec<u32> = astray.into_iter().filter(|n| self.is_there(*n)).collect();
        astray.sort_unstable_by(|a, b| self.compare(*a, *b));
        let mut order = Vec::with_capacity(self.order.len() + astray.len());
        let mut rest = self.order.as_slice();
        for number in astray {
            let before = rest.partition_point(|other| self.compare(*other, number).is_lt());
            order.extend_from_slice(&rest[..before]);
            order.push(number);
            rest = &rest[before..];
        }
        order.extend_from_slice(rest);
        self.order = order;
    }

    /// Lists all that are there, in no order.
    fn gather(&mut self) {
        let astray = std::mem::take(&mut self.astray);
        self.placed = self.numbers();
        self.order.retain(|number| !astray.contains(number));
        let there = astray.into_iter().filter(|n| self.is_there(*n));
        let there: Vec<u32> = there.collect();
        self.order.extend(there);
    }

    fn is_there(&self, number: u32) -> bool {
        let path = self.all[number as usize].path.as_os_str();
        self.by_path.of(&path).any(|n| n == number)
    }

    fn sort_all(&mut self) {
        let mut names: Vec<usize> = (0..self.folders.len()).collect();
        names.sort_unstable_by(|a, b| self.folders[*a].cmp(&self.folders[*b]));
        let mut ranks = vec![0; names.len()];
        for (rank, folder) in (0_u32..).zip(names) {
            ranks[folder] = if self.group { rank } else { 0 };
        }
        let rank = |number: u32| ranks[self.folder_of[number as usize] as usize];
        let order = self.order.iter();
        let mut ranked: Vec<(u32, u32)> = order.map(|number| (rank(*number), *number)).collect();
        ranked.sort_unstable_by(|(x, a), (y, b)| {
            x.cmp(y).then_with(|| self.compare_in_folder(*a, *b))
        });
        self.order = ranked.into_iter().map(|(_, number)| number).collect();
    }

    /// The first two orders as numbers; of names, twice as many letters. Then the first letters of the file's name.
    fn leading(&self, number: u32) -> Leading {
        let listed = self.listed(number);
        let mut leading = Leading::default();
        let name = listed.article.path.file_name().unwrap_or_default();
        leading[2] = order::first_letters(name.as_encoded_bytes());
        match self.sort.as_slice() {
            [] => {}
            // names that begin alike are not yet alike: only behind short ones something else may decide
            [sort, rest @ ..] => {
                leading[0] = sort.leading(listed);
                if let Some(name) = sort.name(listed) {
                    let (name, rest) = (name.as_bytes(), rest.first());
                    leading[1] = order::first_letters(name.get(8..).unwrap_or_default());
                    leading[2] = match rest {
                        // longer ones come after those that end here
                        _ if name.len() > 16 => u64::MAX,
                        Some(second) => second.leading(listed).min(u64::MAX - 1),
                        None => leading[2],
                    };
                } else if let Some(second) = rest.first() {
                    leading[1] = second.leading(listed);
                    if rest.len() > 1 || second.name(listed).is_some() {
                        leading[2] = 0;
                    }
                }
            }
        }
        leading
    }

    fn compare(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let ((x, one), (y, other)) = (self.folder(a), self.folder(b));
        if self.group && x != y {
            return one.cmp(other);
        }
        self.compare_in_folder(a, b)
    }

    fn compare_in_folder(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let leading = self.leading[a as usize].cmp(&self.leading[b as usize]);
        leading.then_with(|| order::compare(&self.sort, self.listed(a), self.listed(b)))
    }

    fn listed(&self, number: u32) -> Listed<'_> {
        let i = number as usize;
        Listed {
            article: &self.all[i],
            folded: self.texts.get(i),
        }
    }

    fn number_of_folder(&mut self, folder: &str) -> u32 {
        if let Some(number) = self.folder_numbers.get(folder) {
            return *number;
        }
        let number = u32::try_from(self.folders.len()).expect("fewer folders than articles");
        self.folders.push(folder.to_owned());
        self.folder_numbers.insert(folder.to_owned(), number);
        number
    }
}

/// Numbers of articles by the hash of something of theirs; what is hashed alike is told apart by whoever asks.
#[derive(Debug, Default)]
struct Numbers {
    first: HashMap<u64, u32>,
    more: HashMap<u64, Vec<u32>>,
    len: usize,
}

impl Numbers {
    fn add(&mut self, of: &impl Hash, number: u32) {
        self.insert(hash(of), number);
    }

    fn insert(&mut self, hash: u64, number: u32) {
        self.len += 1;
        match self.first.entry(hash) {
            Entry::Vacant(free) => _ = free.insert(number),
            Entry::Occupied(_) => self.more.entry(hash).or_default().push(number),
        }
    }

    fn remove(&mut self, of: &impl Hash, number: u32) {
        let hash = hash(of);
        let mut numbers: Vec<u32> = self.first.remove(&hash).into_iter().collect();
        numbers.extend(self.more.remove(&hash).unwrap_or_default());
        self.len -= numbers.len();
        for other in numbers.into_iter().filter(|other| *other != number) {
            self.insert(hash, other);
        }
    }

    fn of(&self, of: &impl Hash) -> impl Iterator<Item = u32> + '_ {
        let hash = hash(of);
        let more = self.more.get(&hash).into_iter().flatten();
        self.first.get(&hash).into_iter().chain(more).copied()
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
