import Foundation

/// The number formats of a workbook, as far as they say that a number is a date or a share.
final class NumberFormats: XMLContent {
    enum Kind {
        case number, percent, date
    }

    private var custom: [Int: String] = [:]
    private var styles: [Kind] = []
    private var isCellFormats = false
    /// Whether days are counted from 1904 on.
    var countsFrom1904 = false

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            if let id = attributes.number("numFmtId"), let code = attributes["formatCode"] { custom[id] = code }
        case "cellXfs": isCellFormats = true
        case "xf":
            if isCellFormats { styles.append(kind(attributes.number("numFmtId") ?? 0)) }
        default: break
        }
    }

    func close(_ name: String) { if name == "cellXfs" { isCellFormats = false } }

    func text(_ text: UnsafeBufferPointer<UInt8>) {}

    private func kind(_ id: Int) -> Kind {
        if let code = custom[id] { return Self.kind(ofCode: code) }
        switch id {
        case 9, 10: return .percent
        case 14...22, 27...36, 45...47, 50...58: return .date
        default: return .number
        }
    }

    /// A code with letters of dates outside of quotes and brackets is one of dates.
    private static func kind(ofCode code: String) -> Kind {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        // The first section is that of positive numbers.
        for character in code.prefix(while: { $0 != ";" }) {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch character {
            case "\\", "_", "*": isEscaped = true
            case "\"": isQuoted.toggle()
            case "[": isBracketed = true
            case "]": isBracketed = false
            case "%" where !isQuoted: return .percent
            case "d", "m", "y", "h", "s", "D", "M", "Y", "H", "S":
                if !isQuoted, !isBracketed { return .date }
            default: break
            }
        }
        return .number
    }

    /// A cell's number as people read it.
    func text(_ value: String, style: Int) -> String {
        guard let number = Double(value), number.isFinite else { return value }
        switch styles.indices.contains(style) ? styles[style] : .number {
        case .number: return Self.plain(number)
        case .percent: return Self.plain(number * 100) + "%"
        case .date: return date(number) ?? Self.plain(number)
        }
    }

    /// At most 15 digits, as spreadsheets have.
    private static func plain(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        return String(format: "%.15g", number)
    }

    /// A count of days as a date, a time or both; nil where it is none.
    private func date(_ serial: Double) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var days = Int(serial)
        var seconds = Int(((serial - Double(days)) * 86400).rounded())
        if seconds == 86400 { (days, seconds) = (days + 1, 0) }
        let time =
            String(format: "%02d:%02d", seconds / 3600, seconds / 60 % 60)
            + (seconds % 60 == 0 ? "" : String(format: ":%02d", seconds % 60))
        if days == 0, !countsFrom1904 { return time }
        // Day 60 is 29 February 1900, which never was.
        let from1970 = countsFrom1904 ? days - 24107 : days - 25569 + (days < 60 ? 1 : 0)
        let (year, month, day) = Self.calendarDate(from1970)
        let date = String(format: "%04d-%02d-%02d", year, month, day)
        return seconds == 0 ? date : "\(date) \(time)"
    }

    /// The date of a day counted from 1 January 1970 (the algorithm of Howard Hinnant, chrono-compatible date algorithms, 2013).
    private static func calendarDate(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
