//! Where liseuse keeps things, and reading the reader's file.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Config, Mistake};

/// A configuration file that is longer than this is no configuration file.
const MAX_BYTES: u64 = 1024 * 1024;

/// Places that the reader asked for on the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// The folder of the journal.
    pub state: Option<PathBuf>,
    /// The folder of articles.
    pub library: Option<PathBuf>,
    /// The file of the index.
    pub index: Option<PathBuf>,
}

/// Where liseuse keeps things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The reader's configuration file; it need not exist, unless it was asked for.
    pub config: PathBuf,
    /// Whether the reader asked for this configuration file on the command line, so that it must exist.
    pub is_config_asked: bool,
    /// The folder of the journal.
    pub state: PathBuf,
    /// The file of the index.
    pub index: PathBuf,
    library: Option<PathBuf>,
    usual_library: PathBuf,
    home: Option<PathBuf>,
}

impl Paths {
    /// The paths that were asked for, or else told by the environment of this program.
    pub fn of_environment(asked: Asked) -> Self {
        Self::new(asked, |name| match name {
            "HOME" => etcetera::home_dir().ok().map(PathBuf::into_os_string),
            name => std::env::var_os(name),
        })
    }

    /// The paths that were asked for, or else named by `LISEUSE_CONFIG`, `LISEUSE_STATE`, `LISEUSE_LIBRARY` and
    /// `LISEUSE_INDEX`, or else
    /// those of the XDG base directory specification. `variable` looks a variable of the environment up.
    pub fn new(asked: Asked, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let named = |name: &str| variable(name).filter(|value| !value.is_empty());
        let home = named("HOME").map(PathBuf::from);
        let base = |name: &str, usual: &str| {
            // the specification: a relative path in these variables is to be ignored
            let set = named(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute());
            let base = set.or_else(|| home.as_ref().map(|home| home.join(usual)));
            base.unwrap_or_else(|| PathBuf::from(".")).join("liseuse")
        };
        let is_config_asked = asked.config.is_some();
        let config = asked
            .config
            .or_else(|| named("LISEUSE_CONFIG").map(PathBuf::from));
        let state = asked
            .state
            .or_else(|| named("LISEUSE_STATE").map(PathBuf::from));
        let index = asked
            .index
            .or_else(|| named("LISEUSE_INDEX").map(PathBuf::from));
        Self {
            is_config_asked,
            index: index.unwrap_or_else(|| base("XDG_CACHE_HOME", ".cache").join("index.db")),
            config: config
                .unwrap_or_else(|| base("XDG_CONFIG_HOME", ".config").join("config.toml")),
            state: state.unwrap_or_else(|| base("XDG_STATE_HOME", ".local/state").join("journal")),
            library: asked
                .library
                .or_else(|| named("LISEUSE_LIBRARY").map(PathBuf::from)),
            usual_library: base("XDG_DATA_HOME", ".local/share").join("articles"),
            home,
        }
    }

    /// The folder of articles: as asked for, else as configured, else the usual one.
    pub fn library(&self, config: &Config) -> PathBuf {
        if let Some(asked) = &self.library {
            return asked.clone();
        }
        self.configured(&config.folder)
            .unwrap_or_else(|| self.usual_library.clone())
    }

    /// The file that tells what bookmarks look like as Markdown, when one is configured.
    pub fn template(&self, config: &Config) -> Option<PathBuf> {
        self.configured(&config.template)
    }

    /// A path of the configuration, which may begin with `~/`. `None` when it is empty.
    fn configured(&self, path: &str) -> Option<PathBuf> {
        let in_home = path
            .strip_prefix('~')
            .map(|rest| rest.trim_start_matches('/'));
        match (in_home, &self.home) {
            _ if path.is_empty() => None,
            (Some(rest), Some(home)) => Some(home.join(rest)),
            _ => Some(PathBuf::from(path)),
        }
    }
}

