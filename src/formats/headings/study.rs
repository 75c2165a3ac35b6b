//! A text as the trainer sees it: the same numbers and the same rules as the reader's.

use super::decide;
use super::family::{self, Second};
use super::features::{Row, Scene};
use super::forest::{Class, Forest, Votes};
use crate::formats::text::{self, Blocks};

pub use super::learned::names;

/// A text taken apart.
#[derive(Debug)]
pub struct Study {
    blocks: Blocks,
    scene: Scene,
}

/// The title and the headings of a text.
#[derive(Debug, Default)]
pub struct Answer {
    /// The text of the title; empty without one.
    pub title: String,
    /// Text, level and 1-based line of each heading.
    pub headings: Vec<(String, u8, u32)>,
}

impl Study {
    /// Takes a clean text apart.
    pub fn of(text: &str) -> Self {
        let blocks = text::blocks(text);
        let scene = Scene::new(&blocks);
        Self { blocks, scene }
    }

    /// The 1-based line on which each short block starts.
    pub fn lines(&self) -> impl Iterator<Item = u32> {
        self.scene.short.iter().map(|&i| self.blocks.blocks[i].line)
    }

    /// The numbers of the first look.
    pub fn first(&self) -> impl Iterator<Item = Row> {
        self.scene.short.iter().map(|&i| self.scene.row(i))
    }

    /// The numbers of the second look, given what the first one told.
    pub fn second(&self, votes: &[Votes]) -> Vec<family::Row> {
        let second = Second::new(&self.scene, votes);
        self.scene
            .short
            .iter()
            .zip(self.first())
            .map(|(&i, row)| second.row(i, &row))
            .collect()
    }

    /// What these forests take for title and headings.
    pub fn answer(&self, first: &Forest, second: &Forest) -> Answer {
        let decision = decide::decide_by(&self.blocks, first, second);
        let mut answer = Answer::default();
        for ((block, class), role) in self
            .blocks
            .blocks
            .iter()
            .zip(&decision.classes)
            .zip(&decision.roles)
        {
            match (class, role) {
                (Class::Title, _) => answer.title.clone_from(&block.text),
                (_, super::Role::Heading(level)) => {
                    answer
                        .headings
                        .push((block.text.clone(), *level, block.line));
                }
                _ => {}
            }
        }
        answer
    }
}
