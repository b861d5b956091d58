/// One attention head of a model; layer and head are counted from 0.
public struct AttentionHead: Sendable, Hashable, Comparable, Codable {
    /// The block that the head belongs to.
    public var layer: Int
    /// The query head within its block.
    public var head: Int

    /// The head `head` of the block `layer`.
    public init(layer: Int, head: Int) {
        self.layer = layer
        self.head = head
    }

    /// By layer, then by head.
    public static func < (left: AttentionHead, right: AttentionHead) -> Bool {
        (left.layer, left.head) < (right.layer, right.head)
    }
}

extension AttentionHead: CustomStringConvertible {
    /// For messages.
    public var description: String { "layer \(layer), head \(head)" }
}
