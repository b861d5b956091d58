import ArgumentParser
import Documents
import Foundation
import SystemPackage

/// Which documents of files and folders are read, and how.
struct DocumentArguments: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Of folders and indexes, only files that the pattern stands for: a name or a path, with *, ** and ?. May be repeated.",
            valueName: "glob"))
    var include: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Of folders and indexes, no files that the pattern stands for, and nothing in such folders. May be repeated.",
            valueName: "glob"))
    var exclude: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Only files changed at this time or later: 2026-11-28, 2026-11-28T10:00, or 7d, 12h before now.",
            valueName: "time"))
    var since: PointInTime?

    @Option(name: .long, help: ArgumentHelp("Only files changed before this time.", valueName: "time"))
    var until: PointInTime?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Only this kind of documents, as extract names it: pdf, markdown, csv. May be repeated.", valueName: "kind")
    )
    var kind: [String] = []

    @Option(name: .long, help: ArgumentHelp("Leave out files that are larger: 500KB, 20MB, 1GB.", valueName: "size"))
    var maxSize: ByteCount?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The encoding of texts, instead of finding it out: UTF-16, windows-1252, Shift_JIS.", valueName: "name"))
    var encoding: String?

    func validate() throws {
        for kind in kind where !DocumentKind.all.contains(kind.lowercased()) {
            throw ValidationError("--kind knows \(DocumentKind.all.joined(separator: ", ")), not '\(kind)'.")
        }
        if let since, let until, since.date >= until.date { throw ValidationError("--since must be before --until.") }
        _ = try textEncoding
    }

    private var textEncoding: TextEncoding? {
        get throws {
            guard let encoding else { return nil }
            guard let found = TextEncoding(named: encoding) else {
                throw ValidationError(
                    "--encoding does not know '\(encoding)'; it knows \(TextEncoding.all.map(\.name).joined(separator: ", "))."
                )
            }
            return found
        }
    }

    /// Which files of folders, and which documents of indexes.
    var filter: DocumentFilter {
        var filter = DocumentFilter()
        filter.include = include.map { Glob($0) }
        filter.exclude = exclude.map { Glob($0) }
        filter.since = since?.date
        filter.until = until?.date
        filter.kinds = Set(kind.map { $0.lowercased() })
        filter.maxBytes = maxSize?.bytes
        return filter
    }

    /// What files and folders stand for; `-` is standard input.
    func documents(_ files: [String]) throws -> DocumentList {
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("Standard input (-) can be read only once.")
        }
        var list = DocumentList()
        for file in files {
            if file == "-" {
                list.documents.append(.standardInput)
            } else {
                try list.add(CommandPath.path(file), filter: filter)
            }
        }
        let encoding = try textEncoding
        for index in list.documents.indices { list.documents[index].encoding = encoding }
        return list
    }
}

/// A path on the command line with the bytes that it was given with: an argument that is no UTF-8 is repaired before commands see it.
enum CommandPath {
    static func path(_ argument: String) -> FilePath {
        guard argument.unicodeScalars.contains("\u{FFFD}") else { return FilePath(argument) }
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let bytes = CommandLine.unsafeArgv[index], String(cString: bytes) == argument else { continue }
            return FilePath(platformString: bytes)
        }
        return FilePath(argument)
    }
}

/// A time as people write it: a date, a date and a time of day in the zone of the machine, or how long before now.
struct PointInTime: ExpressibleByArgument {
    let date: Date

    init?(argument: String) {
        let units: [Character: Double] = ["m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400]
        if let unit = argument.last.flatMap({ units[$0] }), let count = Double(argument.dropLast()) {
            date = Date(timeIntervalSinceNow: -count * unit)
            return
        }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        let forms = [
            "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm",
            "yyyy-MM-dd'T'HH:mm:ssXXXXX",
        ]
        for form in forms {
            formatter.dateFormat = form
            if let date = formatter.date(from: argument) {
                self.date = date
                return
            }
        }
        return nil
    }
}

/// A number of bytes as people write it: `500`, `20MB`, `1.5GiB`.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let text = argument.lowercased().trimmingCharacters(in: .whitespaces)
        let unit = text.drop { $0.isNumber || $0 == "." }
        let factors: [String: Double] = [
            "": 1, "b": 1, "k": 1e3, "kb": 1e3, "kib": 1_024, "m": 1e6, "mb": 1e6, "mib": 1_048_576, "g": 1e9,
            "gb": 1e9,
            "gib": 1_073_741_824,
        ]
        guard let factor = factors[String(unit)], let count = Double(text.dropLast(unit.count)), count >= 0,
            let bytes = Int(exactly: (count * factor).rounded())
        else { return nil }
        self.bytes = bytes
    }
}
