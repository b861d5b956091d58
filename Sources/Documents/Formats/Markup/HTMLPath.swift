/// The elements that are open, and how a person finds one of them: `#id`, or a path as CSS selects it.
struct HTMLPath {
    private struct Element {
        let tag: HTMLTag
        /// Among the elements of its name beside it, from 1.
        let index: Int
        let id: String?
        /// How many children of each name it has so far.
        var children: [(number: Int, count: Int)] = []
        /// How it is found, once somebody asked.
        var path: String?
    }

    private var elements: [Element] = []

    var depth: Int { elements.count }
    var last: HTMLTag? { elements.last?.tag }

    mutating func open(_ tag: HTMLTag, id: String?) {
        var index = 1
        if let parent = elements.indices.last {
            if let child = elements[parent].children.firstIndex(where: { $0.number == tag.number }) {
                elements[parent].children[child].count += 1
                index = elements[parent].children[child].count
            } else {
                elements[parent].children.append((tag.number, 1))
            }
        }
        elements.append(Element(tag: tag, index: index, id: id))
    }

    mutating func close() -> HTMLTag? { elements.popLast()?.tag }

    /// How deep the innermost open element of a name stands, from 0; nil where none is near.
    func depth(of number: Int) -> Int? {
        for depth in elements.indices.reversed().prefix(Self.nearby) where elements[depth].tag.number == number {
            return depth
        }
        return nil
    }

    /// The innermost open element that is no mere part of running text.
    mutating func place() -> String? {
        elements.lastIndex { $0.tag.role != .inline && $0.tag.role != .link && $0.tag.role != .superscript }
            .map { path(to: $0) }
    }

    private mutating func path(to end: Int) -> String {
        // Up to what is known already, then down again.
        var start = end
        while start > 0, elements[start].path == nil, elements[start].id == nil, end - start < Self.longestPath {
            start -= 1
        }
        for depth in start...end where elements[depth].path == nil {
            let element = elements[depth]
            if let id = element.id {
                elements[depth].path = Self.selector(id)
            } else if element.tag.name == "body" || element.tag.name == "html" || depth == 0 {
                elements[depth].path = element.tag.name
            } else {
                var step = "\(element.tag.name):nth-of-type(\(element.index))"
                // Browsers put rows into a body of the table, which pages leave out.
                if element.tag.role == .row, elements[depth - 1].tag.role == .table { step = "tbody > " + step }
                // What stands in the body is in the page: `html` says nothing.
                let before = depth > start ? elements[depth - 1].path : nil
                elements[depth].path = before.map { $0 == "html" ? step : "\($0) > \(step)" } ?? step
            }
        }
        return elements[end].path ?? ""
    }

    private static func selector(_ id: String) -> String {
        let isPlain =
            id.first?.isLetter == true && id.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        return isPlain ? "#\(id)" : "[id=\"\(id.filter { $0 != "\"" && $0 != "\\" })\"]"
    }

    /// Steps of a path at most.
    private static let longestPath = 12
    /// How far up an end tag is looked for.
    private static let nearby = 256
}
