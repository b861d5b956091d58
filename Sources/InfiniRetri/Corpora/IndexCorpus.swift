import Documents
import KeyIndex
import Transformer

/// An attention index: passages that were read before, with the keys that the model made of them.
package struct IndexCorpus: Corpus {
    let index: AttentionIndex
    let model: any IndexableModel
    private var position = 0
    /// Windows that are scored at once: enough for all threads, few enough to keep memory flat.
    private static let windowsInBlock = 64

    /// - Throws: ``IndexError`` where the index was built with another model, profile or plan.
    package init(_ index: AttentionIndex, context: RetrievalContext, model: any LanguageModel) throws {
        guard let model = model as? any IndexableModel else { throw IndexError.modelWithoutKeys(name: model.name) }
        let recipe = try IndexRecipe(model: model, profile: context.profile, plan: context.plan)
        try index.checkServes(recipe, model: model)
        self.index = index
        self.model = model
        context.meter.documentTokens = index.sizes.tokens
    }

    package var tokenCount: Int? { index.sizes.tokens }
    package var progress: ReadingProgress? { nil }

    package mutating func next() throws -> IndexedWindows? {
        guard position < index.catalog.windows.count else { return nil }
        let range = position..<min(position + Self.windowsInBlock, index.catalog.windows.count)
        position = range.upperBound
        return IndexedWindows(index, windows: range)
    }

    package func name(ofDocument document: Int) -> String {
        index.catalog.documents[UInt32(truncatingIfNeeded: document)]?.name ?? ""
    }

    /// Calls `body` with the UTF-8 text of every passage that is searched.
    func forEachText(_ body: (UnsafeRawBufferPointer) -> Void) {
        for window in index.catalog.windows {
            for passage in window.passages.indices where index.catalog.isLive(window.document(ofPassage: passage)) {
                window.withText(passage, body)
            }
        }
    }
}

/// The searched passages of some consecutive windows of an index.
package struct IndexedWindows: PassageBlock {
    /// The windows' numbers in the index.
    let windows: Range<Int>
    /// For each passage its window, counted from the first, and its number there.
    let places: [(window: Int, passage: Int)]
    private let blocks: ArraySlice<WindowBlock>

    init(_ index: AttentionIndex, windows: Range<Int>) {
        self.windows = windows
        blocks = index.catalog.windows[windows]
        places = blocks.enumerated().flatMap { offset, block in
            block.passages.indices.filter { index.catalog.isLive(block.document(ofPassage: $0)) }
                .map { (window: offset, passage: $0) }
        }
    }

    package var count: Int { places.count }
    package var isCounted: Bool { true }

    private func block(_ index: Int) -> WindowBlock { blocks[windows.lowerBound + places[index].window] }

    package func tokenCount(_ index: Int) -> Int { block(index).tokens(ofPassage: places[index].passage).count }

    package func textHash(_ index: Int) -> Int {
        let block = block(index)
        return block.tokens(ofPassage: places[index].passage).map(block.token).hashValue
    }

    package func passage(_ index: Int) -> Passage? { block(index).passage(places[index].passage) }

    package func withText<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        block(index).withText(places[index].passage, body)
    }
}
