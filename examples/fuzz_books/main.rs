//! Looks for books and bytes that cannot be taken: `cargo run --release --example fuzz_books -- decode|epub SECONDS [SEED]`.
//!
//! A book's files are changed and packed, or its archive is; bytes of many encodings are cut and mixed. A panic, a control
//! character in a text, an anchor that leads nowhere or five seconds for one input ends the program with code 1; the input
//! is left in a file that is named. Runs on stable Rust, and with the same seed in the same way.

use std::fs;
use std::io::{Cursor, Write};
use std::panic;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use liseuse::formats::decode::{Encoding, Told, decode, whole_characters};
use liseuse::formats::{self, Format};
use liseuse::model::document::Document;
use liseuse::model::outline::Outline;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// So long may one input take; the program may not be optimised, and the machine busy.
const SLOW: Duration = Duration::from_secs(5);

/// The files of a book that is as it should be.
const FILES: &[(&str, &str)] = &[
    ("mimetype", "application/epub+zip"),
    (
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path=\"O/b.opf\" media-type=\"x\"/></rootfiles></container>",
    ),
    (
        "META-INF/encryption.xml",
        "<encryption><EncryptedData><EncryptionMethod Algorithm=\"http://www.idpf.org/2008/embedding\"/>\
         <CipherData><CipherReference URI=\"O/f.otf\"/></CipherData></EncryptedData></encryption>",
    ),
    (
        "O/b.opf",
        "<package version=\"3.0\"><metadata><dc:title id=\"t\">The Ice</dc:title><meta refines=\"#t\" \
         property=\"title-type\">main</meta><dc:creator opf:role=\"aut\">Jane</dc:creator><dc:language>en</dc:language>\
         </metadata><manifest><item id=\"n\" href=\"n.xhtml\" properties=\"nav\"/><item id=\"x\" href=\"t.ncx\" \
         media-type=\"application/x-dtbncx+xml\"/><item id=\"a\" href=\"a.xhtml\"/><item id=\"b\" href=\"b%2exhtml\"/>\
         </manifest><spine toc=\"x\"><itemref idref=\"a\"/><itemref idref=\"b\" linear=\"no\"/><itemref idref=\"q\"/></spine>\
         </package>",
    ),
    (
        "O/n.xhtml",
        "<html><body><nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml\">One</a><ol><li><a href=\"a.xhtml#p\">In \
         one</a></li></ol></li><li><span>Part</span><ol><li><a href=\"../O/b.xhtml#q\">Two &amp; more</a></li></ol></li>\
         </ol></nav></body></html>",
    ),
    (
        "O/t.ncx",
        "<ncx><navMap><navPoint><navLabel><text>One</text></navLabel><content src=\"a.xhtml\"/><navPoint><navLabel>\
         <text>In</text></navLabel><content src=\"b.xhtml#q\"/></navPoint></navPoint></navMap></ncx>",
    ),
    (
        "O/a.xhtml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><html><body><h1>One</h1><p>First <a href=\"b.xhtml#q\">link</a>.</p>\
         <p id=\"p\">In one</p><table id=\"t\"><tr><th>a</th></tr><tr><td id=\"c\">b</td></tr></table></body></html>",
    ),
    (
        "O/b.xhtml",
        "<html><body><h2 id=\"q\">2</h2><h3>Two</h3><p>Second <a epub:type=\"noteref\" href=\"#n\">1</a>.</p>\
         <aside epub:type=\"footnote\" id=\"n\"><p>1. Note</p></aside><img src=\"../i.png\" alt=\"x\"/></body></html>",
    ),
];

