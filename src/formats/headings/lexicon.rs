//! Words that tell something of the line they stand in, in many languages.
//!
//! Only words of the language itself: no names of sites, people or places but news agencies, which sign pictures.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::formats::letters;

/// A map from hashes, which need no hashing.
pub(super) type ByHash<T> = HashMap<u32, T, BuildHasherDefault<AsIs>>;

/// A map that has room for so many, or for the different ones of very many.
pub(super) fn by_hash<T>(count: usize) -> ByHash<T> {
    ByHash::with_capacity_and_hasher(count.min(4096), BuildHasherDefault::default())
}

/// Takes a hash as it is.
#[derive(Debug, Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, hash: u32) {
        // the map looks at the upper bits too
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// How many words of each sort a line has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cues {
    /// Articles, prepositions, conjunctions, pronouns.
    pub binding: u32,
    /// Forms of verbs that make a sentence.
    pub verbs: u32,
    /// Words that ask.
    pub asks: u32,
    /// Words of picture credits.
    pub credits: u32,
    /// Words of invitations to do something with the page.
    pub offers: u32,
}

const BINDING_BIT: u8 = 1;
const VERB_BIT: u8 = 2;
const ASK_BIT: u8 = 4;
const CREDIT_BIT: u8 = 8;
const OFFER_BIT: u8 = 16;

impl Cues {
    pub(super) fn add(&mut self, bits: u8) {
        let one = |bit: u8| u32::from(bits & bit != 0);
        self.binding += one(BINDING_BIT);
        self.verbs += one(VERB_BIT);
        self.asks += one(ASK_BIT);
        self.credits += one(CREDIT_BIT);
        self.offers += one(OFFER_BIT);
    }
}

/// FNV-1a.
pub(super) fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Writes a word in small letters, and gives its hash.
pub(super) fn small_letters(word: &str, buffer: &mut String) -> u32 {
    buffer.clear();
    letters::push_small(word, buffer);
    hash(buffer)
}

/// What a word in small letters says, as bits.
pub(super) fn cues(word: &str, hash: u32) -> u8 {
    let table = &*TABLE;
    let mut at = hash as usize % SLOTS;
    loop {
        let slot = &table[at];
        if slot.hash == hash && slot.word == word {
            return slot.bits;
        }
        if slot.word.is_empty() {
            return 0;
        }
        at = (at + 1) % SLOTS;
    }
}

const SLOTS: usize = 4096;

#[derive(Clone, Copy, Default)]
struct Slot {
    word: &'static str,
    hash: u32,
    bits: u8,
}

static TABLE: LazyLock<Vec<Slot>> = LazyLock::new(|| {
    let mut table = vec![Slot::default(); SLOTS];
    for (words, bit) in [
        (BINDING, BINDING_BIT),
        (VERBS, VERB_BIT),
        (ASKS, ASK_BIT),
        (CREDITS, CREDIT_BIT),
        (OFFERS, OFFER_BIT),
    ] {
        for word in words.split_whitespace() {
            let hash = hash(word);
            let mut at = hash as usize % SLOTS;
            while !table[at].word.is_empty() && table[at].word != word {
                at = (at + 1) % SLOTS;
            }
            let bits = table[at].bits | bit;
            table[at] = Slot { word, hash, bits };
        }
    }
    table
});

const BINDING: &str = "
the a an of to in on at for with from by as and or but nor into about over under between after before than that this these
those its his her their our your my it he she they we you i who which if when while because so not no up out off
der die das den dem des ein eine einen einem einer eines und oder aber mit von vom zu zum zur im in am an auf aus bei für gegen
über unter nach vor um durch ohne als dass daß wie wenn weil nicht kein keine sich er sie es wir ihr ich man auch noch nur
le la les l un une des du de d et ou mais avec pour par sur dans en au aux sans sous entre vers chez que qui qu ce cette ces son
sa ses leur leurs se s ne pas plus il elle ils elles on nous vous je y
el los las unos unas del al y o pero con por para sobre sin entre desde hasta como que su sus lo se no más yo este esta
o os um uma uns umas do da dos das no na nos nas ao à às e ou mas com por para pelo pela sobre sem entre que seu sua se não mais
il lo gli i uno della dello dei degli delle nel nella nei sul sulla al alla ai con per tra fra di da che e ed o ma non si suo sua
de het een en of maar met van voor door op in uit aan bij naar over te dat die dit deze niet geen zijn haar hun zich ook er
en ett det den de och eller men med av för på i om till från som att inte sig sin sitt han hon vi jag
et av for til fra på i om som at å ikke og eller men han hun seg
i w we z ze na do od o po za przez dla bez pod nad przed a lub ale oraz że nie się jest to ten ta te jak co jego jej ich
a v ve s se z ze na do od o po za k ke u pro při bez pod nad před nebo ale že ne je to ten ta jak co jeho její jejich
az egy és vagy de a hogy nem is meg ki be el fel le ez
ja tai mutta että ei se on kun jos
și sau dar cu de la în din pe pentru prin fără că nu se un o al ale lui ei
ve veya ama ile için bir bu da de den dan gibi kadar daha çok
yang dan atau di ke dari untuk dengan pada ini itu tidak oleh dalam
и в во на с со к ко от до из за по о об у для без под над при через между но или а что как не ни это его её их
и в на с от до за по и но или че да не се това като при
і й в у на з із до від за по про для але або що як не це його її їх
ο η το οι τα του της των στο στη στην στον στα και ή αλλά με για από σε ως που να δεν
و في من على إلى عن مع أو ثم لا ما هذا هذه التي الذي أن إن كما بين بعد قبل
و در به از با برای که این آن را تا یا بر نیز هم یک های
של את על אל עם או לא כי זה זו גם אם כל בין אחרי לפני
का की के में से को और या पर ने यह वह इस उस भी नहीं तो कि एक लिए साथ
및 또는 그리고 등 더 이 그 저
";

