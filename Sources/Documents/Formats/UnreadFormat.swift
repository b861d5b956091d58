/// Formats that are known and not read, each with what to do about it.
enum UnreadFormat {
    /// - Throws: ``DocumentError/unsupported(name:reason:)`` where bytes begin as such a format.
    static func check(_ head: ArraySlice<UInt8>, name: String) throws(DocumentError) {
        if let format = all.first(where: { head.starts(with: $0.beginning) }) {
            throw .unsupported(name: name, reason: format.reason)
        }
    }

    private static let all: [(beginning: [UInt8], reason: String)] =
        [
            (
                [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
                "this is an old Office file (.doc, .xls, .ppt), or one that is locked with a password; save it as .docx, .xlsx "
                    + "or .pptx first, for instance with LibreOffice: soffice --convert-to docx FILE"
            ),
            (
                Array("{\\rtf".utf8),
                "this is a file in Rich Text Format; save it as .docx first, for instance with LibreOffice: "
                    + "soffice --convert-to docx FILE"
            ),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "this is a 7z archive; unpack it first: 7z x FILE"),
            (Array("Rar!\u{1A}\u{7}".utf8), "this is a RAR archive; unpack it first: unrar x FILE"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "this is a picture (PNG)"),
            ([0xFF, 0xD8, 0xFF], "this is a picture (JPEG)"),
            (Array("GIF8".utf8), "this is a picture (GIF)"),
            ([0x7F, 0x45, 0x4C, 0x46], "this is a program or a library"),
            ([0x28, 0xB5, 0x2F, 0xFD], "this is compressed by zstd; unpack it first: unzstd FILE"),
        ]
        + (1...9).map { level in
            (
                Array("BZh\(level)1AY&SY".utf8),
                "this is compressed by bzip2; unpack it first: bunzip2 --keep FILE"
            )
        }
}
