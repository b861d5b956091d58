/// How high the lines of a document are, which tells running text from titles and notes.
struct LineHeights {
    /// Characters by height, in quarters of a point.
    private var counts: [Int: Int] = [:]

    mutating func look(at page: PageText) { counts.merge(Self.counts(page), uniquingKeysWith: +) }

    /// The height of running text on a page: of the document's, unless the page has much text of its own kind.
    func body(of page: PageText) -> Double {
        let own = Self.counts(page)
        let most = own.values.max() ?? 0
        let counts = most >= Self.muchText && 10 * most > 6 * page.count ? own : counts
        // Of two that are as frequent the smaller, so that the result does not depend on the order of a dictionary.
        let height = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
        return Double(height) / 4
    }

    /// Characters that tell a size by themselves.
    private static let muchText = 800

    private static func counts(_ page: PageText) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for line in page.lines where !line.isTurned { counts[Int(4 * line.height + 0.5), default: 0] += line.count }
        return counts
    }
}
