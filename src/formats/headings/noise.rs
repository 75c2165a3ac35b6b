//! Lines that web pages carry besides their article.

use crate::formats::letters;

/// No phrase takes more bytes.
const LONGEST: usize = 120;

/// Whether a line is noise. `buffer` is scratch space, so that a million lines need no million allocations.
pub(in crate::formats) fn is_noise(text: &str, buffer: &mut String) -> bool {
    if let Some((head, rest)) = split_head(text) {
        fold(head, buffer);
        let is_credit =
            CREDITS.binary_search(&buffer.as_str()).is_ok() && letters::columns(rest) <= 60;
        if is_credit || POINTERS.binary_search(&buffer.as_str()).is_ok() {
            return true;
        }
    }
    // most lines of this length are sentences, and no phrase ends as one
    if text.len() > LONGEST || (text.len() > 40 && text.ends_with(['.', '。', ','])) {
        return false;
    }
    if is_plain(text) {
        return false;
    }
    fold(text, buffer);
    let folded = buffer.as_str();
    is_phrase(folded)
        || (text.starts_with('©') && letters::columns(text) <= 60)
        || tells_reading_time(folded)
        || counts(folded)
}

/// The few words before a colon, and what follows.
fn split_head(text: &str) -> Option<(&str, &str)> {
    // U+FF1A, the wide colon, is EF BC 9A
    let wide = |bytes: &[u8]| bytes.starts_with(&[0xEF, 0xBC, 0x9A]);
    let start = &text.as_bytes()[..text.len().min(60)];
    let at = memchr::memchr2_iter(b':', 0xEF, start)
        .find(|&at| start[at] == b':' || wide(&start[at..]))?;
    let colon = if start[at] == b':' { 1 } else { 3 };
    Some((&text[..at], &text[at + colon..]))
}

/// Whether a line of plain letters cannot be noise: no phrase begins so and is so long, and it counts nothing. Most lines
/// are told by it.
fn is_plain(text: &str) -> bool {
    if !text.is_ascii() || text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let bare = text.trim_matches(is_frame);
    let first = bare.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    LENGTHS[usize::from(first)] & length_bit(bare) == 0
}

/// Whether a folded line is one of the phrases.
fn is_phrase(folded: &str) -> bool {
    let Some(&first) = folded.as_bytes().first() else {
        return false;
    };
    LENGTHS[usize::from(first)] & length_bit(folded) != 0 && PHRASES.binary_search(&folded).is_ok()
}

/// For each first byte, a bit for each length of the phrases that begin so: nearly all lines are told by it.
static LENGTHS: [u64; 256] = {
    let mut lengths = [0; 256];
    let mut i = 0;
    while i < PHRASES.len() {
        lengths[PHRASES[i].as_bytes()[0] as usize] |= length_bit(PHRASES[i]);
        i += 1;
    }
    lengths
};

const fn length_bit(text: &str) -> u64 {
    1 << (text.len() % 64)
}

/// Whether a line ends with whose picture it describes: `The bridge at night | Photo: Jane Roe`.
pub(super) fn credits_picture(text: &str) -> bool {
    let Some((before, rest)) = text.rsplit_once([':', '：']) else {
        return text.contains('©');
    };
    let word = before
        .trim_end()
        .rsplit([' ', '(', '/', '|'])
        .next()
        .unwrap_or_default();
    let mut buffer = String::new();
    fold(word, &mut buffer);
    !rest.is_empty() && CREDITS.binary_search(&buffer.as_str()).is_ok()
}

/// The text in small letters, without what frames it.
fn fold(text: &str, buffer: &mut String) {
    buffer.clear();
    let text = text.trim_matches(is_frame);
    for (i, part) in text.split('’').enumerate() {
        if i > 0 {
            buffer.push('\'');
        }
        letters::push_small(part, buffer);
    }
}

fn is_frame(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => matches!(
            c,
            ' ' | '.' | ':' | '!' | '>' | '[' | ']' | '(' | ')' | '-' | '|' | '*'
        ),
        '…' | '»' | '›' | '→' | '–' | '—' => true,
        _ => c.is_whitespace(),
    }
}

/// `5 min read`.
fn tells_reading_time(folded: &str) -> bool {
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let has_number =
        (1..=3).contains(&digits) || (!folded.is_ascii() && folded.contains(char::is_numeric));
    if folded.len() > 60 || !has_number {
        return false;
    }
    if !folded.is_ascii() && READING_TIMES.iter().any(|words| folded.contains(words)) {
        return true;
    }
    let words = || folded.split([' ', '.', ':', '-', '\u{a0}']);
    words().any(|word| MINUTES.contains(&word)) && words().any(|word| READING.contains(&word))
}

