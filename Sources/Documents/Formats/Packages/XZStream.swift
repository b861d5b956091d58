import SystemPackage

/// Unpacks `.xz` by the program `xz`, which reads the file itself.
struct XZStream: ByteStream {
    private let name: String
    /// Held open as long as the program reads it.
    private let packed: ByteFile
    private let program: ChildProcess
    private var check: BombCheck

    /// Far more than any file takes: a bomb is found by what it writes.
    private static let limits = ChildProcess.Limits(
        silence: .seconds(30), processorSeconds: 3_600, memory: 1 << 30)

    /// - Throws: ``DocumentError/unsupported(name:reason:)`` where the program is not installed.
    init(_ packed: PackedBytes) throws(DocumentError) {
        name = packed.name
        check = BombCheck(name: name)
        self.packed = try packed.file().onDisk()
        guard let path = ChildProcess.path(ofProgram: "xz") else {
            throw .unsupported(name: name, reason: "the program 'xz' is needed to read it; install xz-utils")
        }
        do {
            try self.packed.descriptor?.seek(offset: 0, from: .start)
            program = try ChildProcess(
                path, ["--decompress", "--stdout", "--quiet", "--memlimit-decompress=256MiB"],
                input: self.packed.descriptor, limits: Self.limits)
        } catch {
            throw .unreadable(name: name, reason: "the program 'xz' cannot be started: \(error)")
        }
    }

    mutating func next() throws(DocumentError) -> [UInt8]? {
        guard let block = try program.next() else {
            guard program.ending == .exited(0) else {
                throw .damaged(name: name, reason: "the compressed file is damaged, or cut off; copy it again")
            }
            return nil
        }
        try check.add(block.count, packed: packed.count)
        return block
    }
}
