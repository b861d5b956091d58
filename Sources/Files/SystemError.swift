#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why the system refused a call. Whoever called knows which file it was, and says so in an error of its own.
package struct SystemError: Error {
    private let number: Int32

    /// The last failure on this thread: to be asked for before anything else is called.
    package static var last: SystemError { SystemError(number: errno) }

    /// The system's own words.
    package var reason: String { String(cString: strerror(number)) }
}
