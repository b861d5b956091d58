#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a file, kept readable at one address for as long as the object lives.
///
/// The file is mapped, not read: a page is loaded when it is first touched and the system may drop it again. A file that
/// is shortened by someone else while it is mapped ends the process with SIGBUS, as with every memory-mapped reader.
package final class FileBytes: @unchecked Sendable {
    package let buffer: UnsafeRawBufferPointer
    /// Whether the memory is whole pages of a file, about which advice makes sense.
    private let isMapped: Bool
    private let release: @Sendable (UnsafeRawBufferPointer) -> Void

    /// Borrows memory that stays valid until `release` is called with it.
    package init(
        memory: UnsafeRawBufferPointer, isMapped: Bool = false,
        release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
        self.buffer = memory
        self.isMapped = isMapped
        self.release = release
    }

    /// Copies bytes, for files that are made in memory.
    package convenience init(copying bytes: some Collection<UInt8>) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
        copy.copyBytes(from: bytes)
        self.init(memory: UnsafeRawBufferPointer(copy), release: { $0.deallocate() })
    }

    /// Maps the first `count` bytes of an open file for reading; at least one. The file may be closed afterwards.
    package convenience init(mapping descriptor: Int32, count: Int) throws(SystemError) {
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw .last
        }
        self.init(
            memory: UnsafeRawBufferPointer(start: address, count: count), isMapped: true,
            release: { _ = munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) })
    }

    deinit { release(buffer) }

    /// Asks the system to read these bytes ahead, for a pass over them that starts soon.
    package func prefetch(_ range: Range<Int>) {
        advise(range, MADV_WILLNEED, roundingOutward: true)
    }

    /// Tells the system that these bytes will not be used soon, so that they no longer count as resident memory.
    /// They stay readable: the next access loads them again.
    package func dropFromMemory(_ range: Range<Int>) {
        advise(range, MADV_DONTNEED, roundingOutward: false)
    }

    /// Advice is a hint about whole pages: failure changes nothing but speed.
    private func advise(_ range: Range<Int>, _ advice: Int32, roundingOutward: Bool) {
        guard isMapped, let base = buffer.baseAddress else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        guard page > 0 else { return }
        let lower = roundingOutward ? range.lowerBound / page * page : (range.lowerBound + page - 1) / page * page
        let upper = roundingOutward ? range.upperBound : range.upperBound / page * page
        guard lower < upper else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + lower), upper - lower, advice)
    }
}