/// `12 comments`.
fn counts(folded: &str) -> bool {
    folded.split_once(' ').is_some_and(|(number, what)| {
        number
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
            && COUNTED.contains(&what)
    })
}

const COUNTED: &[&str] = &[
    "comments",
    "comment",
    "shares",
    "likes",
    "views",
    "kommentare",
    "kommentar",
    "kommentarer",
    "commentaires",
    "commentaire",
    "comentarios",
    "comentários",
    "commenti",
    "reacties",
    "комментариев",
    "комментария",
];

/// Words for minutes …
#[rustfmt::skip]
const MINUTES: &[&str] = &[
    "min", "mins", "minute", "minutes", "minuten", "minuti", "minuto", "minutos", "minuter", "minutter", "minuty", "minut", "minuuttia",
    "perc", "dakika", "dk", "мин", "минут", "минуты", "хв", "хвилин",
];
/// … and for reading, which together tell how long it takes.
#[rustfmt::skip]
const READING: &[&str] = &[
    "read", "reading", "lesezeit", "lesedauer", "lecture", "lectura", "lettura", "leitura", "leestijd", "leestid", "lezen", "läsning",
    "lästid", "læsetid", "lesetid", "lukuaika", "czytania", "čtení", "olvasás", "olvasási", "okuma", "чтения", "читать", "читання",
];
/// What tells it in scripts of other ways.
#[rustfmt::skip]
const READING_TIMES: &[&str] = &[
    "読了", "分で読め", "읽는 시간", "阅读时间", "阅读需", "阅读时长", "閱讀時間", "دقائق قراءة", "دقيقة قراءة", "דקות קריאה", "मिनट पढ़", "dakikalık okuma",
];

/// What comes before `: ` and the title of another article.
#[rustfmt::skip]
const POINTERS: &[&str] = &[
    "also read", "ana madde", "article détaillé", "articles détaillés", "articol principal",
    "artigo principal", "artikel utama", "artículo principal", "ayrıca bakınız", "ayrıca okuyun", "baca juga",
    "czytaj także", "czytaj też", "czytaj więcej", "diaporama", "don't miss", "en savoir plus",
    "further information", "further reading", "gerelateerd", "hauptartikel", "hoofdartikel", "huvudartikel",
    "katso myös", "keep reading", "lea más", "lea también", "leer también", "lees meer", "lees ook",
    "leggi anche", "leia mais", "leia também", "les også", "lesen sie auch", "lesen sie hier",
    "lesen sie mehr", "lihat pula", "lire aussi", "lire la suite", "lire également", "lue myös", "lásd még",
    "läs mer", "läs också", "læs mere", "læs også", "main article", "main articles", "mehr dazu",
    "mehr zum thema", "more on this", "notícias relacionadas", "on the same topic", "osobny artykuł",
    "read also", "read more", "read next", "recommended", "related", "related article", "related articles",
    "related stories", "related story", "scopri di più", "se også", "se även", "see also", "siehe auch",
    "sur le même sujet", "también puede leer", "te puede interesar", "vedi anche", "veja também",
    "ver también", "ver também", "vezi și", "voce principale", "voir aussi", "voir également", "véase también",
    "weiterlesen", "xem thêm", "zie ook", "zobacz też", "à lire", "à lire aussi", "à lire également",
    "ещё по теме", "основная статья", "по теме", "прочетете още", "см. также", "читайте также",
    "читайте також", "читать также", "اقرأ أيضا", "اقرأ أيضاً", "اقرأ أيضًا", "اقرأ المزيد",
    "المقالة الرئيسية", "انظر أيضا", "انظر أيضًا", "بیشتر بخوانید", "مطالب مرتبط", "مقالهٔ اصلی",
    "نوشتار اصلی", "همچنین بخوانید", "इसे भी देखें", "मुख्य लेख", "यह भी देखें", "यह भी पढ़ें", "ये भी पढ़ें",
    "संबंधित खबर", "อ่านเพิ่มเติม", "あわせて読みたい", "主条目", "主要條目", "参见", "参见条目", "另见", "延伸阅读", "相关报道", "相关阅读",
    "詳細は", "関連記事", "関連項目", "阅读更多", "같이 보기", "관련 기사", "관련기사", "본문",
];

