//! Abbreviations, and the words that tell whether a sentence is over behind one, by language.

/// What is known of a language. Words are parted by spaces; those with a small letter stand for themselves with a capital
/// too, and none has its last full stop.
pub struct Row {
    /// ISO 639-1.
    pub code: &'static str,
    /// A sentence goes on behind them.
    pub leads: &'static str,
    /// They lead, and are words of other languages: they count only where the language is known.
    pub own: &'static str,
    /// It goes on before a number.
    pub numbers: &'static str,
    /// It goes on if no word follows that starts sentences.
    pub either: &'static str,
    /// It is over, though the word looks like one of the others.
    pub ends: &'static str,
    /// Words that start sentences and are hardly ever parts of names.
    pub starters: &'static str,
}

const NONE: Row = Row {
    code: "",
    leads: "",
    own: "",
    numbers: "",
    either: "",
    ends: "",
    starters: "",
};

/// The first row holds for every language, if that has no other word on it.
pub const ROWS: &[Row] = &[
    Row {
        leads: "Dr Drs Prof Mr Mrs Ms Messrs St Mt Mgr vs cf Th Ch Chr Ph e.g i.e feat",
        numbers: "no nr nos p pp vol vols fig figs art ch chap sec par ca tel op ed",
        either: "et al Inc Ltd Corp Co Jr Sr Bros Ph.D",
        ..NONE
    },
    Row {
        code: "en",
        leads: "Gov Gen Sen Rep Reps Sens Rev Hon Pres Capt Cmdr Col Maj Lt Sgt Cpl Pvt Adm Ft Supt Det Insp Fr Msgr \
            Pte Brig Lieut Cllr viz approx esp incl",
        own: "Sr Dept Univ Assn Asst Assoc Atty Prop Pt Mlle Mme M",
        numbers: "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec ver para pt est bk",
        either: "Ave Blvd Rd Hwy Pkwy Mass Conn Calif Fla Ariz Colo Wash Tex Penn Pa Va Ga Ill Mich Minn Wis Mo Tenn \
            Ky Okla Ore Nev Md Del Esq Dist Cos Bldg Ctr",
        starters: "The A An This That These Those There Here He She It They We You I His Her Its Their Our My Your In On At \
            By For From With Without Of To As If When While Where What Who Why How Which But And Or So Yet Nor Not No \
            Yes Now Then Once Some Many Most All Both Each Every Few Several Other Others Another After Before \
            Since During Because Although Though However Still Also Even Just Only Perhaps Meanwhile Moreover \
            Instead Today Yesterday Under Over Through Between Among Despite According Until Is Are Was Were Do \
            Does Did Has Have Had Can Could Would Should Will Let Please Nothing Everything Someone Such",
        ..NONE
    },
    Row {
        code: "fr",
        leads: "art arts MM Mme Mmes Mlle Mlles Mgr Ste Pr p.ex c.-à-d c.à.d cf av apr coll dir éd env fol hab ill réf trad bd \
            boul dép ndlr vx lat",
        own: "M MM sq s Me ex anc abrév",
        numbers: "t v chap fig pp n liv sect tél janv févr juil sept oct nov déc vers col ann al",
        either: "J.-C",
        ends: "etc",
        starters: "Le La Les L' Un Une Des Du De Il Elle Ils Elles On Nous Vous Je J' Tu Ce C' Cet Cette Ces Ceci Cela Ça Son Sa \
            Ses Leur Leurs Mon Ma Mes Notre Nos Mais Et Ou Or Donc Car Si S' En Dans Sur Sous Pour Par Avec Sans Après \
            Avant Depuis Pendant Quand Lorsque Lorsqu' Comme Que Qu' Qui Quoi Où Pourquoi Comment À A Au Aux Y Pas Non \
            Oui Plus Tout Tous Toutes Toute Certains D' Selon Ainsi Alors Aussi Puis Ensuite Enfin Cependant Pourtant \
            Toutefois Néanmoins Bien Chaque Plusieurs Aujourd' Entre Chez Contre Malgré Même N' Ni Ne Voici Voilà",
    },
    Row {
        code: "de",
        leads: "Anm Az Beschl Urt z.B d.h bzw ca vgl sog Hr Hrn Fr Dipl Ing Mag Lic Priv Hl evtl ggf inkl exkl zzgl bspw insb i.d.R u.U z.T z.Zt \
            v.a m.E o.g u.a s.o s.u i.e Gebr geb gest verh röm kath ev lat griech dt engl franz ital span russ amerik frz \
            österr schweiz bayer hess einschl abzgl gem lt geg Hptm Ltn Gen Bgm Ass Dres",
        own: "Abt",
        numbers: "Nr Nrn Bd Bde Abs Art Abb Tab Kap Aufl Ziff Rn Rz S Jg H Sp Z Abschn Tel Hausnr Nummer Jan Feb Aug Sept Okt \
            Nov Dez Std zit seit lfd mind max min Kl Mt Ps",
        either: "Mio Mrd Mill Jh Jhd v.Chr n.Chr Chr Str Min Std",
        ends: "usw usf etc o.ä o.Ä u.ä u.Ä u.dgl m.w e.V",
        starters: "Der Die Das Den Dem Des Ein Eine Einer Eines Einen Einem Er Sie Es Ich Wir Ihr Man Wer Was Wie Wo Wann Warum \
            Weshalb Wenn Als Ob Dass Weil Da Damit Dabei Dazu Daher Deshalb Deswegen Dann Danach Davor Dort Dies Diese \
            Dieser Dieses Diesen Diesem Jede Jeder Jedes Jene Sein Seine Seinen Seiner Ihre Ihren Ihrer Unser Unsere Mein \
            Meine Im In Ins An Am Ans Auf Aus Bei Beim Mit Nach Von Vom Vor Zu Zum Zur Für Durch Gegen Ohne Um Unter Über \
            Zwischen Während Wegen Trotz Seit Bis Aber Und Oder Doch Denn Sondern Auch So Nun Jetzt Heute Gestern Morgen \
            Noch Nur Schon Sogar Hier Nicht Kein Keine Alle Alles Viele Einige Manche Andere Beide Zudem Außerdem \
            Allerdings Jedoch Dennoch Trotzdem Später Zuvor Zuletzt Zunächst Insgesamt Laut Bereits Ebenso Sollte Hat Ist \
            Sind War Waren Wird Werden Wurde Wurden Kann Können Welche Welcher Welches Daran Darauf Daraus Darin Darum \
            Davon Dafür Dagegen Dadurch Hinzu Vielleicht Natürlich Immer Nie Wieder",
    },
    Row {
        code: "es",
        leads: "Abg Sra Srta Sres Sras Dra Dres Dña p.ej núm pág págs art arts cap tel Excmo Excma Ilmo Ilma Lic Arq Gral Cnel \
            Tte Profa Sto Sta Avda Fco Mª Rvdo Hnos Cía dpto admón",
        own: "EE FF Sr D Ud Uds Vd Vds Av Ing Cap Ave ej aprox máx mín",
        numbers: "vol fig n s",
        either: "EE.UU FF.AA a.C d.C S.A S.L",
        ends: "etc",
        starters: "El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Nosotros Usted En Con Por Para Sin Sobre Según Desde \
            Hasta Entre Tras Ante Bajo Contra De Del Al A Y E O Pero Mas Sino Aunque Porque Pues Si Cuando Como Donde \
            Mientras Que Quien Qué Quién Cómo Cuándo Dónde Este Esta Estos Estas Esto Ese Esa Eso Esos Esas Aquel Su Sus \
            Mi Mis Nuestro Nuestra Se Le Les Me Nos No Sí Ni Ya Hoy Ayer Ahora Entonces Luego Después Antes También \
            Además Así Más Muy Todo Todos Todas Cada Otro Otra Otros Es Son Era Fue Hay Ha Han Sólo Solo Durante Además",
    },
    Row {
        code: "it",
        leads: "sig sigg sig.ra sig.na dott dott.ssa prof.ssa avv geom rag mons cav comm p.es cfr pag pagg artt tel S.E egr \
            gent spett ill.mo",
        own: "on sen ing arch card cap es ca dr nn",
        numbers: "n art vol fig sez",
        either: "a.C d.C S.p.A S.r.l",
        ends: "ecc etc",
        starters: "Il Lo La I Gli Le L' Un Uno Una Un' Lui Lei Loro Noi Voi Io Egli Ella Essi In Nel Nella Nei Nelle Nell' Su Sul \
            Sulla Con Per Da Dal Dalla Dai Di Del Della Dei Delle Dell' A Al Alla Ai Alle All' Tra Fra Senza Secondo Dopo \
            Prima Durante Ma E Ed O Oppure Però Se Quando Come Dove Perché Che Chi Cosa Quale Questo Questa Questi Queste \
            Quello Quella Quel Quei Suo Sua Suoi Sue Non Sì Si Ci Vi Ora Oggi Ieri Poi Allora Così Anche Ancora Già Più \
            Tutto Tutti Tutte Ogni Alcuni Molti È Era Sono Ha Hanno Infatti Inoltre Tuttavia Quindi Dunque Solo",
    },
    Row {
        code: "pt",
        leads: "Sra Srta Sres Dra Dras Profa Profª Exmo Exma Ilmo Ilma Eng Arq p.ex pág págs art arts núm Sta Sto Cel Gal Des \
            Gov Pe Fr Av aprox séc tel",
        own: "Sr Srs D Dep Sen Min Cap Ten Maj Gen R ex máx mín",
        numbers: "vol fig n",
        either: "a.C d.C S.A Cia Ltda",
        ends: "etc",
        starters: "O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Nós Você Vocês Em No Na Nos Nas Com Por Pelo Pela Para Sem Sobre \
            Segundo Desde Até Entre Após De Do Da Dos Das Ao À Aos E Ou Mas Porém Se Quando Como Onde Enquanto Porque Que \
            Quem Qual Este Esta Estes Isto Esse Essa Isso Aquele Aquela Seu Sua Seus Suas Meu Minha Não Sim Nem Já Hoje \
            Ontem Agora Então Depois Antes Também Além Assim Mais Muito Todo Todos Todas Cada Outro Outra É São Era Foi \
            Há Apenas Durante",
    },
    Row {
        code: "nl",
        leads: "bijv d.w.z o.a m.a.w i.p.v t.o.v m.b.t o.l.v i.v.m c.q m.n z.g zgn dhr mevr mw drs mr dr ir prof incl excl resp \
            vgl Jhr a.u.b t.a.v n.a.v o.i.d",
        own: "bv nl ing ds ca st min max",
        numbers: "nr blz art jl afb hfst dl pag",
        either: "v.Chr n.Chr mln mld",
        ends: "enz e.d e.a m.m op",
        starters: "De Het Een Hij Zij Ze Ik Wij We Jij Je Dit Dat Deze Die Daar Er In Op Aan Bij Met Na Naar Over Door Voor Van Uit Te \
            Om Tot Onder Tussen Tijdens Sinds Volgens Zonder Maar En Of Want Dus Als Toen Terwijl Wanneer Omdat Hoewel \
            Hoe Wat Wie Waar Waarom Zijn Haar Hun Onze Mijn Ook Nog Nu Dan Al Zo Niet Geen Alle Veel Sommige Andere Daarom \
            Daarna Daarnaast Vandaag Gisteren Toch Echter Bovendien Is Was Heeft Volgens",
    },
    Row {
        code: "sv",
        leads: "t.ex bl.a d.v.s dvs s.k f.d fr.o.m t.o.m p.g.a resp jfr jmf inkl exkl ev dr doc kungl S:t e.d",
        own: "prof ca ung",
        numbers: "nr kl sid s tel",
        either: "f.Kr e.Kr",
        ends: "osv o.s.v etc m.m m.fl",
        starters: "Den Det De En Ett Han Hon Vi Jag Du Ni Man I På Av Med Till Från För Vid Om Efter Under Över Mellan Utan Enligt \
            Men Och Eller Så När Då Där Här Som Hur Vad Vem Varför Detta Denna Dessa Hans Hennes Deras Sin Nu Sedan Också \
            Även Inte Alla Många Några Idag Är Var Har",
    },
    Row {
        code: "da",
        leads: "f.eks bl.a d.v.s dvs p.g.a pga ca hr fr dr prof cand iflg jf inkl ekskl evt resp Skt kgl i.f.m m.h.t",
        own: "lic mag",
        numbers: "nr kl kr s bd art tlf pkt stk",
        either: "f.Kr e.Kr mio mia",
        ends: "osv o.s.v etc m.m m.fl m.v mv o.l",
        starters: "Den Det De En Et Han Hun Vi Jeg Du I Man På Af Med Til Fra For Ved Om Efter Under Over Mellem Uden Ifølge Men Og Eller \
            Så Når Da Der Her Som Hvordan Hvad Hvem Hvorfor Hvis Dette Denne Disse Hans Hendes Deres Nu Siden Også Ikke \
            Alle Mange Nogle Er Var Har",
    },
    Row {
        code: "no",
        leads: "f.eks bl.a d.v.s dvs p.g.a pga ca hr dr prof cand iht jf jfr inkl ekskl evt resp St kgl ifm",
        own: "fr lic mag",
        numbers: "nr kl kr s bd art tlf pkt",
        either: "f.Kr e.Kr mill mrd",
        ends: "osv o.s.v etc m.m m.fl mv o.l",
        starters: "Den Det De En Et Ei Han Hun Vi Jeg Du I Man På Av Med Til Fra For Ved Om Etter Under Over Mellom Uten Ifølge Men Og \
            Eller Så Når Da Der Her Som Hvordan Hva Hvem Hvorfor Hvis Dette Denne Disse Hans Hennes Deres Nå Siden Også \
            Ikke Alle Mange Noen Er Var Har",
    },
    Row {
        code: "fi",
        leads: "esim ks ns vrt toim prof tri maist fil huom",
        own: "mm n s",
        numbers: "nro klo puh",
        either: "eKr jKr e.Kr j.Kr",
        ends: "jne yms tms ym",
        starters: "Se Hän He Me Minä Sinä Tämä Nämä Ne Tuo Mutta Ja Tai Kun Jos Koska Kuitenkin Myös Nyt Sitten Siellä Täällä Miten \
            Mitä Miksi Kuka Ei On Oli",
    },
    Row {
        code: "cs",
        leads: "např tzv tj mj tzn resp popř příp prof doc dr MUDr JUDr PhDr RNDr MVDr PaedDr ThDr Ing Mgr Bc sv gen plk pplk \
            mjr kpt por npor cca srov red čes něm angl lat",
        own: "ul nám",
        numbers: "č čís str s r hod tel odst písm sv obr",
        either: "mil mld tis př.n.l n.l Kč",
        ends: "atd apod aj",
        starters: "Ten Ta To Ti Ty On Ona Oni Já My Vy V Ve Na Za Z Ze Do Od Po Pro Při Před Pod Nad S Se K Ke O U Ale A I Nebo Že Když Kdy \
            Kde Kdo Co Jak Proč Jako Pokud Protože Tento Tato Toto Tyto Jeho Její Jejich Podle Také Už Však Ne Není Je Jsou \
            Byl Byla Dnes Nyní Potom Pak",
    },
    Row {
        code: "sk",
        leads: "napr tzv tj resp príp prof doc dr MUDr JUDr PhDr RNDr Ing Mgr Bc sv gen plk mjr kpt cca",
        numbers: "č čís str s r hod tel ods písm obr",
        own: "ul nám",
        either: "mil mld tis",
        ends: "atď apod a.i",
        starters: "Ten Tá To Tí On Ona Oni Ja My Vy V Vo Na Za Z Zo Do Od Po Pre Pri Pred Pod Nad S So Sa K Ku O U Ale A I Alebo Že Keď Kde \
            Kto Čo Ako Prečo Pokiaľ Tento Táto Toto Jeho Jej Ich Podľa Tiež Už Však Nie Je Sú Bol Bola Dnes Teraz Potom",
    },
    Row {
        code: "pl",
        leads: "np tzw tj m.in prof św bł ks abp bp kard inż mgr hab gen płk ppłk mjr kpt por ul al os woj pow gm tzn ww pt zob \
            por wg dot ang niem łac franc ros",
        own: "im dr pl red lek min max św",
        numbers: "nr str ok godz art ust pkt rys tel poz r t s",
        either: "tys mln mld p.n.e n.e",
        ends: "itd itp",
        starters: "Ten Ta To Ci Te On Ona Ono Oni Ja My Wy W We Na Za Z Ze Do Od Po Dla Przy Przed Pod Nad O U Ale A I Lub Że Gdy Kiedy Gdzie Kto \
            Co Jak Dlaczego Jeśli Ponieważ Jego Jej Ich Według Także Też Już Jednak Nie Jest Są Był Była Było Dziś Teraz \
            Potem Następnie Po Podczas Tam Tak Tu Się",
    },
    Row {
        code: "ru",
        leads: "т.е т.к т.н т.ч и.о им ул просп пр пер пл бул наб проф акад доц св тов гр обл напр ср см стр рис табл гл ред изд \
            пос дер оз гос мин канд ген полк подп кап ст ин англ нем фр лат греч букв",
        own: "д с р о",
        numbers: "п пп т ч кв корп тел ок илл вып №",
        either: "г гг в вв н.э тыс млн млрд руб коп долл",
        ends: "т.д т.п др пр",
        starters: "Он Она Оно Они Я Мы Вы Ты В Во На За Из С Со До От По Для При Перед Под Над О Об У К Ко Но А И Или Что Чтобы Когда Где Кто Как \
            Почему Если Хотя Потому Поэтому Этот Эта Это Эти Тот Та То Те Его Её Ее Их Также Уже Однако Не Нет Ни Был Была Было \
            Были Сегодня Теперь Затем Потом Тогда Там Здесь После Согласно Среди Между Через Без Так Все Всё Свой",
    },
    Row {
        code: "uk",
        leads: "т.зв т.ч ім вул просп пров пл бул проф акад доц св обл напр див стор рис табл гл ред вид с смт о",
        own: "д м ст",
        numbers: "п т ч кв корп тел бл",
        either: "р рр ст н.е тис млн млрд грн",
        ends: "т.д т.п ін",
        starters: "Він Вона Воно Вони Я Ми Ви Ти В У На За Із З Зі До Від По Для При Перед Під Над О Об К Але А І Й Та Або Що Щоб Коли Де Хто Як \
            Чому Якщо Хоча Тому Цей Ця Це Ці Той Його Її Їх Також Вже Однак Не Ні Був Була Було Були Сьогодні Тепер Потім Тоді \
            Там Тут Після Згідно Серед Між Через Без Так Усі Все",
    },
    Row {
        code: "bg",
        leads: "т.е т.нар напр ул бул пл проф акад доц св инж арх ген полк вж срв",
        numbers: "с стр бр т чл ал кв тел",
        either: "г гг в пр.н.е хил млн млрд лв",
        ends: "т.н др и.др",
        starters: "Той Тя То Те Аз Ние Вие В Във На За От До По С Със При Пред Под Над О Но А И Или Че Когато Къде Кой Как Защо Ако Този Тази \
            Това Тези Неговият Според Също Вече Обаче Не Е Беше Са Днес Сега После След",
        ..NONE
    },
    Row {
        code: "el",
        leads: "π.χ δηλ κ κα κκ δρ καθ βλ πρβλ λ.χ αγ",
        numbers: "αρ σελ τηλ τόμ εκδ",
        either: "π.μ μ.μ π.Χ μ.Χ εκ χιλ",
        ends: "κ.λπ κλπ κτλ κ.ά κ.τ.λ κ.α",
        starters: "Ο Η Το Οι Τα Τον Την Του Της Των Ένας Μια Μία Ένα Αυτός Αυτή Αυτό Στο Στη Στην Στον Στις Στα Με Για Από Σε Και Αλλά Ή Αν \
            Όταν Όπου Πώς Γιατί Τι Ποιος Ότι Δεν Θα Να Είναι Ήταν Σήμερα Τώρα Μετά Πριν",
        ..NONE
    },
    Row {
        code: "hu",
        leads: "ún prof ill kb vö özv ifj id Szt gr br dr",
        own: "pl ld",
        numbers: "sz tel o old",
        either: "Kr i.e i.sz",
        ends: "stb",
        starters: "A Az Egy Ez Azt Ezt Ő Ők Mi Én De És Vagy Ha Amikor Mert Hogy Nem Is Most Majd Aztán Itt Ott Hol Ki Mit Miért",
    },
    Row {
        code: "ro",
        leads: "dl dna dr prof ing av gen col lt sf bd str jud com de.ex",
        own: "ex dvs",
        numbers: "nr pag art alin vol cap fig",
        either: "î.Hr d.Hr mil mld",
        ends: "etc ș.a",
        starters: "El Ea Ei Ele Eu Noi Voi Un O În La Pe Cu De Din Pentru Prin Despre Fără După Dar Și Sau Dacă Când Unde Cine Ce Cum Acest \
            Această Acesta Aceasta Nu Este Era A Au Astăzi Acum Apoi",
    },
    Row {
        code: "tr",
        leads: "Doç Yrd Öğr Gör Sn Av Alb Gen Cad Sok Mah Hz bkz örn Ord Uzm",
        numbers: "no s sf tel cilt",
        either: "M.Ö M.S",
        ends: "vs vb vd",
        starters: "Bu O Şu Bir Biz Siz Ben Sen Onlar Ve Ama Fakat Ancak Çünkü Eğer Ne Nasıl Neden Kim Nerede Daha Her Bugün Şimdi Sonra Önce \
            İlk Son Yine Artık Böylece",
        ..NONE
    },
    Row {
        code: "hr",
        leads: "npr tzv tj prof dr mr sv gđa gđica ing akad ul usp",
        own: "god st min",
        numbers: "br str čl sl tel",
        either: "g pr.Kr tis mil",
        ends: "itd itsl i.sl dr",
        starters: "On Ona Ono Oni Ja Mi Vi U Na Za Iz S Sa Do Od Po Pri Pred Pod Nad O Ali A I Ili Da Kad Gdje Tko Što Kako Zašto Ako Ovaj Ova \
            Ovo Taj Ta To Njegov Prema Također Već Međutim Ne Nije Je Su Bio Bila Danas Sada Zatim Nakon",
    },
    Row {
        code: "ca",
        leads: "Sra Srta Dra p.ex pàg pàgs núm Gral Excm Avda",
        own: "Sr St Sta Av ex",
        numbers: "vol fig cap art",
        either: "a.C d.C EUA EE.UU",
        ends: "etc",
        starters: "El La Els Les L' Un Una Ell Ella Ells Jo En Amb Per Sense Sobre Segons Des Fins Entre De Del Al A I O Però Si Quan Com On Que \
            Qui Aquest Aquesta Això Seva Seu No Sí Ja Avui Ara Després També A més És Són Era",
    },
    Row {
        code: "id",
        leads: "HR Ir Drs Hj Jl Jln Kol Kec Kab Yth",
        numbers: "hlm hal",
        ends: "dll dkk dsb dst",
        starters: "Ia Dia Mereka Kami Kita Saya Ini Itu Di Ke Dari Dengan Untuk Pada Oleh Dan Atau Tetapi Namun Jika Ketika Karena Apa Siapa \
            Bagaimana Tidak Ada Sekarang Setelah Sebelum Para Sebuah",
        ..NONE
    },
    Row {
        code: "hi",
        leads: "डॉ श्री प्रो मो सं पं कु",
        ..NONE
    },
];

