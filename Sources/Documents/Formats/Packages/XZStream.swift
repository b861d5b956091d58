import Foundation
import SystemPackage

/// Unpacks `.xz` by the program `xz`, which reads the file itself.
final class XZStream: ByteStream {
    private let process: Process
    private let output: FileHandle
    private let name: String
    private let packedCount: Int
    private var check: BombCheck
    private var isAtEnd = false

    /// - Throws: ``DocumentError/unsupported(name:reason:)`` where the program is not installed.
    init(_ packed: PackedBytes) throws(DocumentError) {
        name = packed.name
        check = BombCheck(name: name)
        let file = try packed.file()
        packedCount = file.count
        process = Process()
        let pipe = Pipe()
        output = pipe.fileHandleForReading
        guard let program = Self.program else {
            throw .unsupported(name: name, reason: "the program 'xz' is needed to read it; install xz-utils")
        }
        process.executableURL = program
        process.arguments = ["--decompress", "--stdout", "--quiet", "--memlimit-decompress=256MiB"]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        do {
            process.standardInput = try Self.input(file)
            try process.run()
        } catch let error as DocumentError {
            throw error
        } catch {
            throw .unreadable(name: name, reason: "the program 'xz' cannot be started: \(error)")
        }
    }

    deinit {
        // A signal that cannot be blocked: a child inherits the signal mask of the thread that starts it.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func next() throws(DocumentError) -> [UInt8]? {
        guard !isAtEnd else { return nil }
        do {
            let descriptor = FileDescriptor(rawValue: output.fileDescriptor)
            let block = try [UInt8](unsafeUninitializedCapacity: byteBlockSize) { buffer, filled in
                filled = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer), retryOnInterrupt: true)
            }
            if !block.isEmpty {
                try check.add(block.count, packed: packedCount)
                return block
            }
        } catch let error as DocumentError {
            throw error
        } catch {
            throw .unreadable(name: name, reason: "reading what 'xz' unpacks failed: \(error)")
        }
        isAtEnd = true
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw .damaged(name: name, reason: "the compressed file is damaged, or cut off; copy it again")
        }
        return nil
    }

    /// The file as the program's standard input, from its beginning.
    private static func input(_ file: ByteFile) throws -> FileHandle {
        if let descriptor = file.descriptor {
            try descriptor.seek(offset: 0, from: .start)
            return FileHandle(fileDescriptor: descriptor.rawValue, closeOnDealloc: false)
        }
        var spool = try Spool()
        try spool.write(file.read(at: 0, file.count))
        try spool.descriptor.seek(offset: 0, from: .start)
        return FileHandle(fileDescriptor: spool.descriptor.rawValue, closeOnDealloc: true)
    }

    private static var program: URL? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/xz" }.first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { URL(fileURLWithPath: $0) }
    }
}
