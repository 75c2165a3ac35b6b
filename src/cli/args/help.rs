//! What the long help of commands says below their options: what they print, and how they end.

/// Below the options of the command of this name.
pub const SHOW: &str = "\
With --format markdown: CommonMark with tables and footnotes, one paragraph a line, and front matter in YAML
(title, author, date, language, url, tags). Read again, it has the same headings and the same text. Where a
reader might guess the headings otherwise, the front matter says `structure: marked`: then liseuse guesses
none.

With --format json, one object:
  title     the article's title; empty when it has none
  byline    who wrote it, or null
  date      when, as the text has it, or null
  language  ISO 639-1 code, or null
  url       where it was published, or null
  tags      what it was filed under
  sections  as in `liseuse outline --json`
  blocks    the text in reading order; each with
    kind    title, heading, paragraph, item, quote, code, verse, byline, caption, image, row, footnote,
            rule or noise
    level   of a heading, 1 is the highest; of an item how deep it is, 0 is outermost; not for others
    quotes  how many quotes it stands in
    lists   how many items of lists it stands in, its own not counted
    line    its line in the file, from 1; 0 when the format has no lines
    text    its text; the cells of a row are parted by tabs, the lines of code and verse by newlines
    marks   styled stretches, by where they start; they may overlap. Each with
      start, end  the first character and the one after the last, counted in Unicode code points from 0
      kind        emphasis, strong, code, strikethrough, link or image
      target      of a link or image: where it leads; `#name` is one of the anchors
  tables    each with
    start, end  the first of its rows and the block after the last, counted in blocks from 0
    heads       how many rows at the top name the columns
    aligns      how the columns are set: start, center or end
  anchors   places that links lead to; each with name, block and start

Noise is left out without --all.";

/// Below the options of the command of this name.
pub const OUTLINE: &str = "\
With --json, one object:
  title     the article's title; empty when it has none
  language  ISO 639-1 code, or null
  sections  the headings in reading order; each with
    title   the heading
    level   1 is the highest
    line    the line of the heading in the file, from 1; 0 when the format has no lines
    words   how many words stand under it, up to the next heading of any level

With --all, each section also has
  kind      heading, opening (the text before the first heading) or stretch (of a text without
            headings; its title is its first words)

The text before the first heading is no section without --all. Without --json it has the number 0, and a
text without headings is shown in stretches with their first words.

With --corrections --json, an array of objects in the order in which it was said:
  role      what you said that it is: title, heading, text (no heading, and of the article) or noise
  level     of a heading, else null
  exact     the words of the paragraph
  prefix    up to 64 characters before it
  suffix    up to 64 characters after it
  section   the title of the section that held it
  found     whether it is still in the text; a correction that is not found changes nothing
  in_force  whether it was found, and nothing that you said later contradicts it
  line      the line of the file on which it begins, or null when it is not found
  made      when you said it, in milliseconds since 1970";

/// Below the options of the command of this name.
pub const LINKS: &str = "\
With --json, an array of objects in reading order:
  number   as in the text, from 1
  text     the words that are the link; of a picture what it shows
  target   where it leads, as the article has it
  kind     web, mail, anchor (a place in the article), file, or refused (never opened)
  image    whether it is a picture
  url      what the browser would be given, or null
  host     its host, beyond ASCII in punycode; of a mail to whom it goes; or null
  warnings what should be known before it is opened, or why it is refused
  section  the title of the section that holds it, empty when it is in none
  line     the line of its paragraph in the file, from 1; 0 when the format has no lines";

/// Below the options of the command of this name.
pub const LIST: &str = "\
The arguments are read as one query, in the language of docs/search.md; words are looked for in titles, authors and
folders. An argument that is there as a file or folder, or is written as a path (./news), lists what is in it instead of
the library. Put -- before a query that begins with -: `liseuse list -- -is:read`.

With --json, an array of objects in the order of the list; with --jsonl, one object a line as they are found:
  id         who the article is; stays when the file is moved
  path       the file
  folder     the subfolder of the library that holds it, empty at the top
  title      its title
  author     who wrote it, or null
  language   ISO 639-1 code, or null
  minutes    reading time, at least 1
  modified   when the file last changed, in milliseconds since 1970
  state      unread, begun or read
  percent    how far you are: 0 when unread, 100 when read
  bookmarks  how many passages of it are bookmarked
  missing    whether its file is gone";

/// Below the options of the command of this name.
pub const SEARCH: &str = "\
Without --json, each article is followed by its hits; a note of yours begins with `note:`. With --json, an array of
objects, the best article first and its hits one behind the other:
  article   an object: id, path and title of the article
  section   the title of the section, empty before the first heading
  block     the block of the text that has the words, from 0 …
  offset    … and the byte in it, as they were when the article was indexed
  text      the words with some of what stands around them
  hits      where in that text the words are: pairs of byte offsets
  in_note   whether the text is that of a note of yours";

/// Below the options of the command of this name.
pub const INDEX: &str = "\
The index holds what can be worked out again from the articles: their list and their words. It may be deleted at any
time. Without options, the folders are looked through as at each start, and what is new is read.";

