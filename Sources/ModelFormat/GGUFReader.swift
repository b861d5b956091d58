import Files
import Tensors

/// Reads the parts of a GGUF file in their order: header, metadata, tensor descriptions, data.
/// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
///
/// Nothing from the file is used before it is checked, and nothing is reserved for a count before the bytes that would
/// have to be there are.
struct GGUFReader {
    /// Limits that no real model comes near; they keep a hostile file (which may be sparse, and so larger than it looks)
    /// from making tables of its own size in memory.
    private enum Limit {
        static let nesting = 8
        static let arrayStrings = 1 << 24
        static let nestedArrays = 1 << 20
        static let entries = 1 << 20
        static let dimensions = 4
    }

    private let file: FileBytes
    private var cursor: ByteCursor
    private var arrayStrings = 0
    private var nestedArrays = 0

    private(set) var version: UInt32 = 0
    private(set) var metadata = GGUFMetadata()
    private(set) var tensors: [String: TensorDescription] = [:]
    private(set) var unsupportedTensors: [String: UnsupportedTensor] = [:]
    private(set) var tensorNames: [String] = []

    init(_ file: FileBytes) throws(GGUFError) {
        self.file = file
        cursor = ByteCursor(file.buffer)
        try readFile()
    }

    private mutating func readFile() throws(GGUFError) {
        try readMagicAndVersion()
        let tensorCount = try readTotal("tensor count")
        let pairCount = try readTotal("metadata count")
        for index in 0..<pairCount {
            try readPair(index)
        }
        if let entry = metadata.entry("split.count"), let count = entry.value.integer(as: Int.self), count > 1 {
            throw .splitFile(count: count)
        }
        try readTensors(count: tensorCount, alignment: alignment())
    }

    // MARK: Header

    private mutating func readMagicAndVersion() throws(GGUFError) {
        let magic = Array(file.buffer.prefix(4))
        guard magic == Array("GGUF".utf8) else {
            let shown = magic.map { byte in
                let digits = String(byte, radix: 16, uppercase: true)
                return digits.count < 2 ? "0" + digits : digits
            }
            throw .notGGUF(found: "bytes " + shown.joined(separator: " "))
        }
        try cursor.skip(4, field: "magic")
        version = try cursor.read(field: "version")
        guard version == 2 || version == 3 else {
            // A small number in the upper bytes: written in the other byte order.
            throw (1...UInt32(UInt16.max)).contains(version.byteSwapped) ? .bigEndian : .unsupportedVersion(version)
        }
    }

    /// A count of the header. The entries come much later, but each takes at least 14 bytes: key or name with its length
    /// and one byte, a type, a value.
    private mutating func readTotal(_ field: String) throws(GGUFError) -> Int {
        let offset = cursor.offset
        let count = try cursor.readCount(minimumSize: 14, field: field)
        guard count <= Limit.entries else {
            throw .malformed(field: field, offset: offset, reason: "\(count) is more than any model has")
        }
        return count
    }

    // MARK: Metadata

    private mutating func readPair(_ index: Int) throws(GGUFError) {
        let start = cursor.offset
        let key = try cursor.readString(field: "metadata key \(index)")
        guard !key.isEmpty else {
            throw .malformed(field: "metadata key \(index)", offset: start, reason: "the key is empty")
        }
        let field = "metadata key \(quoted(key))"
        let type = try readType(field: field)
        let offset = cursor.offset
        let value = try readValue(type, field: field)
        guard metadata.append(GGUFMetadata.Entry(key: key, value: value, offset: offset)) else {
            throw .duplicate(field: field, offset: start)
        }
    }

    private mutating func readType(field: String) throws(GGUFError) -> GGUFValueType {
        let offset = cursor.offset
        let number = try cursor.read(UInt32.self, field: "type of " + field)
        guard let type = GGUFValueType(rawValue: number) else {
            throw .malformed(field: "type of " + field, offset: offset, reason: "there is no value type \(number)")
        }
        return type
    }

