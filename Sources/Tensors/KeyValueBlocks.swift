import CKernels

/// The keys and values of one layer and one sequence, in blocks of up to 128 positions (paged attention,
/// arXiv 2309.06180), in the form in which ``Attention`` multiplies them.
///
/// A value: a copy shares its blocks with the original. A block that is shared is never written; whoever goes on behind one
/// begins a block of its own. So a copy costs nothing, and many sequences can continue one.
///
/// Not synchronised: one sequence is written by one task at a time.
public struct KeyValueBlocks: @unchecked Sendable {
    /// What is stored of each position.
    public struct Layout: Sendable, Hashable {
        /// Key-value heads.
        public let heads: Int
        /// Elements of one head's key or value.
        public let headDimension: Int
        /// Whether numbers are rounded to bf16, two bytes each, or kept in float32.
        public let isBF16: Bool

        /// What arithmetic wants: bf16 in int8, which is itself far coarser, else float32.
        public init(heads: Int, headDimension: Int, arithmetic: Arithmetic) {
            self.init(heads: heads, headDimension: headDimension, isBF16: arithmetic == .int8)
        }

        /// A layout with the given numbers.
        public init(heads: Int, headDimension: Int, isBF16: Bool) {
            self.heads = heads
            self.headDimension = headDimension
            self.isBF16 = isBF16
        }

        var description: ir_key_value_layout {
            ir_key_value_layout(head_dimension: headDimension, heads: heads, bf16: isBF16)
        }
    }

    /// What is stored of each position.
    public let layout: Layout
    /// Positions whose keys are there.
    public private(set) var keyCount = 0
    /// Positions whose values are there.
    public private(set) var valueCount = 0
    private var blocks: [Block] = []

    /// Part of a sequence: positions in memory that others may share.
    private struct Block {
        var memory: BlockMemory
        let start: Int
        /// Positions of the sequence that are there, or about to be.
        var count: Int

        var end: Int { start + count }
    }

    /// Empty.
    public init(_ layout: Layout) { self.layout = layout }

    /// Bytes of the blocks, those shared with others included.
    public var byteCount: Int { blocks.reduce(0) { $0 + $1.memory.byteCount } }

    /// Forgets the positions at `count` and behind.
    public mutating func truncate(to count: Int) {
        guard count >= 0, count < max(keyCount, valueCount, blocks.last?.end ?? 0) else { return }
        keyCount = min(keyCount, count)
        valueCount = min(valueCount, count)
        while let last = blocks.last, last.start >= count { blocks.removeLast() }
        if let last = blocks.last, last.end > count { blocks[blocks.count - 1].count = count - last.start }
    }

    /// Makes room for the positions up to `count`, behind those that are there.
    /// - Parameter values: Whether values will be stored too.
    public mutating func reserve(_ count: Int, values: Bool) {
        truncate(to: max(keyCount, valueCount))
        while (blocks.last?.end ?? 0) < count {
            let end = blocks.last?.end ?? 0
            let last = blocks.count - 1
            // What others see must stay as it is.
            let isOwn = last >= 0 && isKnownUniquelyReferenced(&blocks[last].memory)
            if isOwn, blocks[last].count < blocks[last].memory.capacity {
                blocks[last].count = min(blocks[last].memory.capacity, count - blocks[last].start)
                continue
            }
            // A sequence that grows token by token gets larger blocks as it does.
            let wanted = max(count - end, isOwn ? 2 * blocks[last].memory.capacity : 0)
            let panel = Int(IR_PANEL_WIDTH)
            let capacity = min(Int(IR_BLOCK_POSITIONS), (wanted + panel - 1) / panel * panel)
            blocks.append(
                Block(
                    memory: BlockMemory(layout, capacity: capacity), start: end, count: min(capacity, count - end)))
        }
        if values { for block in blocks where block.end > valueCount { block.memory.addValues(layout) } }
    }

    /// Stores the keys, and values if given, of positions for which room was reserved, in one loop over all `stores`. They
    /// count as stored from ``advance(to:values:)`` on.
    public static func store(_ stores: [Store], on pool: ThreadPool) {
        let tasks = stores.flatMap { store in store.tasks }
        pool.run(tasks.count) { task, worker in tasks[task].store.run(tasks[task], worker) }
    }

    /// Counts the positions up to `count` as stored.
    public mutating func advance(to count: Int, values: Bool) {
        keyCount = max(keyCount, count)
        if values { valueCount = max(valueCount, count) }
    }

