/// How characters are written as bytes.
///
/// Encoded, it is its name.
public struct TextEncoding: Sendable, Hashable {
    /// Its usual name: `UTF-8`, `windows-1252`, `Shift_JIS`.
    public let name: String
    /// How its characters are told apart.
    let form: Form
    /// What `iconv` calls it: a character is looked up in the first of them that knows it.
    let systemNames: [String]

    /// How the bytes of a text part into characters.
    enum Form: Sendable, Hashable {
        case utf8
        /// Nil: a byte order mark tells.
        case utf16(ByteOrder?)
        case utf32(ByteOrder?)
        /// Each byte is a character.
        case singleBytes
        /// The first byte tells how many there are.
        case multipleBytes(MultipleByteLayout)
        /// Escape sequences tell what the bytes behind them mean.
        case iso2022JP
    }

    /// Which byte of a number comes first.
    enum ByteOrder: Sendable, Hashable {
        case littleEndian, bigEndian
    }

    /// Which bytes make a character of one or more.
    enum MultipleByteLayout: Sendable, Hashable {
        case gb18030, big5, shiftJIS, eucJP, eucKR
    }

    private init(_ name: String, _ form: Form, _ systemNames: String...) {
        self.name = name
        self.form = form
        self.systemNames = systemNames
    }

    /// The encoding of a name, in any letter case and with any punctuation: `utf8`, `Latin-1`, `CP1252`, `sjis`. Nil
    /// where there is none.
    public init?(named name: String) {
        guard let found = Self.byKey[Self.key(name)] else { return nil }
        self = found
    }

    /// UTF-8, with a byte order mark or without.
    public static let utf8 = TextEncoding("UTF-8", .utf8)
    /// Where there is a byte order mark, it tells the order; where there is none, the text does.
    static let utf16 = TextEncoding("UTF-16", .utf16(nil))
    static let utf16LittleEndian = TextEncoding("UTF-16LE", .utf16(.littleEndian))
    static let utf16BigEndian = TextEncoding("UTF-16BE", .utf16(.bigEndian))
    static let utf32 = TextEncoding("UTF-32", .utf32(nil))
    static let utf32LittleEndian = TextEncoding("UTF-32LE", .utf32(.littleEndian))
    static let utf32BigEndian = TextEncoding("UTF-32BE", .utf32(.bigEndian))
    static let iso2022JP = TextEncoding("ISO-2022-JP", .iso2022JP, "EUC-JP", "EUC-JP-MS")
    /// What ISO-8859-1 is taken for too: nobody means its control characters.
    static let windows1252 = TextEncoding("windows-1252", .singleBytes, "CP1252")

    /// Every encoding that is read, the more usual ones of a kind first.
    public static let all: [TextEncoding] =
        [utf8, utf16, utf16LittleEndian, utf16BigEndian, utf32, utf32LittleEndian, utf32BigEndian]
        + [windows1252] + singleByteEncodings + multipleByteEncodings + [iso2022JP]

    private static let singleByteEncodings = [
        TextEncoding("windows-1250", .singleBytes, "CP1250"), TextEncoding("windows-1251", .singleBytes, "CP1251"),
        TextEncoding("windows-1253", .singleBytes, "CP1253"), TextEncoding("windows-1254", .singleBytes, "CP1254"),
        TextEncoding("windows-1255", .singleBytes, "CP1255"), TextEncoding("windows-1256", .singleBytes, "CP1256"),
        TextEncoding("windows-1257", .singleBytes, "CP1257"),
        // What the Windows page adds stands where these have control characters, which nobody means.
        TextEncoding("ISO-8859-1", .singleBytes, "CP1252", "ISO-8859-1"),
        TextEncoding("ISO-8859-9", .singleBytes, "CP1254", "ISO-8859-9"),
        TextEncoding("ISO-8859-2", .singleBytes, "ISO-8859-2"), TextEncoding("ISO-8859-5", .singleBytes, "ISO-8859-5"),
        TextEncoding("ISO-8859-7", .singleBytes, "ISO-8859-7"),
        TextEncoding("ISO-8859-15", .singleBytes, "ISO-8859-15"), TextEncoding("KOI8-R", .singleBytes, "KOI8-R"),
        TextEncoding("KOI8-U", .singleBytes, "KOI8-U"), TextEncoding("IBM866", .singleBytes, "CP866", "IBM866"),
        TextEncoding("windows-874", .singleBytes, "IBM874", "CP874", "TIS-620"),
        TextEncoding("macintosh", .singleBytes, "MACINTOSH"),
    ]