/// Pieces that mean something somewhere.
const PIECES: &[&str] = &[
    "<",
    ">",
    "\"",
    "'",
    "/",
    "#",
    "%2e%2e/",
    "../",
    "&#27;",
    "&amp;",
    "&x;",
    "<ol>",
    "</ol>",
    "<li>",
    "<a href=\"a.xhtml#p\">",
    "</a>",
    "<navPoint>",
    "</navPoint>",
    "<text>",
    "<h1>",
    "</h1>",
    "<h6>",
    "<table>",
    "<td>",
    "<p id=\"p\">",
    "\u{1b}[31m",
    "\u{202e}",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
    "linear=\"no\"",
    "idref=\"a\"",
    "href=\"b.xhtml\"",
    "<itemref idref=\"b\"/>",
    "encoding=\"shift_jis\"",
    "\0",
    "PK\u{3}\u{4}",
    "PK\u{5}\u{6}",
    "PK\u{6}\u{7}",
    "PK\u{1}\u{2}",
    "é",
    "ж",
    "日本語",
    "\n",
];

/// Text in many scripts, to be encoded and cut.
const TEXTS: &[&str] = &[
    "L’été est arrivé, déjà à Noël. Cœur.\n",
    "Лёд на Байкале встаёт поздно.\n",
    "湖の氷は遅くに張る。カナ。\n",
    "바이칼 호수의 얼음은 늦게 언다.\n",
    "贝加尔湖的冰很晚才结。\n",
    "הקרח באגם מאוחר.\n",
    "plain words only\n",
    "😀 and more\n",
];
const ENCODINGS: &[&str] = &[
    "utf-8",
    "windows-1252",
    "windows-1251",
    "koi8-r",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "euc-kr",
    "gb18030",
    "big5",
    "utf-16le",
    "utf-16be",
    "windows-1255",
    "ibm866",
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let what = arguments.first().map(String::as_str);
    let make: fn(&mut Random) -> Vec<u8> = match what {
        Some("decode") => bytes,
        Some("epub") => book,
        _ => {
            eprintln!("usage: fuzz_books decode|epub SECONDS [SEED]");
            return ExitCode::from(2);
        }
    };
    let seconds = arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(60);
    let seed = arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut random = Random(seed);
    let started = Instant::now();
    let (mut tried, mut shown) = (0_u64, 0_u64);
    while started.elapsed().as_secs() < seconds {
        let input = make(&mut random);
        let begun = Instant::now();
        let looked = panic::catch_unwind(|| look(&input, what == Some("epub")));
        let looked = looked.unwrap_or_else(|_| Err("it panicked".to_owned()));
        let looked = looked.and_then(|is_shown| match begun.elapsed() {
            long if long > SLOW => Err(format!("it took {long:?}")),
            _ => Ok(is_shown),
        });
        match looked {
            Ok(is_shown) => shown += u64::from(is_shown),
            Err(why) => {
                let path = format!("fuzz-books-{seed}-{tried}");
                let written = fs::write(&path, &input);
                eprintln!(
                    "{path}: {why}{}",
                    if written.is_ok() {
                        ""
                    } else {
                        "; it could not be written"
                    }
                );
                return ExitCode::FAILURE;
            }
        }
        tried += 1;
    }
    println!("{tried} inputs in {seconds} s, {shown} of them shown, seed {seed}: nothing found");
    ExitCode::SUCCESS
}

/// Whether there was something to show.
fn look(input: &[u8], is_book: bool) -> Result<bool, String> {
    if is_book {
        let _ = formats::sample_of_book(Cursor::new(input));
        return match formats::parse(input, Format::Epub) {
            Ok(document) => is_sound(&document).map(|()| true),
            Err(error) => is_clean(&error.to_string()).map(|()| false),
        };
    }
    let whole = whole_characters(input);
    if whole > input.len() || input.len() - whole > 3 {
        return Err(format!("{whole} of {} bytes are whole", input.len()));
    }
    for told in [Told::Nowhere, Told::InMarkup] {
        let decoded = decode(input, told);
        if !input.is_empty() && decoded.text.is_empty() && input.len() > 4 {
            return Err("nothing is left".to_owned());
        }
    }
    for name in ENCODINGS {
        let encoding = Encoding::named(name).map_err(|error| error.to_string())?;
        decode(input, Told::As(encoding));
    }
    let format = Format::tell(input, "a.txt".as_ref());
    match format.and_then(|format| formats::parse(input, format)) {
        Ok(document) => is_sound(&document).map(|()| true),
        Err(error) => is_clean(&error.to_string()).map(|()| false),
    }
}