    /// The keys of one head at `positions`, as positions x headDimension; nil where they were never stored.
    public func keys(head: Int, positions: Range<Int>) -> [Float]? {
        guard positions.lowerBound >= 0, positions.upperBound <= keyCount, (0..<layout.heads).contains(head) else {
            return nil
        }
        return [Float](unsafeUninitializedCapacity: positions.count * layout.headDimension) { buffer, count in
            for block in blocks {
                let part = positions.clamped(to: block.start..<block.end)
                guard !part.isEmpty, let target = buffer.baseAddress else { continue }
                var (layout, description) = (layout.description, block.memory.description(block.start, block.count))
                ir_load_keys(
                    &layout, &description, head, part.lowerBound - block.start, part.count,
                    target + (part.lowerBound - positions.lowerBound) * self.layout.headDimension)
            }
            count = positions.count * layout.headDimension
        }
    }

    /// The blocks that hold the positions below `count`, as C sees them; valid as long as this value.
    func descriptions(below count: Int) -> [ir_key_value_block] {
        blocks.prefix { $0.start < count }.map { $0.memory.description($0.start, min($0.count, count - $0.start)) }
    }

    /// What is to be stored in one sequence.
    public struct Store {
        /// The sequence, with room for the rows.
        public var blocks: KeyValueBlocks
        /// Position of the first row.
        public var start: Int
        /// T x KV heads * headDimension; transformed in place before they are stored.
        public var keys: MatrixView
        /// The keys' transform.
        public var transform: HeadTransform?
        /// As many rows as the keys, or nil.
        public var values: MatrixView?

        /// Rows for one sequence.
        public init(
            blocks: KeyValueBlocks, start: Int, keys: MatrixView, transform: HeadTransform?, values: MatrixView?
        ) {
            precondition(
                keys.columns == blocks.layout.heads * blocks.layout.headDimension
                    && values.map { $0.rows == keys.rows && $0.columns == keys.columns } ?? true,
                "Keys and values must have all heads side by side.")
            self.blocks = blocks
            self.start = start
            self.keys = keys
            self.transform = transform
            self.values = values
        }

        /// A part that one thread stores: rows that go to one panel of a block.
        fileprivate struct Task {
            let store: Store
            let block: Int
            let rows: Range<Int>
        }

        fileprivate var tasks: [Task] {
            let all = start..<start + keys.rows
            return blocks.blocks.indices.flatMap { index -> [Task] in
                let block = blocks.blocks[index]
                let panels = stride(from: block.start, to: block.end, by: Int(IR_PANEL_WIDTH))
                return panels.compactMap { first in
                    let positions = all.clamped(to: first..<min(block.end, first + Int(IR_PANEL_WIDTH)))
                    guard !positions.isEmpty else { return nil }
                    return Task(
                        store: self, block: index, rows: positions.lowerBound - start..<positions.upperBound - start)
                }
            }
        }

        fileprivate func run(_ task: Task, _ worker: OpaquePointer?) {
            transform?.apply(to: keys, rows: task.rows, start: start)
            let block = blocks.blocks[task.block]
            var layout = blocks.layout.description
            var description = block.memory.description(block.start, block.count)
            let first = start + task.rows.lowerBound - block.start
            for head in 0..<blocks.layout.heads {
                let column = head * blocks.layout.headDimension
                ir_store_keys(
                    Kernels.current, &layout, &description, head, first, keys.row(task.rows.lowerBound) + column,
                    keys.stride, task.rows.count, worker)
                if let values {
                    ir_store_values(
                        Kernels.current, &layout, &description, head, first,
                        values.row(task.rows.lowerBound) + column, values.stride, task.rows.count, worker)
                }
            }
        }
    }
}

/// The memory of one block. Keys and values of different positions may be written by different threads.
private final class BlockMemory: @unchecked Sendable {
    let capacity: Int
    private let keys: UnsafeMutableRawPointer
    private var values: UnsafeMutableRawPointer?
    private(set) var byteCount: Int

    init(_ layout: KeyValueBlocks.Layout, capacity: Int) {
        self.capacity = capacity
        var description = layout.description
        byteCount = layout.heads * ir_key_bytes(&description, capacity)
        keys = UnsafeMutableRawPointer.allocate(byteCount: max(1, byteCount), alignment: 64)
    }

    deinit {
        keys.deallocate()
        values?.deallocate()
    }

    /// Makes room for values, unless there is.
    func addValues(_ layout: KeyValueBlocks.Layout) {
        guard values == nil else { return }
        var description = layout.description
        let bytes = layout.heads * ir_value_bytes(&description, capacity)
        values = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes), alignment: 64)
        byteCount += bytes
    }

    func description(_ start: Int, _ count: Int) -> ir_key_value_block {
        ir_key_value_block(keys: keys, values: values, start: start, count: count, capacity: capacity)
    }
}
