/// The lists that are open, and what stands before their items.
struct HTMLLists {
    private struct List {
        /// Of the next item; nil where items have no number.
        var number: Int?
        /// Whether an item is open.
        var isInItem = false
        /// Whether there is no element of it: the item stands by itself.
        var isImplied = false
        /// What stands before the item's text, not yet put there.
        var mark: [UInt8]?
        var indentation: Int
    }

    private var lists: [List] = []
    /// The outermost list; items of it and of the lists in it stand together.
    private(set) var group = 0

    var isEmpty: Bool { lists.isEmpty }
    var isInItem: Bool { lists.contains { $0.isInItem } }

    mutating func beginList(firstNumber: Int?, newGroup: Int) {
        if lists.isEmpty { group = newGroup }
        lists.append(List(number: firstNumber, indentation: 2 * min(lists.count, Self.deepest)))
    }

    mutating func endList() {
        _ = lists.popLast()
        if lists.isEmpty { group = 0 }
    }

    /// - Parameter newGroup: Of the item, where it stands in no list.
    mutating func beginItem(_ role: HTMLTag.Role, number: Int?, newGroup: Int) {
        if lists.isEmpty {
            beginList(firstNumber: nil, newGroup: newGroup)
            lists[0].isImplied = true
        }
        let last = lists.count - 1
        lists[last].isInItem = true
        switch role {
        case .term: lists[last].mark = []
        case .definition: lists[last].mark = [0x20, 0x20]
        default:
            if let next = lists[last].number {
                let number = number ?? next
                lists[last].mark = Array("\(number). ".utf8)
                lists[last].number = number < Int.max ? number + 1 : number
            } else {
                lists[last].mark = Array("- ".utf8)
            }
        }
    }

    mutating func endItem() {
        guard let last = lists.indices.last else { return }
        lists[last].isInItem = false
        lists[last].mark = nil
        if lists[last].isImplied { endList() }
    }

    /// What stands before the text that begins now: the mark of the item, or its indentation.
    mutating func lead() -> [UInt8] {
        guard let last = lists.lastIndex(where: \.isInItem) else { return [] }
        guard let mark = lists[last].mark else { return indentation }
        lists[last].mark = nil
        return blanks(lists[last].indentation) + mark
    }

    /// What stands before an item's further lines.
    var indentation: [UInt8] {
        lists.last(where: \.isInItem).map { blanks($0.indentation + 2) } ?? []
    }

    private func blanks(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x20, count: count) }

    /// Lists in one another that are told apart.
    private static let deepest = 12
}