const VERBS: &str = "
is are was were be been has have had do does did will would can could should may might must says said tells told gets goes makes
made wants needs comes came went became becomes s're isn't don't doesn't won't can't
ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können konnte muss müssen soll sollen sollte will wollen
sagt sagte geht kommt macht gibt steht bleibt liegt zeigt
est sont était étaient sera seront fut ont avait avaient a peut peuvent doit doivent va vont fait dit veut
es son era eran fue fueron será ha han había hay está están puede pueden debe deben va van hace dijo tiene tienen dice
é são foi foram era eram será tem têm há está estão pode podem deve devem vai vão faz disse diz
è sono era erano fu sarà ha hanno aveva può possono deve devono va vanno fa dice
is zijn was waren wordt worden werd werden heeft hebben had kan kunnen moet moeten zal zullen gaat zegt zei
är var blir blev har hade kan ska skulle måste får säger sade er bliver blev kan skal må siger sier
jest są był była było byli będzie będą ma mają może mogą musi powiedział mówi
je jsou byl byla bylo byli bude budou má mají může mohou musí řekl říká
van volt lesz lett on oli ovat este sunt era au avea poate trebuie
был была было были будет будут есть может могут должен сказал говорит стал
е са беше бяха ще може има каза є був була було були буде може
είναι ήταν θα έχει έχουν είχε μπορεί πρέπει
كان كانت يكون هو هي قال قالت يمكن يجب است بود شد شده دارد دارند می‌شود کرد گفت باید
הוא היא היה היתה היו יש אין יכול אמר
है हैं था थी थे होगा होगी गया गई किया कहा सकता सकते सकती रहा रही रहे
";

const ASKS: &str = "
who what when where why how which whose wer was wann wo warum wieso weshalb wie welche welcher welches woher wohin
qui que quoi quand où pourquoi comment quel quelle quels quelles combien
quién qué cuándo dónde por qué cómo cuál cuáles cuánto quem quando onde porquê como qual quais quanto
chi cosa quando dove perché come quale quali wie wat wanneer waar waarom hoe welke
vem vad när var varför hur vilken vilka hvem hva hvad når hvor hvorfor hvordan hvilke
kto co kiedy gdzie dlaczego jak jaki jakie który kdo kdy kde proč jaký který
ki mi mikor hol miért hogyan milyen kuka mikä milloin missä miksi miten
cine ce când unde cum care de ce kim ne nasıl neden nerede hangi apa siapa kapan mengapa bagaimana
кто что когда где почему зачем как какой какая какие сколько хто що коли де чому як
кой какво кога къде защо как τι ποιος πότε πού γιατί πώς
من ما ماذا متى أين لماذا كيف هل چه چرا چگونه کجا آیا מי מה מתי איפה למה איך מדוע
कौन क्या कब कहाँ कहां क्यों कैसे 무엇 왜 어떻게 누가
";

const CREDITS: &str = "
photo photos foto fotos fotó photograph photographer photographs picture pictures image images imago bild bilder credit credits
crédit crédits copyright illustration illustrator graphic courtesy caption source quelle reuters ap afp dpa efe ansa getty
fig figure figura abb abbildung grafik screenshot capture artist künstler künstlerin fuente fonte bron źródło quellen sources
shutterstock istock alamy epa upi tass xinhua bloomberg unsplash adobe stock wikimedia commons imagen imagem immagine kuva obrázek
zdjęcie fot фото φωτογραφία צילום تصویر صورة عکس फोटो छवि 사진 写真 画像 图片 file screenshot handout pool
";

const OFFERS: &str = "
advertisement advertising ad ads sponsored promoted newsletter newsletters subscribe subscriber subscribers subscription sign login
log register share shares sharing tweet facebook twitter whatsapp instagram telegram linkedin pinterest youtube email e-mail print
comment comments cookie cookies privacy follow click tap download app related recommended watch listen video podcast gallery slideshow
skip menu copy link links save bookmark read more next previous
anzeige werbung abonnieren abo abonnement anmelden teilen drucken kommentare kommentar merken lesen mehr lesezeit hören weiterlesen
suite publicité abonnez abonner abonnés inscrivez partager imprimer commentaires lire aussi écouter suivez lien lecture sommaire
publicidad suscríbete suscríbase suscribirse compartir imprimir comentarios leer también escuchar síguenos enlace lectura
publicidade assine compartilhar compartilhe comentários leia também ouvir siga leitura
pubblicità abbonati iscriviti condividi commenti leggi anche ascolta lettura
advertentie abonneer delen reacties lees ook luister annons annonse annonce prenumerera dela läs också del les læs
reklama udostępnij komentarze czytaj też także sdílet reklam paylaş oku hirdetés megosztás
реклама подписаться подпишитесь поделиться читайте также комментарии إعلان اشترك شارك اقرأ آگهی اشتراک بخوانید
विज्ञापन शेयर पढ़ें 광고 구독 공유 댓글 广告 広告
";
