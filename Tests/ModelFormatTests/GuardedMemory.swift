import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory whose last byte is followed by a page that must not be touched: reading one byte too far ends the process.
final class GuardedMemory {
    private let base: UnsafeMutableRawPointer
    private let size: Int
    private let page = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// Room for `capacity` bytes; nil if the system refuses.
    init?(capacity: Int) {
        size = (capacity + page - 1) / page * page
        let protection = PROT_READ | PROT_WRITE
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
        guard let address = mmap(nil, size + page, protection, flags, -1, 0), address != MAP_FAILED else { return nil }
        base = address
        guard mprotect(base + size, page, PROT_NONE) == 0 else {
            munmap(base, size + page)
            return nil
        }
    }

    deinit { munmap(base, size + page) }

    /// The bytes as a model file that ends at the guard. At most one at a time is valid.
    func file(_ bytes: ArraySlice<UInt8>) -> FileBytes {
        let start = base + (size - bytes.count)
        bytes.withUnsafeBytes { source in
            if let from = source.baseAddress { start.copyMemory(from: from, byteCount: source.count) }
        }
        return FileBytes(memory: UnsafeRawBufferPointer(start: start, count: bytes.count), release: { _ in })
    }
}