/// What is counted in German with a figure and a full stop, and written with a capital.
pub const GERMAN_COUNTED: &str = "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jan Feb Jän Apr \
    Jun Jul Aug Sept Sep Okt Nov Dez Jahrhundert Jahrhunderts Jahrhunderte Jahrhunderten Jahrtausend Jahrtausends Jh Jhd \
    Weltkrieg Weltkriegs Weltkrieges Geburtstag Geburtstags Jahrestag Todestag Lebensjahr Lebensjahres Klasse Liga Bundesliga \
    Mal Minute Spielminute Runde Platz Rang Spieltag Spieltags Stock Stockwerk Etage Semester Auflage Bezirk Stunde Tag Woche \
    Monat Quartal Halbjahr Kapitel Band Teil Staffel Folge Etappe Bataillon Armee Division Kompanie Infanterie";

/// Words before a figure that make it an ordinal in German.
pub const GERMAN_BEFORE_ORDINALS: &str = "der die das den dem des ein eine einen einem einer eines am im vom zum zur beim ins ans jeder jede jedes \
    jeden jedem sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer dieser diese dieses diesen diesem unser unsere mein \
    meine meinen";

/// Languages that write ordinals as a figure or a Roman number with a full stop.
pub const WITH_ORDINALS: &[&str] = &["cs", "da", "de", "fi", "hr", "hu", "no", "pl", "sk", "tr"];

/// Other codes of the languages in the table.
pub const SAME: &[(&str, &str)] = &[
    ("be", "ru"),
    ("bs", "hr"),
    ("gl", "pt"),
    ("lb", "de"),
    ("ms", "id"),
    ("nb", "no"),
    ("nn", "no"),
    ("sl", "hr"),
    ("sr", "hr"),
];
