/// Why a model file could not be opened, or why something asked of it is not there.
///
/// Offsets are byte positions in the file. Each description names the field and says what to do about it.
public enum GGUFError: Error, Equatable {
    /// The path cannot be opened or mapped; `reason` is the system's or our own short explanation.
    case cannotOpen(path: String, reason: String)
    /// The file does not begin with the four bytes `GGUF`.
    case notGGUF(found: String)
    /// A version other than 2 and 3.
    case unsupportedVersion(UInt32)
    /// The file was written for big-endian machines.
    case bigEndian
    /// One piece of a model that was split over `count` files.
    case splitFile(count: Int)
    /// The file ends inside a field.
    case truncated(field: String, offset: Int, needed: UInt64, available: Int)
    /// A field holds a value that no valid file has.
    case malformed(field: String, offset: Int, reason: String)
    /// A metadata key or tensor name stands twice in the file; the offset is that of the second.
    case duplicate(field: String, offset: Int)
    /// A metadata key that was asked for is absent.
    case missingKey(String)
    /// A metadata value has another type than the one asked for.
    case wrongType(key: String, expected: String, found: String, offset: Int)
    /// A metadata value does not fit into the type asked for.
    case outOfRange(key: String, expected: String, offset: Int)
    /// A tensor that was asked for is absent.
    case missingTensor(String)
    /// A tensor that was asked for is stored in an encoding that this library does not read.
    case unsupportedTensor(name: String, type: String, offset: Int)
}

extension GGUFError: CustomStringConvertible {
    /// One line for people: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "cannot open the model file \(path): \(reason)"
        case .notGGUF(let found):
            "not a GGUF file: it begins with \(found) instead of \"GGUF\" at byte 0; give the path of a .gguf model file"
        case .unsupportedVersion(let version):
            "version at byte 4: GGUF version \(version) is not supported, only 2 and 3; "
                + "convert the model again with a current converter"
        case .bigEndian:
            "version at byte 4: this GGUF file is big-endian; use a little-endian copy of the model"
        case .splitFile(let count):
            "metadata key \"split.count\": this is one of \(count) pieces of a split model; "
                + "join them first (llama-gguf-split --merge)"
        case .truncated(let field, let offset, let needed, let available):
            "\(field) at byte \(offset): \(needed) bytes are needed and \(available) are left; "
                + "the file is incomplete or damaged, fetch it again"
        case .malformed(let field, let offset, let reason):
            "\(field) at byte \(offset): \(reason); the file is damaged, fetch or convert it again"
        case .duplicate(let field, let offset):
            "\(field) at byte \(offset): stands twice in the file; the file is damaged, fetch or convert it again"
        case .missingKey(let key):
            "metadata key \(quoted(key)) is missing; convert the model again with a current converter"
        case .wrongType(let key, let expected, let found, let offset):
            "metadata key \(quoted(key)) at byte \(offset): expected \(expected), found \(found); "
                + "convert the model again with a current converter"
        case .outOfRange(let key, let expected, let offset):
            "metadata key \(quoted(key)) at byte \(offset): the value does not fit \(expected); "
                + "convert the model again with a current converter"
        case .missingTensor(let name):
            "tensor \(quoted(name)) is missing; the file is incomplete or of a model family that is not supported"
        case .unsupportedTensor(let name, let type, let offset):
            "tensor \(quoted(name)) at byte \(offset): its encoding \(type) is not supported; "
                + "use a copy of the model in one of \(Self.supportedEncodings)"
        }
    }
}

/// A name from a file in quotes, on one line and of bounded length, whatever stands in it.
func quoted(_ name: String) -> String {
    let limit = 80
    var shown = ""
    for scalar in name.unicodeScalars.prefix(limit) {
        shown += scalar.escaped(asASCII: false)
    }
    return "\"" + shown + (name.unicodeScalars.count > limit ? "..." : "") + "\""
}