    private mutating func readValue(_ type: GGUFValueType, field: String) throws(GGUFError) -> GGUFValue {
        switch type {
        case .string:
            return .string(try cursor.readString(field: field))
        case .array:
            return .array(try readArray(field: field, depth: 1))
        default:
            let start = try cursor.skip(UInt64(type.minimumSize), field: field)
            if type == .bool { try checkBools(start..<cursor.offset, field: field) }
            guard let value = GGUFValue(type, at: start, of: file.buffer) else {
                throw .malformed(field: field, offset: start, reason: "unexpected type \(type)")
            }
            return value
        }
    }

    private mutating func readArray(field: String, depth: Int) throws(GGUFError) -> GGUFArray {
        let start = cursor.offset
        let type = try readType(field: "elements of " + field)
        let count = try cursor.readCount(minimumSize: type.minimumSize, field: "element count of " + field)
        let contents: GGUFArray.Contents
        if let size = type.fixedSize {
            let first = try cursor.skip(UInt64(count * size), field: field)
            let range = first..<cursor.offset
            if type == .bool { try checkBools(range, field: field) }
            contents = .fixed(size: size, range: range)
        } else if type == .string {
            contents = .strings(try readStrings(count: count, field: field))
        } else {
            guard depth < Limit.nesting else {
                throw .malformed(
                    field: field, offset: start, reason: "arrays are nested more than \(Limit.nesting) deep")
            }
            nestedArrays += count
            guard nestedArrays <= Limit.nestedArrays else {
                throw .malformed(field: field, offset: start, reason: "the file holds too many nested arrays")
            }
            var arrays: [GGUFArray] = []
            for index in 0..<count {
                arrays.append(try readArray(field: "\(field)[\(index)]", depth: depth + 1))
            }
            contents = .arrays(arrays)
        }
        return GGUFArray(elementType: type, contents: contents, file: file)
    }

    private mutating func readStrings(count: Int, field: String) throws(GGUFError) -> GGUFStrings {
        arrayStrings += count
        guard arrayStrings <= Limit.arrayStrings else {
            throw .malformed(field: field, offset: cursor.offset, reason: "the file holds too many strings")
        }
        var starts = ContiguousArray<Int>()
        starts.reserveCapacity(count + 1)
        // A copy in a local variable: vocabularies have hundreds of thousands of strings, and this loop is what opening costs.
        var cursor = cursor
        for index in 0..<count {
            starts.append(try cursor.skipString(field: "\(field)[\(index)]").lowerBound)
        }
        starts.append(cursor.offset + GGUFStrings.lengthSize)
        self.cursor = cursor
        return GGUFStrings(file: file, starts: starts)
    }

    private func checkBools(_ range: Range<Int>, field: String) throws(GGUFError) {
        for offset in range where file.buffer[offset] > 1 {
            throw .malformed(
                field: field, offset: offset, reason: "\(file.buffer[offset]) is no truth value, which is 0 or 1")
        }
    }

    // MARK: Tensors

    /// Tensor data begins at a multiple of this, and so does each tensor.
    private func alignment() throws(GGUFError) -> Int {
        guard let entry = metadata.entry("general.alignment") else { return 32 }
        guard let alignment = entry.value.integer(as: UInt32.self), alignment >= 8, alignment.nonzeroBitCount == 1
        else {
            throw .malformed(
                field: "metadata key \"general.alignment\"", offset: entry.offset,
                reason: "the alignment must be a power of two of at least 8")
        }
        return Int(alignment)
    }

    /// What the description of a tensor says, before the place of the data is known.
    private struct Draft {
        let name: String
        let shape: [Int]
        let typeNumber: UInt32
        let dataOffset: UInt64
        let start: Int
        let dataOffsetPosition: Int
    }

    private mutating func readTensors(count: Int, alignment: Int) throws(GGUFError) {
        var drafts: [Draft] = []
        for index in 0..<count {
            drafts.append(try readDraft(index))
        }
        // The descriptions end here; data follow at the next multiple of the alignment. No overflow: the file is in memory.
        let dataStart = (cursor.offset + alignment - 1) / alignment * alignment
        for draft in drafts {
            try add(draft, dataStart: dataStart, alignment: alignment)
        }
    }

