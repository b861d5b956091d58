import Testing

/// Paragraphs written for these tests, in languages whose files come in encodings of their own.
enum EncodedTexts {
    /// A language, the encodings (as `iconv` calls them) that its files are in, and paragraphs.
    struct Language: CustomTestStringConvertible {
        let name: String
        let encodings: [String]
        let paragraphs: [String]

        var testDescription: String { name }
    }

    private static let western = ["CP1252", "ISO-8859-1", "ISO-8859-15", "MACINTOSH"]
    private static let central = ["CP1250", "ISO-8859-2"]

    static let all: [Language] = [
        Language(
            name: "German", encodings: western,
            paragraphs: [
                """
                Der alte Müller stand früh auf, öffnete die Läden und hörte dem Regen zu. Über Nacht war der Bach \
                gestiegen, und das Mühlrad drehte sich schneller als üblich. Er wusste, dass er heute kein Mehl \
                mahlen würde, bevor das Wasser wieder fiel.
                """,
                """
                Für die Prüfung im März müssen alle Schüler ihre Hefte abgeben. Wer krank ist, lässt sich vom Arzt \
                eine Bescheinigung ausstellen und schickt sie spätestens am nächsten Tag an das Büro im Erdgeschoß. \
                Die Ergebnisse hängen ab Ostern in der Halle.
                """,
            ]),
        Language(
            name: "French", encodings: western,
            paragraphs: [
                """
                La boulangère du village ouvre sa boutique à six heures, même en hiver. Les élèves s'arrêtent chez \
                elle avant l'école pour acheter un pain au chocolat tout chaud. Après midi, elle ferme, balaie le \
                trottoir et monte se reposer jusqu'à la tombée de la nuit.
                """,
                """
                Nous avons reçu votre lettre du dix février et nous regrettons le retard de la livraison. Le camion \
                est tombé en panne près de Besançon ; les pièces nécessaires n'étaient pas disponibles. Votre \
                commande sera expédiée dès que possible, sans frais supplémentaires.
                """,
            ]),
        Language(
            name: "Spanish", encodings: western,
            paragraphs: [
                """
                Cuando llegó el otoño, los niños del pueblo subieron a la montaña para recoger castañas. El más \
                pequeño se perdió entre los árboles, pero su perro lo encontró antes de que cayera la noche. ¿Quién \
                habría pensado que aquel animal era tan listo?
                """,
                """
                El ayuntamiento informó ayer de que la biblioteca permanecerá cerrada durante agosto. Las obras de \
                ampliación costarán más de lo previsto, según explicó la concejala, y todavía no está claro quién \
                pagará la diferencia. Los vecinos recibirán una carta con la solución.
                """,
            ]),
        Language(
            name: "Portuguese", encodings: western,
            paragraphs: [
                """
                A avó contava histórias à noite, quando as crianças já não tinham sono. Falava de navios, de ilhas \
                distantes e de uma canção que ninguém mais sabia. Na manhã seguinte, o pão estava na mesa e o café \
                cheirava por toda a casa.
                """,
                """
                A reunião de terça-feira não aconteceu porque faltou energia no edifício. A direção decidiu que as \
                próximas sessões serão feitas à distância até que a instalação elétrica esteja concluída. Cada \
                funcionário receberá as instruções por correio.
                """,
            ]),
        Language(
            name: "Italian", encodings: western,
            paragraphs: [
                """
                La città era già sveglia quando il treno arrivò. Perché nessuno lo aspettasse, non lo sapeva; però \
                conosceva la strada e andò a piedi. Più tardi, davanti al caffè della piazza, capì che tutto era \
                cambiato, e che la libertà costa cara.
                """,
                """
                Il comune ha deciso che dal prossimo lunedì la raccolta dei rifiuti sarà di giovedì. Chi abita nelle \
                vie strette lascerà i sacchi all'angolo. Le novità più importanti si trovano anche nel foglio che è \
                stato distribuito a ogni famiglia.
                """,
            ]),
        Language(
            name: "Swedish", encodings: western,
            paragraphs: [
                """
                På våren, när isen låg kvar på sjön, gick pojken ut för att fånga fåglar med sin kamera. Han väntade \
                länge vid den gamla bryggan. Först när solen stod högt över träden kom en häger och ställde sig på \
                en sten, alldeles nära honom.
                """,
                """
                Mötet är flyttat till måndag klockan åtta. De som vill åka tåg får ersättning för biljetten, men \
                kvittot måste lämnas in före månadens slut. Frågor om övernattning besvaras av Åsa på kontoret i \
                Göteborg.
                """,
            ]),
        Language(
            name: "Danish", encodings: western,
            paragraphs: [
                """
                Færgen sejlede klokken seks, og på kajen stod kun en gammel mand med sin cykel. Han vinkede til \
                børnene, som løb rundt på dækket. Over øen lå der tåge, og man kunne høre køerne længe, før man så \
                græsset og de små røde huse.
                """,
                """
                Vi beder alle beboere om at tømme deres kældre inden første søndag i måneden. Rørene skal skiftes, \
                og vandet bliver lukket fra klokken ni til tre. Har du spørgsmål, så ring til værten på nummeret \
                ovenfor døren.
                """,
            ]),
        Language(
            name: "Finnish", encodings: western,
            paragraphs: [
                """
                Syksyllä metsä oli hiljainen ja järven pinta tyyni. Vanha mies souti hitaasti kohti saarta, jossa \
                hänen isänsä oli syntynyt. Hän ei ollut käynyt siellä kymmeneen vuoteen, mutta jokainen kivi näytti \
                yhä tutulta.
                """,
                """
                Kirjasto on suljettu heinäkuussa, koska lämmitys korjataan. Lainat voi palauttaa ovella olevaan \
                laatikkoon ympäri vuorokauden. Myöhästymismaksuja ei peritä tänä aikana, ja uudet kortit myönnetään \
                elokuusta lähtien.
                """,
            ]),
        Language(
            name: "Polish", encodings: central,
            paragraphs: [
                """
                Wczesnym rankiem dziewczynka poszła nad rzekę, żeby zobaczyć, czy łódka jeszcze tam leży. Deszcz \
                padał całą noc i ścieżka była śliska. Ktoś zostawił na brzegu kosz pełen jabłek, a obok niego mokrą, \
                żółtą czapkę.
                """,
                """
                Urząd miasta zawiadamia, że w środę będą wyłączone światła przy ulicy Długiej. Kierowcy powinni \
                zachować szczególną ostrożność. Prace potrwają około trzech tygodni, jeżeli pogoda się nie zmieni, a \
                ich koszt pokryje województwo.
                """,
            ]),
        Language(
            name: "Czech", encodings: central,
            paragraphs: [
                """
                Když přišel první sníh, děti vytáhly sáňky a běžely na kopec za školou. Nejmladší chlapec spadl do \
                závěje, ale hned se smál. Večer jim babička uvařila čaj s medem a vyprávěla o zimách, kdy řeka \
                zamrzla až ke dnu.
                """,
                """
                Úřad oznamuje, že od příštího týdne bude most přes řeku uzavřen. Řidiči musí použít objížďku přes \
                sousední obec. Oprava potrvá nejméně dva měsíce a náklady uhradí kraj. Bližší údaje najdete na \
                vývěsce před radnicí.
                """,
            ]),
        Language(
            name: "Slovak", encodings: central,
            paragraphs: [
                """
                Starý pastier viedol ovce cez údolie ešte pred východom slnka. Pes mu bežal vedľa nohy a občas \
                zaštekal na vtáky. Keď prišli k potoku, všetci sa napili a chvíľu odpočívali v tieni veľkého duba, \
                ktorý tam stál už sto rokov.
                """,
                """
                Obecný úrad oznamuje, že v piatok bude prerušená dodávka vody. Prosíme občanov, aby si pripravili \
                dostatočné zásoby. Ďalšie správy nájdete na nástenke pri škole alebo ich vyhlási miestny rozhlas \
                popoludní o štvrtej.
                """,
            ]),
        Language(
            name: "Hungarian", encodings: central,
            paragraphs: [
                """
                Az öreg halász minden este kiült a partra, és nézte, hogyan tűnik el a nap a hegyek mögött. Azt \
                mondta, a víz többet tud nálunk, csak lassabban beszél. A gyerekek hallgatták őt, és közben követ \
                dobáltak a csöndes tóba.
                """,
                """
                Tájékoztatjuk a lakókat, hogy a fűtést október közepétől indítjuk el. Kérjük, ellenőrizzék a \
                szelepeket, és jelezzék, ha valamelyik fűtőtest nem működik. A költségekről szóló értesítést külön \
                levélben küldjük meg mindenkinek.
                """,
            ]),
        Language(
            name: "Romanian", encodings: central,
            paragraphs: [
                """
                Bunica pregătea pâinea în fiecare sâmbătă, înainte să răsară soarele. Mirosul ajungea până la \
                poartă, iar noi, copiii, ne trezeam fără să ne cheme nimeni. În curte, câinele aştepta şi el o \
                bucată, dar primea numai coaja.
                """,
                """
                Primăria anunţă că şoseaua dintre cele două sate va fi închisă toată luna. Maşinile vor ocoli prin \
                pădure, pe drumul vechi. Cei care au nevoie de ajutor pot suna la orice oră, iar răspunsul va veni \
                în aceeaşi zi.
                """,
            ]),
        Language(
            name: "Croatian", encodings: central,
            paragraphs: [
                """
                Čim je kiša prestala, ribari su izašli na more. Najstariji među njima znao je da će vjetar okrenuti \
                još prije večeri, ali nije želio plašiti mladiće. Kad su podigli mreže, bile su teže nego ikad, a \
                nebo se već mračilo.
                """,
                """
                Obavještavamo građane da će muzej sljedeći tjedan biti zatvoren. Radovi na krovu počinju u četvrtak, \
                a završit će najkasnije do Božića. Ulaznice koje su već kupljene vrijede i poslije, sve do kraja \
                godine.
                """,
            ]),
        Language(
            name: "Turkish", encodings: ["CP1254", "ISO-8859-9"],
            paragraphs: [
                """
                Yaşlı adam her sabah iskeleye iner, kayığını çözer ve denize açılırdı. O gün rüzgâr güneyden \
                esiyordu; dalgalar küçük ama sertti. Öğleye doğru ağlarını çektiğinde içinde yalnızca üç balık ve \
                eski bir şişe vardı.
                """,
                """
                Değerli komşularımız, çarşamba günü asansörün bakımı yapılacağı için kısa süreli kesinti olacaktır. \
                İşin öğleden önce biteceği düşünülüyor. Çocuklarınızı bu süre içinde merdivende oynatmamanızı rica \
                ediyoruz.
                """,
            ]),
        Language(
            name: "Lithuanian", encodings: ["CP1257"],
            paragraphs: [
                """
                Anksti rytą žvejys išplaukė į ežerą, nors rūkas dar dengė krantą. Jis žinojo kiekvieną akmenį ir \
                kiekvieną nendrę. Kai saulė pakilo, valtyje jau gulėjo šešios žuvys, o ant kranto jo laukė šuo ir \
                mažoji dukrelė.
                """,
                """
                Pranešame, kad nuo kitos savaitės keičiasi autobusų tvarkaraštis. Keleivius prašome atidžiai \
                perskaityti skelbimą stotelėje. Bilietų kaina nesikeičia, tačiau mokiniams ir pensininkams jie taps \
                šiek tiek pigesni.
                """,
            ]),
        Language(
            name: "Latvian", encodings: ["CP1257"],
            paragraphs: [
                """
                Vecā māja stāvēja kalna galā, un no tās logiem varēja redzēt jūru. Katru vakaru vectēvs iededza \
                lampu, lai zvejnieki atrastu ceļu uz krastu. Viņš teica, ka gaisma neko nemaksā, bet tumsa gan var \
                maksāt ļoti dārgi.
                """,
                """
                Paziņojam, ka ceturtdien ūdens padeve tiks pārtraukta līdz pulksten pieciem. Lūdzam iedzīvotājus \
                sagatavot nepieciešamos krājumus. Par neērtībām atvainojamies un ceram, ka darbi tiks pabeigti \
                laikā, kā solīts.
                """,
            ]),
        Language(
            name: "Estonian", encodings: ["CP1257", "CP1252", "ISO-8859-15"],
            paragraphs: [
                """
                Vana mölder ärkas vara ja vaatas aknast välja. Öösel oli sadanud lund ning õu oli täiesti valge. Ta \
                pani saapad jalga, võttis labida ja hakkas teed lahti kaevama, sest naabrid pidid varsti jahu järele \
                tulema.
                """,
                """
                Järgmisel nädalal on raamatukogu suletud, sest põrandaid värvitakse. Raamatuid võib tagastada ka \
                pärast tähtaega, viivist ei küsita. Lähemat teavet saab telefoni teel või meie töötajatelt kohapeal.
                """,
            ]),
        Language(
            name: "Russian", encodings: ["CP1251", "KOI8-R", "ISO-8859-5", "IBM866"],
            paragraphs: [
                """
                Рано утром старик вышел на крыльцо и долго смотрел на дорогу. Снег уже растаял, но в лесу было ещё \
                темно и сыро. Он ждал письма от сына, хотя знал, что почта приходит только по вторникам.
                """,
                """
                Уважаемые жильцы! В среду с девяти до пяти часов не будет горячей воды. Просим заранее приготовить \
                всё необходимое и проверить краны. О завершении работ мы сообщим объявлением у входа.
                """,
            ]),
        Language(
            name: "Ukrainian", encodings: ["CP1251", "KOI8-U", "ISO-8859-5"],
            paragraphs: [
                """
                Щоранку дівчинка бігла до річки подивитися, чи не повернулися лелеки. Її бабуся казала, що вони \
                приносять тепло і добрі новини. Одного дня над селом закружляв великий білий птах, і всі діти \
                закричали від радості.
                """,
                """
                Шановні мешканці, у п'ятницю відбудуться збори нашого будинку. Ми обговоримо ремонт даху, ціни на \
                опалення та нові правила. Просимо прийти вчасно, бо зала вільна лише до восьмої години вечора.
                """,
            ]),
        Language(
            name: "Bulgarian", encodings: ["CP1251", "ISO-8859-5"],
            paragraphs: [
                """
                Старият овчар седеше пред къщата и гледаше към планината. Той познаваше всяка пътека и всеки камък. \
                Когато слънцето се скри, кучето му излая два пъти и стадото бавно тръгна надолу към селото.
                """,
                """
                Съобщаваме на гражданите, че от понеделник улицата ще бъде затворена за ремонт. Автобусите ще \
                минават по друг път, а спирката се премества пред училището. Работата ще продължи най-малко един \
                месец.
                """,
            ]),
        Language(
            name: "Greek", encodings: ["CP1253", "ISO-8859-7"],
            paragraphs: [
                """
                Το καράβι έφυγε πριν ξημερώσει και στο λιμάνι έμεινε μόνο ένας γέρος με το σκύλο του. Κοίταζε τη \
                θάλασσα σαν να περίμενε κάποιον. Όταν βγήκε ο ήλιος, σηκώθηκε, χαμογέλασε και πήρε τον δρόμο για το \
                σπίτι.
                """,
                """
                Σας ενημερώνουμε ότι την Τετάρτη η βιβλιοθήκη θα παραμείνει κλειστή λόγω εργασιών. Τα βιβλία \
                μπορείτε να τα επιστρέψετε την επόμενη εβδομάδα. Άλλες πληροφορίες θα βρείτε στην είσοδο του κτιρίου.
                """,
            ]),
        Language(
            name: "Hebrew", encodings: ["CP1255"],
            paragraphs: [
                """
                הזקן ישב על הספסל ליד הים והביט בגלים. כל בוקר הוא בא לכאן עם לחם לציפורים, וכל הילדים בשכונה הכירו \
                אותו. יום אחד הוא לא הגיע, והם הלכו לחפש את הבית שלו ברחוב הצר שמאחורי השוק.
                """,
                """
                דיירים יקרים, ביום רביעי לא יהיו מים בבניין משעה תשע עד שלוש. אנחנו מבקשים להכין מים מראש ולבדוק שכל \
                הברזים סגורים. אם יש שאלות אפשר לפנות לוועד הבית בכל ערב אחרי שבע.
                """,
            ]),
        Language(
            name: "Arabic", encodings: ["CP1256"],
            paragraphs: [
                """
                خرج الصياد قبل طلوع الشمس وكان البحر هادئا. جلس في قاربه الصغير ينتظر السمك ويفكر في أولاده. عندما \
                عاد إلى الشاطئ وجد أهل القرية كلهم في انتظاره، لأن العاصفة كانت قد اقتربت من الساحل.
                """,
                """
                نعلم السكان الكرام أن المكتبة سوف تكون مغلقة يوم الخميس بسبب أعمال الصيانة. يمكن إعادة الكتب في \
                الأسبوع القادم من غير غرامة. للمزيد من المعلومات يرجى الاتصال بالمكتب في الطابق الأول.
                """,
            ]),
        Language(
            name: "Thai", encodings: ["IBM874", "TIS-620"],
            paragraphs: [
                """
                ทุกเช้าชายชราจะเดินไปที่ท่าน้ำเพื่อให้อาหารปลา เด็กๆ ในหมู่บ้านชอบนั่งฟังเรื่องเล่าของเขา \
                วันหนึ่งฝนตกหนักมาก แม่น้ำเอ่อล้นตลิ่ง แต่เขายังคงมานั่งรออยู่ที่เดิมเหมือนทุกวัน
                """,
                """
                ขอแจ้งให้ผู้พักอาศัยทราบว่าในวันพุธนี้จะมีการซ่อมท่อประปา น้ำจะไม่ไหลตั้งแต่เก้าโมงเช้าถึงบ่ายสามโมง \
                กรุณาเตรียมน้ำไว้ใช้ให้เพียงพอ หากมีข้อสงสัยติดต่อได้ที่สำนักงานชั้นล่าง
                """,
            ]),
        Language(
            name: "Simplified Chinese", encodings: ["GB18030", "GBK", "GB2312"],
            paragraphs: [
                """
                清晨，老人提着篮子走到河边，看见水面上飘着一层薄薄的雾。他坐在石头上，等着第一班渡船。对岸的村子里传来鸡叫，孩子们背着书包从小路上跑下来，一边跑一边唱歌。老人笑了，因为他想起了自己小时候也是这样去上学的\
                。
                """,
                """
                各位住户请注意，本周三上午九点到下午三点将停水检修。请大家提前准备好生活用水，并检查家里的水龙头是否关好。如果有什么问题，可以打电话给物业办公室，我们会尽快为您解决，谢谢合作。
                """,
            ]),
        Language(
            name: "Traditional Chinese", encodings: ["BIG5", "GBK", "GB18030"],
            paragraphs: [
                """
                每天傍晚，祖母都會坐在門口的竹椅上，看著街上的人慢慢走過。她認得每一個鄰居，也記得他們小時候的樣子。那一年夏天特別熱，大家都搬到院子裡睡覺，聽她講從前的故事，一直講到月亮升到屋頂上。
                """,
                """
                親愛的同學，圖書館將於下星期一開始整修，預計需要兩個月的時間。在這段期間，你們可以到二樓的臨時閱覽室借書和還書。逾期不會罰款，但是請務必保持安靜，並且愛護公共設備。
                """,
            ]),
        Language(
            name: "Japanese", encodings: ["CP932", "EUC-JP", "ISO-2022-JP"],
            paragraphs: [
                """
                朝早く、漁師の祖父は小さな舟で海に出た。霧が深くて、岸はすぐに見えなくなった。それでも彼は波の音だけを頼りに、いつもの場所まで進んでいった。昼ごろ、網の中には三匹の魚と、古い瓶が一つ入っていた。
                """,
                """
                来週の水曜日、午前九時から午後三時まで断水いたします。ご不便をおかけしますが、あらかじめ水をご用意ください。工事が終わりましたら、エレベーターの前の掲示板でお知らせします。ご質問は管理人までどうぞ。
                """,
            ]),
        Language(
            name: "Korean", encodings: ["EUC-KR", "UHC"],
            paragraphs: [
                """
                할아버지는 매일 아침 강가에 나가서 배를 기다리셨다. 안개가 짙은 날에도 그분은 늘 같은 바위에 앉아 계셨다. 어느 날 아이들이 무엇을 기다리시느냐고 묻자, 할아버지는 웃으며 \
                오래된 편지 한 장을 꺼내 보이셨다.
                """,
                """
                주민 여러분께 알려 드립니다. 이번 수요일 오전 아홉 시부터 오후 세 시까지 수도 공사로 물이 나오지 않습니다. 미리 물을 받아 두시고 수도꼭지가 잠겨 있는지 확인해 주시기 \
                바랍니다. 문의 사항은 관리 사무소로 연락해 주십시오.
                """,
            ]),
    ]
}
