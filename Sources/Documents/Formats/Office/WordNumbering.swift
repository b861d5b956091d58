/// The lists of a Word document: what stands before their items, and how far they have counted.
final class WordNumbering: XMLContent {
    private struct Level {
        var start = 1
        var format = "decimal"
        var pattern = ""
    }

    private var levels: [String: [Int: Level]] = [:]
    /// What a list's number refers to.
    private var definitions: [String: String] = [:]
    private var counters: [String: [Int: Int]] = [:]
    private var definition: String?
    private var number: String?
    private var level: Int?

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "abstractNum": definition = attributes["abstractNumId"]
        case "num": number = attributes["numId"]
        case "abstractNumId": if let number { definitions[number] = attributes["val"] }
        case "lvl":
            level = attributes.number("ilvl")
            change { $0 = Level() }
        case "start": change { $0.start = attributes.number("val") ?? 1 }
        case "numFmt": change { $0.format = attributes["val"] ?? "decimal" }
        case "lvlText": change { $0.pattern = attributes["val"] ?? "" }
        default: break
        }
    }

    func close(_ name: String) {
        switch name {
        case "abstractNum": definition = nil
        case "num": number = nil
        case "lvl": level = nil
        default: break
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {}

    private func change(_ body: (inout Level) -> Void) {
        guard let definition, let level, (0..<9).contains(level) else { return }
        body(&levels[definition, default: [:]][level, default: Level()])
    }

    /// What stands before the next item of a list, a blank behind it; empty where there is nothing.
    /// - Parameter isHeading: Whether it is a heading, which has numbers and no bullets.
    func mark(list: String, level: Int, isHeading: Bool) -> String {
        guard let definition = definitions[list], let known = levels[definition], let own = known[level] else {
            return isHeading ? "" : "- "
        }
        guard own.format != "bullet" else { return isHeading ? "" : "- " }
        guard own.format != "none" else { return "" }
        // Lists of one definition count on.
        var counts = counters[definition] ?? [:]
        let (next, overflow) = (counts[level] ?? (known[level]?.start ?? 1) &- 1).addingReportingOverflow(1)
        counts[level] = overflow ? 1 : next
        for deeper in counts.keys where deeper > level { counts[deeper] = nil }
        counters[definition] = counts
        var text = own.pattern.isEmpty ? "%\(level + 1)." : own.pattern
        for other in 0...max(0, min(level, 8)) {
            let value = counts[other] ?? known[other]?.start ?? 1
            let format = Self.formats[known[other]?.format ?? ""] ?? "1"
            text = text.replacing("%\(other + 1)", with: ListNumber.text(value, format: format))
        }
        return text.isEmpty ? "" : text.prefix(40) + " "
    }

    private static let formats = ["lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"]
}