    private mutating func readDraft(_ index: Int) throws(GGUFError) -> Draft {
        let start = cursor.offset
        let name = try cursor.readString(field: "tensor name \(index)")
        guard !name.isEmpty else {
            throw .malformed(field: "tensor name \(index)", offset: start, reason: "the name is empty")
        }
        let field = "tensor \(quoted(name))"
        let dimensionsOffset = cursor.offset
        let dimensions = try cursor.read(UInt32.self, field: "number of dimensions of " + field)
        guard (1...UInt32(Limit.dimensions)).contains(dimensions) else {
            throw .malformed(
                field: "number of dimensions of " + field, offset: dimensionsOffset,
                reason: "\(dimensions) is not between 1 and \(Limit.dimensions)")
        }
        var shape: [Int] = []
        var elements = 1
        for axis in 0..<Int(dimensions) {
            let offset = cursor.offset
            let length = try cursor.read(UInt64.self, field: "dimension \(axis) of " + field)
            guard let length = Int(exactly: length), length > 0 else {
                throw .malformed(
                    field: "dimension \(axis) of " + field, offset: offset, reason: "\(length) is not a possible length"
                )
            }
            let (product, overflow) = elements.multipliedReportingOverflow(by: length)
            guard !overflow else {
                throw .malformed(
                    field: "dimension \(axis) of " + field, offset: offset,
                    reason: "the product of the dimensions is too large")
            }
            elements = product
            shape.append(length)
        }
        let typeNumber = try cursor.read(UInt32.self, field: "type of " + field)
        let position = cursor.offset
        let dataOffset = try cursor.read(UInt64.self, field: "data offset of " + field)
        return Draft(
            name: name, shape: shape, typeNumber: typeNumber, dataOffset: dataOffset, start: start,
            dataOffsetPosition: position)
    }

    private mutating func add(_ draft: Draft, dataStart: Int, alignment: Int) throws(GGUFError) {
        let field = "tensor \(quoted(draft.name))"
        guard tensors[draft.name] == nil, unsupportedTensors[draft.name] == nil else {
            throw .duplicate(field: field, offset: draft.start)
        }
        guard draft.dataOffset.isMultiple(of: UInt64(alignment)) else {
            throw .malformed(
                field: "data offset of " + field, offset: draft.dataOffsetPosition,
                reason: "\(draft.dataOffset) is not a multiple of the alignment \(alignment)")
        }
        guard let relative = Int(exactly: draft.dataOffset), dataStart <= file.buffer.count,
            relative <= file.buffer.count - dataStart
        else {
            throw .malformed(
                field: "data offset of " + field, offset: draft.dataOffsetPosition,
                reason: "\(draft.dataOffset) lies beyond the end of the file, which has \(file.buffer.count) bytes")
        }
        tensorNames.append(draft.name)
        guard let format = BlockFormat(rawValue: draft.typeNumber) else {
            unsupportedTensors[draft.name] = UnsupportedTensor(
                name: draft.name, shape: draft.shape, typeNumber: draft.typeNumber, offset: draft.start)
            return
        }
        guard draft.shape[0].isMultiple(of: format.elementsPerBlock) else {
            throw .malformed(
                field: "dimensions of " + field, offset: draft.start,
                reason: "rows of \(draft.shape[0]) elements are not whole blocks of \(format.elementsPerBlock), "
                    + "as \(format.name) needs")
        }
        guard let size = format.byteCount(elements: draft.shape.reduce(1, *)) else {
            throw .malformed(
                field: "dimensions of " + field, offset: draft.start, reason: "its elements take too many bytes")
        }
        let start = dataStart + relative
        guard size <= file.buffer.count - start else {
            throw .truncated(
                field: "data of " + field, offset: start, needed: UInt64(size), available: file.buffer.count - start)
        }
        tensors[draft.name] = TensorDescription(
            name: draft.name, shape: draft.shape, format: format, byteRange: start..<(start + size))
    }
}