    private static let multipleByteEncodings = [
        TextEncoding("GB18030", .multipleBytes(.gb18030), "GB18030"),
        TextEncoding("Big5", .multipleBytes(.big5), "BIG5", "BIG5-HKSCS"),
        TextEncoding("Shift_JIS", .multipleBytes(.shiftJIS), "CP932", "SHIFT_JIS"),
        TextEncoding("EUC-JP", .multipleBytes(.eucJP), "EUC-JP", "EUC-JP-MS"),
        TextEncoding("EUC-KR", .multipleBytes(.eucKR), "CP949", "UHC", "EUC-KR"),
    ]

    /// Other names, without what ``key(_:)`` takes away.
    private static let aliases: [String: String] = [
        "UTF-8": "unicode11utf8 utf8sig utf8bom csutf8",
        "UTF-16": "unicode ucs2 utf16bom", "UTF-16LE": "ucs2le unicodelittle", "UTF-16BE": "ucs2be unicodebig",
        "UTF-32": "ucs4", "UTF-32LE": "ucs4le", "UTF-32BE": "ucs4be",
        "windows-1250": "cp1250 xcp1250 win1250", "windows-1251": "cp1251 xcp1251 win1251",
        "windows-1252": "cp1252 xcp1252 win1252 ansi ascii usascii", "windows-1253": "cp1253 xcp1253 win1253",
        "windows-1254": "cp1254 xcp1254 win1254", "windows-1255": "cp1255 xcp1255 win1255 iso88598 iso88598i",
        "windows-1256": "cp1256 xcp1256 win1256", "windows-1257": "cp1257 xcp1257 win1257",
        "ISO-8859-1": "latin1 l1 iso885911987 88591 isoir100 ibm819 cp819",
        "ISO-8859-2": "latin2 l2 iso885921987 88592 isoir101", "ISO-8859-5": "cyrillic iso885951988 88595 isoir144",
        "ISO-8859-7": "greek greek8 iso885971987 88597 isoir126 elot928",
        "ISO-8859-9": "latin5 l5 iso885991989 88599 isoir148", "ISO-8859-15": "latin9 latin0 l9 885915",
        "KOI8-R": "koi8 koi cskoi8r", "KOI8-U": "koi8ru", "IBM866": "cp866 866 dos866 csibm866",
        "windows-874": "cp874 ibm874 tis620 tis62025330 iso885911 dos874",
        "macintosh": "macroman macosroman xmacroman mac xmac csmacintosh",
        "GB18030": "gbk gb2312 cp936 ms936 windows936 euccn xgbk csgb2312 gb231280 chinese",
        "Big5": "cp950 ms950 windows950 big5hkscs csbig5 cnbig5 xxbig5 big5eten",
        "Shift_JIS": "sjis xsjis cp932 ms932 windows31j windows932 csshiftjis mskanji",
        "EUC-JP": "xeucjp ujis cseucpkdfmtjapanese eucjpms",
        "ISO-2022-JP": "csiso2022jp jis iso2022jp1 cp50221 cp50220",
        "EUC-KR": "cp949 uhc ms949 windows949 ksc5601 ksc56011987 ksc56011989 cseuckr korean",
    ]

    private static let byKey: [String: TextEncoding] = {
        var found: [String: TextEncoding] = [:]
        for encoding in all {
            found[key(encoding.name)] = encoding
            for alias in (aliases[encoding.name] ?? "").split(separator: " ") { found[String(alias)] = encoding }
        }
        return found
    }()

    /// A name without letter case and punctuation.
    private static func key(_ name: String) -> String {
        String(name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
    }
}

extension TextEncoding: Codable {
    /// Reads a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let found = TextEncoding(named: name) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "there is no text encoding '\(name)'")
        }
        self = found
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