/// What comes before `: ` and whose picture it is.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "bild", "bilder", "bildquelle", "copyright", "credit", "credits", "crédit", "crédit photo", "crédits", "foto",
    "fotograf", "fotografie", "fotos", "fotó", "fuente de la imagen", "illustration", "image", "image credit",
    "image credits", "image source", "imagem", "imagen", "immagine", "kuva", "obrázek", "photo", "photo by",
    "photo credit", "photograph", "photographer", "photos", "picture", "pictures", "zdjęcie", "φωτογραφία",
    "зображення", "изображение", "снимка", "фото", "צילום", "تصویر", "صورة", "عکس", "छवि", "फोटो", "ภาพ", "写真", "图",
    "图源", "图片", "图片来源", "画像", "사진", "이미지",
];

/// Whole lines.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "aanmelden", "abbonati", "abone ol", "abonneer", "abonnez-vous", "abonnieren", "abonnés", "accept all",
    "accept cookies", "aceptar cookies", "ad", "ad feedback", "ads", "advert", "advertentie", "advertisement",
    "advertisement - scroll to continue", "advertisement continue reading the main story", "advertising",
    "all rights reserved", "alle akzeptieren", "alle rechte vorbehalten", "alleen voor abonnees",
    "aller au contenu", "aller au contenu principal", "anmelden", "anmäl dig till vårt nyhetsbrev", "annonce",
    "annons", "annonse", "anuncio", "anzeige", "anúncio", "article continues after advertisement",
    "article continues below advertisement", "article continues below this ad", "article réservé aux abonnés",
    "artikel anhören", "artikel merken", "artikel teilen", "artikel vorlesen", "ascolta l'articolo", "assine",
    "assine nossa newsletter", "auf facebook teilen", "back to top", "bagikan", "bağlantıyı kopyala",
    "become a member", "berlangganan", "bewaar", "bewaren", "bluesky", "bookmark", "bültenimize abone olun",
    "chia sẻ", "close", "comentarios", "comment", "commentaires", "comments", "comparte", "compartilhar",
    "compartilhe", "compartir", "compartir artículo", "compartir este artículo", "condividi",
    "condividi l'articolo", "contenido exclusivo", "contents", "continue lendo", "continue reading",
    "continue reading below", "cookie settings", "copia il link", "copia link", "copiar el enlace", "copiar enlace",
    "copiar link", "copied", "copier le lien", "copy link", "copy url", "cuprins", "czytaj więcej", "daftar isi",
    "daftar newsletter", "dans cet article", "deel dit artikel", "del artikel", "del artikkelen", "del artiklen",
    "dela", "dela artikeln", "delen", "dengarkan artikel ini", "devamını oku", "drucken", "drukuj", "e-mail",
    "editor's picks", "email", "empfohlener redaktioneller inhalt", "en este artículo", "endast för prenumeranter",
    "enregistrer", "escuchar", "escuchar este artículo", "exclusivo para assinantes", "exclusivo para suscriptores",
    "exklusiv für abonnenten", "externer inhalt", "facebook", "flipboard", "for abonnenter", "for subscribers",
    "för prenumeranter", "ga naar de inhoud", "get our newsletter", "giriş yap", "guardar", "gå til indhold",
    "gå til innhold", "haberi dinle", "hirdetés", "hoppa till innehåll", "iklan", "ilan", "imprimer", "imprimir",
    "in diesem artikel", "in questo articolo", "in this article", "indholdsfortegnelse", "indice",
    "indice dei contenuti", "inhalt", "inhaltsverzeichnis", "inhoudsopgave", "iniciar sesión", "innehåll",
    "innehållsförteckning", "innholdsfortegnelse", "inscrivez-vous à notre newsletter", "instagram", "inzerce",
    "ir al contenido", "ir para o conteúdo", "iratkozzon fel hírlevelünkre", "iscriviti",
    "iscriviti alla newsletter", "iscriviti alla nostra newsletter", "içeriğe geç", "içindekiler", "jaa",
    "jaa artikkeli", "je m'abonne", "jetzt abonnieren", "join our newsletter", "kaydet", "kirjaudu", "kommentare",
    "kopieer link", "kopier lenke", "kopier link", "kopiera länk", "kopioi linkki", "kopiuj link", "kopiér link",
    "kopírovat odkaz", "kun for abonnenter", "kuuntele artikkeli", "lagre", "leave a comment", "leer más",
    "lees meer", "lees ook", "leggi anche", "leggi di più", "leggi tutto", "leia mais", "les mer", "les plus lus",
    "like", "link copied", "link kopieren", "link másolása", "linkedin", "linki kopyala", "lire aussi",
    "lire la suite", "lire plus", "listen", "listen to article", "listen to story", "listen to this article",
    "load more", "loading", "log in", "log ind", "logg inn", "logga in", "login", "lompat ke konten",
    "luister naar dit artikel", "lyssna på artikeln", "lyt til artiklen", "lytt til artikkelen", "läs mer",
    "læs mere", "mainos", "makaleyi dinle", "mastodon", "megosztás", "mehr lesen", "mehr zum thema", "meistgelesen",
    "meld deg på nyhetsbrevet", "meld deg på vårt nyhetsbrev", "meld je aan voor onze nieuwsbrief", "menu",
    "merken", "messenger", "more from this author", "more stories", "most popular", "most read", "más leídas",
    "mục lục", "na této stránce", "naar de inhoud", "neste artigo", "newsletter", "newsletter abonnieren",
    "newsletters", "nur für abonnenten", "obsah", "offrir l'article", "oglas", "on this page", "opslaan",
    "ouvir artigo", "ouvir este artigo", "partager", "partager cet article", "partager l'article", "partilhar",
    "paylaş", "per mail teilen", "pin it", "pinterest", "posłuchaj artykułu", "pouze pro předplatitele", "premium",
    "prenumerera", "prenumerera på vårt nyhetsbrev", "print", "promotion", "przejdź do treści",
    "przeskocz do treści", "pub", "pubblicità", "publicidad", "publicidade", "publicitate", "publicité",
    "pular para o conteúdo", "přejít k obsahu", "přihlásit", "přihlásit se k odběru", "quảng cáo",
    "read full story", "read more", "read more about this topic", "read the full story", "reclame", "recommended",
    "recommended for you", "recommended stories", "reddit", "register", "reklam", "reklama", "related",
    "related articles", "related stories", "riservato agli abbonati", "réservé aux abonnés", "s'abonner",
    "sadece abonelere", "salin tautan", "saltar al contenido", "saltar al contenido principal", "salva", "salvar",
    "sao chép liên kết", "sauvegarder", "save", "save article", "save for later", "save this article",
    "schrijf je in voor onze nieuwsbrief", "sdílet", "se connecter", "search", "see more", "seguir leyendo",
    "share", "share article", "share full article", "share on facebook", "share on linkedin", "share on twitter",
    "share on whatsapp", "share on x", "share this", "share this article", "share this page", "share this post",
    "share this story", "share via email", "show more", "sign in", "sign up", "sign up for our newsletter",
    "sign up for the newsletter", "sign up to our newsletter", "siirry sisältöön", "sisällysluettelo",
    "skip advertisement", "skip to content", "skip to footer", "skip to main content", "skip to navigation",
    "solo para suscriptores", "sommaire", "spara", "speichern", "spis treści", "sponsored", "sponsored content",
    "sponsored links", "sponsoriseret", "sponsorisé", "stampa", "story continues below advertisement",
    "story continues below this ad", "subscreva a nossa newsletter", "subscribe", "subscribe now",
    "subscribe to our newsletter", "subscriber only", "subscribers only", "sumario", "sumário", "suscribirse",
    "suscríbase a nuestro boletín", "suscríbete", "suscríbete a nuestra newsletter", "suscríbete a nuestro boletín",
    "tabla de contenido", "tabla de contenidos", "table des matières", "table of contents", "tallenna", "tartalom",
    "teilen", "telegram", "this article is for subscribers only", "threads", "tilaa uutiskirje",
    "tilaa uutiskirjeemme", "tilaajille", "tilmeld dig vores nyhedsbrev", "tilmeld nyhedsbrev",
    "tous droits réservés", "tout accepter", "trending", "trending now", "tweet", "twitter",
    "tylko dla prenumeratorów", "tylko dla subskrybentów", "udostępnij", "uložit", "vai al contenuto",
    "vain tilaajille", "view comments", "view gallery", "weiterlesen", "werbung", "whatsapp", "you may also like",
    "you might also like", "zaloguj się", "zapisz", "zapisz się do newslettera", "zapisz się na newsletter",
    "zum inhalt", "zum inhalt springen", "zur startseite", "à lire aussi", "écouter", "écouter l'article", "índice",
    "číst dál", "đăng ký nhận bản tin", "διαφήμιση", "κοινοποίηση", "περιεχόμενα", "войти", "зміст", "оглавление",
    "перейти до вмісту", "перейти к основному содержанию", "перейти к содержанию", "поделиться", "подписаться",
    "подписаться на рассылку", "подпишитесь на нашу рассылку", "подпишитесь на рассылку", "поділитися",
    "підписатися", "підпишіться на розсилку", "реклама", "скопировать ссылку", "скопіювати посилання",
    "слухати статтю", "слушать статью", "содержание", "сохранить", "сподели", "съдържание",
    "только для подписчиков", "увійти", "читати далі", "читать далее", "העתק קישור", "פרסומת", "שיתוף", "שתף",
    "תוכן עניינים", "آگهی", "إعلان", "استمع إلى المقال", "اشتراک‌گذاری", "اشترك", "اشترك في نشرتنا البريدية",
    "اعلان", "اقرأ المزيد", "المحتويات", "انتقل إلى المحتوى", "تبلیغات", "تخطي إلى المحتوى", "تسجيل الدخول",
    "تويتر", "جدول المحتويات", "حفظ", "شارك", "شارك المقال", "فهرست مطالب", "فيسبوك", "للمشتركين فقط", "مشاركة",
    "نسخ الرابط", "واتساب", "کپی لینک", "इस लेख को सुनें", "और पढ़ें", "केवल सदस्यों के लिए",
    "न्यूज़लेटर के लिए साइन अप करें", "फेसबुक", "मुख्य सामग्री पर जाएं", "लिंक कॉपी करें", "लॉग इन", "विज्ञापन",
    "विषय सूची", "विषयसूची", "शेयर", "शेयर करें", "सब्सक्राइब करें", "साझा करें", "सेव करें", "คัดลอกลิงก์",
    "สารบัญ", "แชร์", "โฆษณา", "この記事を聞く", "もっと見る", "コンテンツへスキップ", "シェア", "シェアする", "ツイート", "ニュースレターに登録", "ニュースレター登録",
    "フェイスブック", "メルマガ登録", "リンクをコピー", "ログイン", "仅限会员", "仅限订阅者", "会員限定", "会員限定記事", "保存", "分享", "分享文章", "印刷", "复制链接",
    "广告", "広告", "廣告", "微信", "微博", "打印", "收听本文", "收藏", "有料会員限定", "本文へスキップ", "登录", "目录", "目次", "目錄", "続きを読む", "複製連結",
    "記事を聴く", "订阅", "订阅我们的新闻邮件", "跳至内容", "跳转到主要内容", "阅读更多", "공유", "공유하기", "광고", "구독하기", "기사 공유", "기사 듣기", "뉴스레터 구독",
    "뉴스레터 구독하기", "더 보기", "더보기", "로그인", "링크 복사", "목차", "본문 바로가기", "저장", "트위터", "페이스북", "회원 전용", "회원 전용 기사",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(text: &str) -> bool {
        is_noise(text, &mut String::new())
    }

    #[test]
    fn the_lists_are_sorted_for_searching() {
        for list in [PHRASES, POINTERS, CREDITS] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn lines_of_web_pages_are_noise_in_many_languages() {
        for text in [
            "Table of Contents",
            "TABLE OF CONTENTS",
            "Sommaire",
            "目次",
            "Share",
            "Partager l’article",
            "[Share]",
            "Anzeige",
            "— Advertisement —",
            "広告",
            "Copy link",
            "2 min read",
            "4 Min. Lesezeit",
            "Temps de lecture : 3 min de lecture",
            "읽는 시간 9분",
            "Photo: Reuters",
            "Foto: Jane Roe / dpa",
            "写真：共同",
            "© 2024 Agence",
            "Read more: Something else happened",
            "Lire aussi : Autre chose",
            "Sign up for our newsletter",
            "12 comments",
            "Читайте также: другое",
        ] {
            assert!(noise(text), "{text}");
        }
    }

    #[test]
    fn headings_and_sentences_are_not() {
        for text in [
            "Share of the vote",
            "Renforcement des Accords de Coopération",
            "Was it noise?",
            "Photo: a long story about what one sees in it, told slowly and at some length",
            "12 angry men",
            "Related problems",
            "How long should you read?",
            "",
            "***",
            "1984",
        ] {
            assert!(!noise(text), "{text}");
        }
    }
}
