//! liseuse: the best place to read in a terminal.

pub mod model;

pub mod action;

pub mod formats;

pub mod layout;

pub mod config;

pub mod journal;

pub mod library;

pub mod app;

pub mod tui;

pub mod cli;