fn is_clean(text: &str) -> Result<(), String> {
    match text
        .chars()
        .find(|c| c.is_control() && *c != '\n' && *c != '\t')
    {
        Some(_) => Err(format!("a control character in {text:?}")),
        None => Ok(()),
    }
}

/// Whether a document is as its types promise.
fn is_sound(document: &Document) -> Result<(), String> {
    for block in document.blocks() {
        is_clean(&block.text)?;
        for (range, _) in &block.marks {
            if block.text.get(range.clone()).is_none_or(str::is_empty) {
                return Err(format!(
                    "a mark {range:?} that does not fit {:?}",
                    block.text
                ));
            }
        }
    }
    let is_out = |(_, position): &&(String, _)| document.clamp(*position) != *position;
    if let Some((name, _)) = document.anchors().iter().find(is_out) {
        return Err(format!("the anchor {name:?} leads nowhere"));
    }
    is_clean(&document.metadata.title)?;
    Outline::of(document);
    Ok(())
}

fn book(random: &mut Random) -> Vec<u8> {
    let mut files: Vec<(String, Vec<u8>)> = FILES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    for _ in 0..random.below(8) {
        let at = random.below(files.len());
        match random.below(8) {
            0 => {
                files.remove(at);
            }
            1 => {
                let file = files[at].clone();
                files.push(file);
            }
            2 => files[at]
                .0
                .insert_str(0, ["/", "../", "./", "\\"][random.below(4)]),
            _ => random.change(&mut files[at].1),
        }
        if files.is_empty() {
            return Vec::new();
        }
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // a name that is there already is refused by the writer, which is no matter here
        if zip.start_file(name, SimpleFileOptions::default()).is_ok() {
            let _ = zip.write_all(&bytes);
        }
    }
    let mut packed = zip.finish().map(Cursor::into_inner).unwrap_or_default();
    for _ in 0..random.below(3) {
        if random.below(2) == 0 {
            random.change(&mut packed);
        }
    }
    packed
}

fn bytes(random: &mut Random) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoding = random.below(ENCODINGS.len());
    for _ in 0..random.below(60) {
        if random.below(20) == 0 {
            encoding = random.below(ENCODINGS.len());
        }
        bytes.extend(encoded(
            TEXTS[random.below(TEXTS.len())],
            ENCODINGS[encoding],
        ));
    }
    for _ in 0..random.below(6) {
        random.change(&mut bytes);
    }
    bytes
}

fn encoded(text: &str, name: &str) -> Vec<u8> {
    match name {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let known =
                encoding_rs::Encoding::for_label(name.as_bytes()).unwrap_or(encoding_rs::UTF_8);
            known.encode(text).0.into_owned()
        }
    }
}

/// Xorshift (<https://www.jstatsoft.org/v08/i14/>): the same inputs for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.max(1);
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    /// Changes some bytes, puts a piece in, cuts, or repeats.
    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + self.below(40)).min(bytes.len());
        match self.below(7) {
            0 => bytes.truncate(at),
            1 => {
                bytes.drain(at..end);
            }
            2 => {
                let again = bytes[at..end].repeat(1 + self.below(50));
                bytes.splice(at..at, again);
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(self.below(256)).unwrap_or(0);
                }
            }
            4 => {
                let piece = PIECES[self.below(PIECES.len())].repeat(1 + self.below(300));
                bytes.splice(at..end, piece.into_bytes());
            }
            _ => {
                let piece = PIECES[self.below(PIECES.len())].as_bytes().to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}
