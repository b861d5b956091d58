import Foundation

/// The attributes of an element, as libxml2 gives them: they are there during its call only.
struct XMLAttributes {
    /// Five pointers each: the name, its prefix, its name space, and the first byte of the value and that behind its last.
    let pointer: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    let count: Int

    /// The value of the first attribute of a name, whatever its name space.
    subscript(name: StaticString) -> String? {
        let wanted = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        guard let pointer else { return nil }
        for index in 0..<count {
            let attribute = pointer + 5 * index
            guard let key = attribute[0], let start = attribute[3], let end = attribute[4],
                strcmp(UnsafeRawPointer(key).assumingMemoryBound(to: CChar.self), wanted) == 0
            else { continue }
            return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }

    /// The value of the attribute `r:id`, which names a relationship: the one called `id` that has a prefix.
    var relationship: String? {
        guard let pointer else { return nil }
        for index in 0..<count {
            let attribute = pointer + 5 * index
            guard attribute[1] != nil, let key = attribute[0], let start = attribute[3], let end = attribute[4],
                String(cString: key) == "id"
            else { continue }
            return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }

    /// The value of an attribute that is a number.
    func number(_ name: StaticString) -> Int? { self[name].flatMap { Int($0) } }

    /// Whether an attribute is there and does not say no.
    func isSet(_ name: StaticString) -> Bool? { self[name].map { !["0", "false", "off", "none"].contains($0) } }
}
