-- The first schema. All of it can be worked out again from the files; nothing of the reader's is in it.

-- Folders as the system knows them, without links, so that one index serves however they were come to.
CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    -- 1 where something was mounted when it was looked into: while it is not, the folder seems to be empty
    mounted INTEGER NOT NULL DEFAULT 0
);

-- Links to folders that a scan of a root followed: what lies behind them is listed where the link is.
CREATE TABLE links (
    root BLOB NOT NULL,
    below BLOB NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (root, below)
) WITHOUT ROWID;

-- Which liseuse read the files: another one may see other titles and sections in them.
CREATE TABLE made (
    version TEXT NOT NULL
);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folders (id),
    name BLOB NOT NULL,
    -- what the file looked like when it was read: bytes, nanoseconds since 1970, inode, nanoseconds since 1970
    size INTEGER NOT NULL,
    written INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    looked INTEGER NOT NULL,
    -- what it tells
    content TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    language TEXT,
    minutes INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    -- 1 when its text can be searched, 0 when that is still to come, 2 when it is too long
    text INTEGER NOT NULL DEFAULT 0,
    -- how many rows of `words` are its
    sections INTEGER NOT NULL DEFAULT 0,
    UNIQUE (folder, name)
);

-- The first screenful in each order must not read the rest.
CREATE INDEX articles_newest ON articles (folder, modified DESC);
CREATE INDEX articles_title ON articles (folder, title COLLATE NOCASE);
CREATE INDEX articles_minutes ON articles (folder, minutes);
CREATE INDEX articles_waiting ON articles (id) WHERE text = 0;

-- The words of each section. A row's id is the article's times 65536 plus the number of the section. Letters are folded
-- and scripts without spaces cut into pairs before they get here (`store::words`), so the tokenizer has little to do.
-- The text itself is not in it: `passages` has it in less. Neither are beginnings of words (`prefix`): measured, they
-- would make it two and a half times as large, and are found fast enough without.
CREATE VIRTUAL TABLE words USING fts5 (
    title, author, heading, above, body,
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co'"
);

-- More words are gathered before they are written, in bytes: fewer pieces have to be merged when a library is new.
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);

-- The text of sections that follow one another, deflated, to show the words found with what stands around them. A row's
-- id is that of its first section in `words`.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    text BLOB NOT NULL
);