/// Below the options of the command of this name.
pub const BOOKMARKS: &str = "\
With --json, an array of objects, the newest bookmark first:
  id           which bookmark
  article      an object: id, path and title of the article; author, date and url as its text gives them, or null
  section      the title of the section that held the passage
  above        the titles of the sections in which that section stood, the outermost first
  text         the passage
  prefix       up to 64 characters before it
  suffix       up to 64 characters after it
  kind         what it was highlighted as, by the name in the configuration; null for a plain bookmark
  kind_number  the number of that kind, from 1, or null
  tags         the words it is filed under
  note         what you wrote to it, empty when nothing
  letter       the letter it can be jumped to with, or null
  loose        whether its words are not looked for any more: they were lost, and you keep them as a note
  state        in_place, moved or changed as its words are found in the text, lost when they are not; null when they
               are not looked for: it is loose, or the file is gone
  link         the address that leads to the passage on the web page (#:~:text=), or null
  added        when it was made, in milliseconds since 1970

With --format jsonld, an AnnotationCollection of the W3C Web Annotation model with one annotation for each, its
motivation highlighting, or commenting where there is a note. The passage is a TextQuoteSelector, and where the
file is there and holds it also a TextPositionSelector, in characters of the text as `liseuse show --all` has its
paragraphs, each ended by one newline. Note, kind and tags are bodies with the purposes commenting, classifying and
tagging. `liseuse import` takes all of it back.

With --format org, an outline by article and section with a headline for each passage: tags stand at its end, with
_ for what Org allows in none, and the kind is a property.

With --format csv, the names are Highlight, Title, Author, URL, Note, Location (in characters of the text), Date,
Section, Link, Path, Id, Prefix, Suffix, Tags (between commas), Kind, Above (between ` > `) and Loose (yes or
nothing). In front of a cell that a spreadsheet would take for a formula stands an apostrophe.

A template for --format markdown is text with placeholders:
  {title} {author} {date} {url} {path}  of the article
  {quote} {note} {letter} {added}       of the bookmark; added is the day, as 2026-11-23
  {section} {sections}                  the section that held it; with those above it, as Lamps › Oil
  {kind} {sign} {tags}                  what it was highlighted as, and the sign of that; its tags, as #sea #salt
  {loose}                               that it is no longer in the text, where it is loose
  {link}                                the address of the passage on the web page
  {id}                                  which bookmark
  {{ and }}                             braces
A line with placeholders that are all empty is left out, and of several empty lines one stays. What stands before a
placeholder in its line is repeated before each line of its value: `> {quote}`. What is above a line `{each}` is
printed once for each article, what is below for each bookmark. Unless another is given or configured:
  # {title}

  {author}
  {date}
  {url}

  {each}
  > {quote}

  {note}

  {sign} {kind}
  {tags}
  {loose}
  *{sections}*
  {added}
  {link}";

/// Below the options of the command of this name.
pub const IMPORT: &str = "\
A passage is kept with the article that it is from: the one with the same id, or else the same address, title or
file. Where its words are not found in the text any more, it is listed among the bookmarks that were lost, with its
words. Passages of articles that are not here are told and not kept: put the article into the library and import the
file again. What is here already is not taken in twice, however often a file is imported.

Of an annotation, bodies with the purpose tagging are tags, with a space as _, and one with the purpose classifying
is the kind, if the configuration has one of that name; else it becomes a tag, so that nothing is lost. What liseuse
printed has the number of the kind, which goes before its name.

Of a table the first line names the columns. Known are, in any order and case:
  Highlight                     the passage; needed
  Title, Book Title             the article's title
  URL, Source URL               its address
  Note                          your note
  Tags                          its tags, between commas
  Kind                          its kind by name or number; one that there is not becomes a tag
  Highlighted at, Date          when it was made: 2026-11-23, or 2026-11-23 19:20:00+00:00
  Prefix, Suffix, Section, Above, Loose, Path, Id
Others are left out.

Exit codes: 0 all is here now, 1 there is no passage in the file, 2 some could not be taken in.";

/// Below the options of the command of this name.
pub const CHECK: &str = "\
Exit codes: 0 every line could be read, 1 there is no journal yet, 2 some lines or files could not be read. A line
that a later version wrote, of a kind that this one does not know, is told and is no mistake, and so is a clock that
went wrong: what is dated later counts.

With --json, an array of objects, one for each file:
  name         the file
  own          whether this machine writes it
  bytes        its size
  lines        how many lines it has, empty ones left out
  facts        how many of them could be read
  first, last  when the first and the last fact were written, in milliseconds since 1970, or null
  remarks      an array of objects: line (from 1), and what: torn, unknown, too_long, backwards (dated before a line
               above), ahead (dated more than a day after now) or foreign (another machine's)
  spare_lines  how many lines compacting would leave out
  spare_bytes  … and how many bytes";

/// Below the options of the command of this name.
pub const COMPACT: &str = "\
Left out are the lines that later ones of the same file make void: all but the last place in an article, bookmarks
that were changed since. Whatever other machines bring, all adds up to the same as before. Lines that this version
cannot read stay as they are. The new file is complete on the disk before it takes the old one's place, and programs
that have the journal open go on with it. The files of other machines are never written: run it there.";

/// Below the options of the command of this name.
pub const CHANGES: &str = "\
Below the heading of its section, a line for each paragraph: `+` is new, `-` was removed, `~` has changed, in the notation of wdiff:
`[-what was removed-]{+what was added+}`. What was seen on the screen long enough counts as read; what was not is
told again. The earlier text is kept beside the index, as long as there is room; it may be deleted at any time.

With --json, one object:
  new, changed, removed  how many paragraphs there are of each
  changes  in the order of the text; each with
    what     new, changed or removed
    section  the heading it stands under; empty when there is none
    text     the paragraph as it is, or null
    before   the paragraph as it was, or null: it is new, or its earlier text was not kept

Exit codes: 0 something has changed, 1 nothing has, or you have not read the article yet.";
