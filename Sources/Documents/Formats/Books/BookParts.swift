import Foundation

/// Where a book says what it is made of.
final class BookContainer: XMLContent {
    /// The path of the list of its parts.
    private(set) var path: String?

    func open(_ name: String, _ attributes: XMLAttributes) {
        if name == "rootfile", path == nil { path = attributes["full-path"] }
    }

    func close(_ name: String) {}
    func text(_ text: UnsafeBufferPointer<UInt8>) {}
}

/// The parts of a book, and the order in which they are read.
final class BookParts: XMLContent {
    private struct Item {
        var path: String
        var type: String
        var properties: String
    }

    private let folder: [Substring]
    private var items: [String: Item] = [:]
    private var order: [String] = []
    private var contents: String?

    /// - Parameter path: Of the list of parts.
    init(path: String) { folder = path.split(separator: "/").dropLast() }

    /// The paths of the chapters.
    var chapters: [String] {
        order.compactMap { items[$0] }
            .filter { $0.type.contains("html") || $0.type.isEmpty || $0.type == "application/x-dtbook+xml" }.map(\.path)
    }

    /// The path of the table of contents: the page of newer books, or the file of older ones.
    var tableOfContents: String? {
        items.values.first { $0.properties.split(separator: " ").contains("nav") }?.path
            ?? contents.flatMap { items[$0]?.path }
            ?? items.values.first { $0.type == "application/x-dtbncx+xml" }?.path
    }

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "item":
            guard let id = attributes["id"], let target = attributes["href"], items.count < Self.most else { return }
            let path = Relationships.path(target.removingPercentEncoding ?? target, from: folder)
            items[id] = Item(
                path: path, type: attributes["media-type"] ?? "", properties: attributes["properties"] ?? "")
        case "itemref": if let id = attributes["idref"], order.count < Self.most { order.append(id) }
        case "spine": contents = attributes["toc"]
        default: break
        }
    }

    func close(_ name: String) {}
    func text(_ text: UnsafeBufferPointer<UInt8>) {}

    private static let most = 100_000
}

/// What a book's table of contents calls its parts.
final class BookTitles: XMLContent {
    /// Titles by the paths of the files that they lead to; the first of a file counts.
    private(set) var titles: [String: String] = [:]
    private let folder: [Substring]
    private var title = FlowingText()
    private var target: String?
    private var isText = false

    /// - Parameter path: Of the table of contents.
    init(path: String) { folder = path.split(separator: "/").dropLast() }

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "a":
            target = attributes["href"]
            isText = true
            _ = title.take()
        case "navLabel":
            isText = true
            _ = title.take()
        case "content":
            target = attributes["src"]
            store()
        default: break
        }
    }

    func close(_ name: String) {
        switch name {
        case "a":
            isText = false
            store()
        case "navLabel": isText = false
        default: break
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { if isText { title.append(text) } }

    private func store() {
        let text = title.take().bytes
        guard let target, !text.isEmpty, titles.count < 100_000 else { return }
        let file = target.prefix { $0 != "#" }
        let path = Relationships.path(file.removingPercentEncoding ?? String(file), from: folder)
        if titles[path] == nil { titles[path] = String(decoding: text, as: UTF8.self) }
    }
}
