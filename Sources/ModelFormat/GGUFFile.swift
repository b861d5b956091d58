import Files
import Tensors

/// A model file in the GGUF format, versions 2 and 3, mapped into memory and checked from front to back.
///
/// Opening costs one pass over the metadata; tensor data are not touched. Memory handed out by `bytes(of:)` and metadata
/// arrays live in the mapping.
public final class GGUFFile: Sendable {
    /// The version of the format: 2 or 3.
    public let version: UInt32
    /// The key-value pairs.
    public let metadata: GGUFMetadata
    /// The tensors whose encoding this library reads, by name.
    public let tensors: [String: TensorDescription]
    /// The other tensors, by name.
    public let unsupportedTensors: [String: UnsupportedTensor]
    /// The names of all tensors, in the file's order.
    public let tensorNames: [String]
    private let file: FileBytes

    /// Maps and checks the file at `path`.
    /// - Throws: `GGUFError`, if the file cannot be opened, is no GGUF file, or is damaged.
    public convenience init(path: String) throws(GGUFError) {
        try self.init(FileBytes(mapping: path))
    }

    /// Checks a file whose bytes are in memory already.
    package init(_ file: FileBytes) throws(GGUFError) {
        let reader = try GGUFReader(file)
        self.file = file
        version = reader.version
        metadata = reader.metadata
        tensors = reader.tensors
        unsupportedTensors = reader.unsupportedTensors
        tensorNames = reader.tensorNames
    }

    /// Bytes of the file.
    public var byteCount: Int { file.buffer.count }

    /// CRC-32C of the whole file, computed anew with every call.
    public var checksum: UInt32 { Checksum.crc32c(file.buffer) }

    /// The stored bytes of a tensor of this file. They are valid as long as the `GGUFFile` lives, and aligned in the file to
    /// at least 8 bytes.
    public func bytes(of tensor: TensorDescription) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.buffer[tensor.byteRange])
    }

    /// The elements of a tensor of this file in float32, in storage order.
    public func floats(of tensor: TensorDescription) -> [Float] {
        [Float](unsafeUninitializedCapacity: tensor.elementCount) { buffer, count in
            count = tensor.format.dequantize(bytes(of: tensor), into: buffer)
        }
    }

    /// The tensor of that name.
    /// - Throws: `GGUFError.missingTensor`, or `.unsupportedTensor` if its encoding cannot be read.
    public func tensor(_ name: String) throws(GGUFError) -> TensorDescription {
        guard let tensor = try optionalTensor(name) else { throw .missingTensor(name) }
        return tensor
    }

    /// The tensor of that name, or nil if the file has none.
    /// - Throws: `GGUFError.unsupportedTensor`, if its encoding cannot be read.
    public func optionalTensor(_ name: String) throws(GGUFError) -> TensorDescription? {
        if let tensor = tensors[name] { return tensor }
        if let other = unsupportedTensors[name] {
            throw .unsupportedTensor(name: name, type: other.typeName, offset: other.offset)
        }
        return nil
    }

    /// Asks the system to read the tensor's bytes ahead.
    public func prefetch(_ tensor: TensorDescription) {
        file.prefetch(tensor.byteRange)
    }

    /// Tells the system that the tensor's bytes will not be used soon, because they have been copied into another form for
    /// example. They no longer count as resident memory and stay readable.
    public func dropFromMemory(_ tensor: TensorDescription) {
        file.dropFromMemory(tensor.byteRange)
    }
}
