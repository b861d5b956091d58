/// A pattern of file names as shells and `.gitignore` have it: `*` and `?` stay within a name, `**` goes across folders, `[a-z]` is one of
/// several characters. It is matched by bytes: names need not be UTF-8.
public struct Glob: Sendable, Hashable {
    private indirect enum Part: Sendable, Hashable {
        case byte(UInt8)
        /// Any byte but a slash.
        case one
        case set([ClosedRange<UInt8>], isNegated: Bool)
        /// Any bytes but slashes.
        case within
        /// Any bytes.
        case across
        /// Any folders, or none.
        case folders
    }

    private let parts: [Part]

    /// - Parameter pattern: As it is written. Every text is a pattern.
    public init(_ pattern: String) { self.init(Array(pattern.utf8)[...]) }

    init(_ pattern: ArraySlice<UInt8>) {
        var parts: [Part] = []
        var rest = pattern
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"):
                guard rest.first == byte else {
                    parts.append(.within)
                    continue
                }
                rest = rest.drop { $0 == byte }
                if rest.first == UInt8(ascii: "/") {
                    rest.removeFirst()
                    parts.append(.folders)
                } else {
                    parts.append(.across)
                }
            case UInt8(ascii: "?"): parts.append(.one)
            case UInt8(ascii: "["):
                if let (set, end) = Self.set(rest) {
                    parts.append(set)
                    rest = rest[end...]
                } else {
                    parts.append(.byte(byte))
                }
            case UInt8(ascii: "\\"): parts.append(.byte(rest.popFirst() ?? byte))
            default: parts.append(.byte(byte))
            }
        }
        self.parts = parts
    }

    /// The set whose opening bracket stands before `text`, and what follows it.
    private static func set(_ text: ArraySlice<UInt8>) -> (Part, Int)? {
        var rest = text
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "]"), !ranges.isEmpty {
                return (.set(ranges, isNegated: isNegated), rest.startIndex)
            }
            let last = rest.dropFirst().first
            if rest.first == UInt8(ascii: "-"), let last, last != UInt8(ascii: "]"), last >= byte {
                ranges.append(byte...last)
                rest = rest.dropFirst(2)
            } else {
                ranges.append(byte...byte)
            }
        }
        return nil
    }

    /// Whether the pattern stands for all of a path.
    public func matches(_ path: some Sequence<UInt8>) -> Bool {
        // The set of places in the pattern that the path so far leads to: linear in both, whatever the pattern.
        var states = closure(of: [0])
        for byte in path {
            var next: Set<Int> = []
            for state in states where state < parts.count {
                switch parts[state] {
                case .byte(let expected): if byte == expected { next.insert(state + 1) }
                case .one: if byte != UInt8(ascii: "/") { next.insert(state + 1) }
                case .set(let ranges, let isNegated):
                    if byte != UInt8(ascii: "/"), ranges.contains(where: { $0.contains(byte) }) != isNegated {
                        next.insert(state + 1)
                    }
                case .within: if byte != UInt8(ascii: "/") { next.insert(state) }
                case .across: next.insert(state)
                case .folders:
                    next.insert(state)
                    if byte == UInt8(ascii: "/") { next.insert(state + 1) }
                }
            }
            // What comes from inside a folder's name goes on only behind its slash.
            states = closure(of: next, afterSlash: byte == UInt8(ascii: "/"))
            if states.isEmpty { return false }
        }
        return states.contains(parts.count)
    }

    /// The places that are reached without another byte.
    private func closure(of states: Set<Int>, afterSlash: Bool = true) -> Set<Int> {
        var (all, open) = (states, Array(states))
        while let state = open.popLast(), state <= parts.count {
            guard state < parts.count else { continue }
            let passes =
                switch parts[state] {
                case .within, .across: true
                case .folders: afterSlash
                default: false
                }
            if passes, all.insert(state + 1).inserted { open.append(state + 1) }
        }
        return all
    }
}
