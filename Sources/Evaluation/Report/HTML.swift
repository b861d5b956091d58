import Foundation

/// A piece of a page. What stands in a literal is markup; every text put into it is escaped, so that no text from outside
/// can become markup:
///
/// ```swift
/// let cell: HTML = "<td>\(answer)</td>"   // `answer` is a String: escaped
/// let row: HTML = "<tr>\(cell)</tr>"      // `cell` is HTML: taken as it is
/// ```
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The markup, ready to be written.
    package private(set) var markup: String

    package init(stringLiteral markup: String) { self.markup = markup }

    package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    /// A text as it is, without any markup of its own.
    package init(text: some StringProtocol) { markup = Self.escaped(text) }

    /// Pieces one after the other.
    package init(_ pieces: some Sequence<HTML>) {
        markup = ""
        for piece in pieces { markup += piece.markup }
    }

    package static func + (one: HTML, other: HTML) -> HTML { HTML([one, other]) }

    package static func += (one: inout HTML, other: HTML) { one.markup += other.markup }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(2 * literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { markup += literal }

        package mutating func appendInterpolation(_ text: some StringProtocol) { markup += HTML.escaped(text) }

        package mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }

        package mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { markup += piece.markup } }

        package mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }

        /// A coordinate or a share, with two decimals.
        package mutating func appendInterpolation(_ number: Double) {
            markup += number.isFinite ? HTML.decimal(number, digits: 2) : "0"
        }
    }

    /// `1234.5`: never in exponential form, which attributes of SVG would not all take.
    package static func decimal(_ number: Double, digits: Int) -> String { String(format: "%.\(digits)f", number) }

    /// `12,345`
    package static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).map { end in
            String(digits.suffix(digits.count - max(0, end - 3)).prefix(min(3, end)))
        }
        return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// Safe between tags and inside quoted attributes. Characters that no page may hold become U+FFFD.
    private static func escaped(_ text: some StringProtocol) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\r": escaped += "\n"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
