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

    /// Says it on standard error: a few lines, with `--verbose` all. What somebody wants to be left out is only counted.
    func write(_ output: OutputOptions) {
        let told = omissions.filter { $0.kind != .ignored || output.verbose }
        for omission in output.verbose ? told[...] : told.prefix(Self.shown) { output.warn(Self.line(omission)) }
        let ignored = omissions.count { $0.kind == .ignored }
        let rest = told.count - Self.shown
        if !output.verbose, rest > 0 { output.warn("and \(rest) more; --verbose lists them") }
        if !output.verbose, ignored > 0 {
            output.warn(
                "left out as hidden, ignored or not asked for: \(Quantity.count(ignored)) (--verbose lists them)")
        }
    }

    private static func line(_ omission: Omission) -> String {
        let place = omission.location.map { $0.description.isEmpty ? "" : ", \($0.description)" } ?? ""
        return "\(omission.kind == .note ? "note" : "skipped"): \(omission.document)\(place): \(omission.reason)"
    }
}
