import Documents

/// What was not read, or is worth knowing, for people and for JSON.
struct OmissionReport {
    /// In the order in which it came up.
    var omissions: [Omission]
    private static let shown = 5

    /// An entry of `skipped` or `notes`.
    struct Entry: Encodable {
        var document: String
        var location: Location?
        var reason: String

        init(_ omission: Omission) {
            document = omission.document
            location = omission.location
            reason = omission.reason
        }
    }

    /// What was not read.
    var skipped: [Entry] { omissions.filter { $0.kind != .note }.map(Entry.init) }
    /// What is worth knowing of what was read.
    var notes: [Entry] { omissions.filter { $0.kind == .note }.map(Entry.init) }

    /// What is said on standard error: a few lines, or all. What somebody wants to be left out is only counted otherwise.
    func lines(all isVerbose: Bool) -> [String] {
        let told = omissions.filter { $0.kind != .ignored || isVerbose }
        if isVerbose { return told.map(Self.line) }
        var lines = told.prefix(Self.shown).map(Self.line)
        let (rest, ignored) = (told.count - lines.count, omissions.count { $0.kind == .ignored })
        if rest > 0 { lines.append("and \(rest) more; --verbose lists them") }
        if ignored > 0 {
            lines.append(
                "left out as hidden, ignored or not asked for: \(Quantity.count(ignored)) (--verbose lists them)")
        }
        return lines
    }

    private static func line(_ omission: Omission) -> String {
        let place = omission.location.map { $0.description.isEmpty ? "" : ", \($0.description)" } ?? ""
        let name = TerminalText.name(omission.document + place)
        return "\(omission.kind == .note ? "note" : "skipped"): \(name): \(omission.reason)"
    }
}
