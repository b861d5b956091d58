import Synchronization

/// What encoding needs besides the tokenizer itself: caches and buffers, used by one stream at a time.
struct EncodingWorkspace: Sendable {
    var classes = ScalarClasses()
    var encoder = WordEncoder()
    var tokens = TokenRun()
    var text: [UInt8] = []
}

/// Workspaces that wait for the next stream, so that caches live on from text to text.
final class WorkspacePool: Sendable {
    private let workspaces = Mutex<[EncodingWorkspace]>([])

    /// Buffers that grew beyond this are given up rather than kept. In bytes.
    private static let largestText = 1 << 20
    private static let mostWorkspaces = 16

    /// A workspace, warm if one is there.
    func take() -> EncodingWorkspace {
        guard var workspace = workspaces.withLock({ $0.popLast() }) else { return EncodingWorkspace() }
        workspace.text.removeAll(keepingCapacity: workspace.text.capacity <= Self.largestText)
        workspace.tokens.removeAll()
        return workspace
    }

    /// Keeps a workspace for the next stream.
    func put(_ workspace: EncodingWorkspace) {
        workspaces.withLock { if $0.count < Self.mostWorkspaces { $0.append(workspace) } }
    }
}
