/// Memory for the keys and values of one layer in the form in which attention multiplies them; reused from layer to layer.
///
/// Not synchronised: for one attention at a time.
public final class AttentionWorkspace: @unchecked Sendable {
    private var memory = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
    private var capacity = 64

    /// Empty; grows as needed.
    public init() {}

    deinit { memory.deallocate() }

    /// At least `bytes` bytes, aligned to 64, valid until the next call.
    func reserve(_ bytes: Int) -> UnsafeMutableRawPointer {
        if bytes > capacity {
            memory.deallocate()
            capacity = bytes + bytes / 4
            memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
        }
        return memory
    }
}
