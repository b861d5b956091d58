/// What words are to the full stop behind them or before them, of all languages together, since texts quote each
/// other's.
///
/// Abbreviations are written in small letters and without their last stop. What ends sentences as often as not ("etc.",
/// "usw.", "и др.") is not among them: before a small letter no sentence begins anyway.
struct WordRoles: OptionSet {
    let rawValue: UInt16

    /// An abbreviation before a clause or an example, which never ends a sentence, whatever follows.
    static let beforeClause = WordRoles(rawValue: 1)
    /// An abbreviation before a name; only a word that begins sentences shows that it ended one ("in the U.S. He
    /// stayed").
    static let beforeName = WordRoles(rawValue: 2)
    /// The same, where it is written with a capital letter; else it is a word like any other ("they sent the rep.
    /// Nobody came").
    static let title = WordRoles(rawValue: 256)
    /// An abbreviation before a number: "No. 5", "p. xii", but "He said no."
    static let beforeNumber = WordRoles(rawValue: 4)
    /// An abbreviation with stops inside that ends sentences as well as not.
    static let ending = WordRoles(rawValue: 8)
    /// What stands in front of an ordinal number: "am 3. Oktober", "im II. Weltkrieg".
    static let beforeOrdinal = WordRoles(rawValue: 16)
    /// A month, which an ordinal number may stand before.
    static let month = WordRoles(rawValue: 32)
    /// A word that, with a capital letter, begins a sentence far more often than it is a name.
    static let beginning = WordRoles(rawValue: 64)
    /// A single small letter before a word or a number; behind a number it may end a sentence ("в 1799 г.", "1950 r.").
    static let letter = WordRoles(rawValue: 128)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The roles of a word in small letters: none of most.
    init(of word: String) { self = Self.roles[word] ?? [] }

    private static let roles: [String: WordRoles] = {
        var roles: [String: WordRoles] = [:]
        for (role, words) in lists {
            for word in words.split(whereSeparator: \.isWhitespace) { roles[String(word), default: []].insert(role) }
        }
        return roles
    }()

    private static let lists: [(WordRoles, String)] = [
        (
            .beforeClause,
            """
            e.g i.e eg ie cf vs v viz
            z.b d.h u.a vgl bzw bspw sog insb insbes evtl ggf inkl exkl zzgl abzgl einschl hrsg urspr
            p.ex c.-à-d env p.ej cfr
            bijv bv d.w.z o.a m.b.v i.p.v t.o.v m.a.w m.n incl excl
            np tzn tj tzw m.in wg zob por
            т.е т.к напр см ср тобто
            např tzv resp popř npr
            t.ex bl.a d.v.s dvs jfr jf enl f.eks f.d
            bkz örn π.χ λ.χ δηλ βλ πρβλ
            esim ts pl ún 
            """
        ),
        (
            .beforeName,
            """
            mr mrs ms dr prof rev messrs mme mlle mmes jr
            ph.d approx ca al u.s u.k u.n
            hr frl dipl ing hll jun geb gest verst fam fa rer jur habil str
            mm mgr ste bd av boul apr
            sres sra srta profa d dª ud uds vd vds avda ee gral lic arq aprox exmo exma excmo excma cia trav
            sig sigg sig.ra dott dott.ssa avv geom rag spett gent egr mons p.zza segg
            dhr mevr mw drs ir mr ds jhr
            hab inż św ks bp abp płk kpt sierż mjr ul pl dyr woj właśc ur 
            г ул пр просп пер наб им акад проф доц инж ген полк кап св вул буд обл
            tř sv bc mudr judr phdr rndr doc plk
            kap tel
            doç av sn gn kur bşk cad sok mah apt yrd öğr yb t.c m.ö m.s
            κ κα κκ δρ καθ αγ λεωφ τηλ αι
            tri hra rva ifj id özv kb dl dna
            डॉ पं रु प्रो सुश्री कु ई पू मो ए बी सी डी एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी
            פרופ
            mio mrd tsd gen kpt dra os
            univ dept dpto inst ilmo arch долл πανεπ tp ড ডা মো
            jl
            """
        ),
        (
            .title,
            """
            hon st mt ft gen col capt lt sgt maj cmdr cpl adm gov sen rep pres fr sr phil nat med mag me sto sta dom cad
            pr
            """
        ),
        (
            .beforeNumber,
            """
            no nos nr vol vols p pp fig figs sec sect ch chap art par para eq eqs tab app ed jan feb mar apr jun jul aug
            sep sept oct
            nov dec op
            abschn abb kap bd bde s abs anm ziff aufl jg
            pág págs cap núm nº n séc pag pagg tav
            blz hfst afb
            rozdz poz ust rys ryc godz r w ok
            стр с рис табл гл п д ок кв корп т ст р
            č obr odst kl
            bkm şek bl
            σελ εικ αρ κεφ τομ περ
            nro sz नं ई
            ref refs max min temp tel ext ver vers janv févr avr juil août déc okt dez ene abr ago dic mrt fev giu lug
            ott
            янв февр апр авг сент окт нояб дек gem
            """
        ),
        (
            .ending,
            """
            a.m p.m u.s.w κ.λπ κ.ά т.д т.п m.m m.fl e.t.c n.chr v.chr s.o u.ä
            """
        ),
        (
            .beforeOrdinal,
            """
            am vom zum zur im beim der die das dem den des ab bis und oder ein eine einem einen einer ihr sein mein
            jeder jede jedes
            jeden dieser diese dieses
            """
        ),
        (
            .month,
            """
            januar jänner februar märz april mai juni juli august september oktober november dezember january february
            march may june
            july october december
            """
        ),
        (
            .beginning,
            """
            the it he she they we this that these those there in on at but and if when then his her its my our a an what
            why how who
            where so as for to with from after before not nobody everyone some many most all later however also only
            der die das er sie es wir ich im am an auf aus bei mit nach zu und aber doch dann danach wer was wie wo
            warum wenn als da
            dies diese dieser ein eine sein ihr niemand
            il elle ils elles on ce cette ces mais puis quand qui que où dans sur pour avec par et un une je nous son sa
            ses
            él ella en pero luego y su sus así allí después si
            lui lei nel nella ma poi quando dove così è un una
            ele ela na mas depois em os as
            hij zij het een maar toen dan daar wie wat waar waarom op
            on ona oni ale potem gdy gdzie kto co jak to w z na
            он она они оно но и а в на это как что когда потом там его её их мы я затем тогда після він вона вони
            ten ta když pak kde kdo proto byl byla
            han hon men sedan när var vem vad
            bu şu o ama sonra ne kim nerede
            αυτός αυτή αυτό αλλά και όταν μετά στη στην στο στον η το
            hän se mutta sitten az és aztán
            """
        ),
        (.letter, "p v s n c č d k z r b w г т д с м п κ"),
    ]
}