/// The configuration file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file does not exist or cannot be opened or read.
    #[error("could not read `{}`: {}", .0.display(), reason(.1))]
    Unreadable(PathBuf, io::Error),
    /// The file is too long for a configuration file.
    #[error("could not read `{}`: longer than 1 MB", .0.display())]
    TooLong(PathBuf),
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads the reader's file and lays it over the built-in one. A file that does not exist is as good as an empty one,
/// unless it was asked for.
///
/// # Errors
///
/// When there is a file that cannot be read, or the file that was asked for does not exist.
pub fn read(paths: &Paths) -> Result<(Config, Vec<Mistake>), ConfigError> {
    let path = &paths.config;
    let name = path.display().to_string();
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(why) if why.kind() == io::ErrorKind::NotFound && !paths.is_config_asked => Vec::new(),
        Err(why) => return Err(ConfigError::Unreadable(path.clone(), why)),
    };
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ConfigError::TooLong(path.clone()));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Config::load(&text, &name),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let what = "this is not UTF-8; nothing of the file was taken";
            (Config::builtin(), vec![Mistake::at(&name, &text, at, what)])
        }
    })
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(asked: Asked, variables: &[(&str, &str)]) -> Paths {
        Paths::new(asked, |name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_usual_paths_are_those_of_xdg() {
        let config = Config::builtin();
        let usual = paths(Asked::default(), &[("HOME", "/home/ana")]);
        assert_eq!(
            usual.config,
            Path::new("/home/ana/.config/liseuse/config.toml")
        );
        assert_eq!(
            usual.state,
            Path::new("/home/ana/.local/state/liseuse/journal")
        );
        assert_eq!(usual.index, Path::new("/home/ana/.cache/liseuse/index.db"));
        assert_eq!(
            usual.library(&config),
            Path::new("/home/ana/.local/share/liseuse/articles")
        );
        assert!(!usual.is_config_asked);

        let variables = [
            ("HOME", "/h"),
            ("XDG_CONFIG_HOME", "/c"),
            ("XDG_STATE_HOME", "relative"),
            ("XDG_DATA_HOME", ""),
        ];
        let set = paths(Asked::default(), &variables);
        assert_eq!(set.config, Path::new("/c/liseuse/config.toml"));
        assert_eq!(set.state, Path::new("/h/.local/state/liseuse/journal"));
        assert_eq!(
            set.library(&config),
            Path::new("/h/.local/share/liseuse/articles")
        );
    }

    #[test]
    fn flags_go_before_variables_and_variables_before_the_file() {
        let (config, _) = Config::load("[library]\nfolder = \"~/read\"", "");
        let variables = [
            ("HOME", "/h"),
            ("LISEUSE_CONFIG", "/v/c.toml"),
            ("LISEUSE_STATE", "/v/s"),
            ("LISEUSE_LIBRARY", "/v/l"),
            ("LISEUSE_INDEX", "/v/i"),
        ];
        let by_variable = paths(Asked::default(), &variables);
        assert_eq!(by_variable.config, Path::new("/v/c.toml"));
        assert_eq!(by_variable.state, Path::new("/v/s"));
        assert_eq!(by_variable.index, Path::new("/v/i"));
        assert_eq!(by_variable.library(&config), Path::new("/v/l"));
        assert!(!by_variable.is_config_asked);

        let flag = |name: &str| Some(PathBuf::from(name));
        let asked = Asked {
            config: flag("c"),
            state: flag("s"),
            library: flag("l"),
            index: flag("i"),
        };
        let by_flag = paths(asked, &variables);
        assert_eq!(by_flag.config, Path::new("c"));
        assert_eq!(by_flag.state, Path::new("s"));
        assert_eq!(by_flag.index, Path::new("i"));
        assert_eq!(by_flag.library(&config), Path::new("l"));
    }

    #[test]
    fn a_tilde_in_the_folder_is_the_home() {
        let usual = paths(Asked::default(), &[("HOME", "/h")]);
        let library = |folder: &str| {
            let text = format!("[library]\nfolder = \"{folder}\"");
            let (config, mistakes) = Config::load(&text, "");
            assert_eq!(mistakes, []);
            usual.library(&config)
        };
        assert_eq!(library("~/a b"), Path::new("/h/a b"));
        assert_eq!(library("~"), Path::new("/h"));
        assert_eq!(library("/srv/news"), Path::new("/srv/news"));
    }

    #[test]
    fn a_file_must_exist_only_when_it_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        let mut paths = paths(
            Asked {
                config: Some(path.clone()),
                ..Asked::default()
            },
            &[],
        );
        let told = read(&paths).unwrap_err().to_string();
        assert_eq!(
            told,
            format!("could not read `{}`: no such file", path.display())
        );
        paths.is_config_asked = false;
        assert_eq!(read(&paths).unwrap().0, Config::builtin());

        std::fs::write(&path, b"[look]\nascii = true # caf\xe9").unwrap();
        let (config, mistakes) = read(&paths).unwrap();
        assert_eq!(config, Config::builtin());
        assert_eq!((mistakes[0].line, mistakes[0].column), (2, 19));
    }
}
