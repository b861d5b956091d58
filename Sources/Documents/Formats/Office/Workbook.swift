/// Workbooks of Excel (.xlsx).
enum Workbook {
    /// The sheets in their order.
    private final class Sheets: XMLContent {
        var sheets: [(name: String, id: String, isHidden: Bool)] = []
        var countsFrom1904 = false

        func open(_ name: String, _ attributes: XMLAttributes) {
            switch name {
            case "sheet":
                guard let title = attributes["name"], let id = attributes.relationship, sheets.count < 10_000 else {
                    return
                }
                sheets.append((title, id, attributes["state"].map { $0 != "visible" } ?? false))
            case "workbookPr": countsFrom1904 = attributes.isSet("date1904") ?? false
            default: break
            }
        }

        func close(_ name: String) {}
        func text(_ text: UnsafeBufferPointer<UInt8>) {}
    }

    /// - Parameter part: The path of the list of sheets.
    static func source(
        _ archive: ZipArchive, of bytes: DocumentBytes, part: String
    ) throws(DocumentError) -> PackageSource {
        let sheets = Sheets()
        try XMLPart.read(part, of: archive, into: sheets)
        let related = try Relationships(of: part, in: archive)
        let strings = SharedStrings()
        if let path = related.byType["sharedStrings"] { try XMLPart.read(path, of: archive, into: strings) }
        if let failure = strings.failure { throw failure }
        strings.finish()
        let formats = NumberFormats()
        if let path = related.byType["styles"] { try XMLPart.read(path, of: archive, into: formats) }
        formats.countsFrom1904 = sheets.countsFrom1904
        var notes: [Omission] = []
        var parts: [PackagePart] = []
        for (number, sheet) in sheets.sheets.enumerated() {
            // Sheets of charts have no rows.
            guard let path = related.targets[sheet.id], !path.contains("/chartsheets/") else { continue }
            var location = Location()
            location.sheet = sheet.name
            if sheet.isHidden {
                notes.append(Omission(.note, bytes.name, location: location, reason: "a hidden sheet was read too"))
            }
            let hasHeading = sheets.sheets.count > 1
            parts.append(
                PackagePart(path: path, location: location) {
                    let rows = SheetRows(sheet: sheet.name, group: number + 1, hasHeading: hasHeading)
                    return SheetContent(rows, strings: strings, formats: formats)
                })
        }
        guard !parts.isEmpty else { throw .damaged(name: bytes.name, reason: "no sheets are found in this workbook") }
        if archive.entries.contains(where: { $0.name.hasPrefix("xl/comments") }) {
            notes.append(Omission(.note, bytes.name, reason: "the comments in it were left out"))
        }
        return PackageSource(archive, of: bytes, parts: parts, notes: notes)
    }
}
