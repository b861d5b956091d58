import Tensors

/// An index file is a sequence of records, each written with one call and never changed: header, metadata, data.
/// docs/index-format.md describes every byte.
enum IndexRecord {
    /// What a record says.
    enum Kind: UInt32 {
        /// The model, the profile, the sizes: the first record of every file.
        case description = 1
        /// Documents that are read next.
        case batch = 2
        /// One window: its passages and keys.
        case window = 3
        /// Documents that are read to their end.
        case finished = 4
        /// Documents that no longer count.
        case removal = 5
        /// The batch is done.
        case batchEnd = 6
        /// Documents that are found elsewhere, or were touched, with the bytes that they had.
        case moved = 7
        /// Anything that later versions add and that may be passed over: all numbers from ``firstOptional`` on.
        case optional = 0x1_0000

        /// Records of these numbers and higher add to an index and change nothing in it.
        static let firstOptional: UInt32 = 0x1_0000
    }

    /// Multiple of all offsets: a cache line, so that tiles of keys do not straddle two.
    static let alignment = 64
    /// Bytes of a header.
    static let headerSize = 64
    /// The first bytes of every record.
    static let magicText = Array("IRX1".utf8)
    private static let magic = magicText.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }

    /// A header that has been checked.
    struct Header {
        var kind: Kind
        /// Bytes of the metadata, padding included.
        var metadataSize: Int
        /// Bytes of the data, padding included.
        var dataSize: Int
        var metadataChecksum: UInt32
        var dataChecksum: UInt32

        /// Bytes of the whole record.
        var recordSize: Int { headerSize + metadataSize + dataSize }
    }

    /// The bytes of a record.
    static func bytes(_ kind: Kind, metadata: [UInt8], data: [UInt8] = []) -> [UInt8] {
        let (metadata, data) = (padded(metadata), padded(data))
        var header = ByteWriter()
        header.write(magic)
        header.write(kind.rawValue)
        header.write(UInt64(metadata.count))
        header.write(UInt64(data.count))
        header.write(Checksum.crc32c(metadata))
        header.write(Checksum.crc32c(data))
        header.write(contentsOf: repeatElement(0, count: headerSize - 4 - header.bytes.count))
        header.write(Checksum.crc32c(header.bytes))
        return header.bytes + metadata + data
    }

    /// Checks the bytes of a header.
    static func header(_ bytes: UnsafeRawBufferPointer) throws(ByteReader.Failure) -> Header {
        var reader = ByteReader(bytes)
        let found = try reader.read(UInt32.self)
        let kind = try reader.read(UInt32.self)
        let metadataSize = try reader.read(UInt64.self)
        let dataSize = try reader.read(UInt64.self)
        let metadataChecksum = try reader.read(UInt32.self)
        let dataChecksum = try reader.read(UInt32.self)
        guard
            Checksum.crc32c(UnsafeRawBufferPointer(rebasing: bytes[..<(headerSize - 4)]))
                == bytes.loadUnaligned(fromByteOffset: headerSize - 4, as: UInt32.self).littleEndian
        else { throw ByteReader.Failure(reason: "the checksum of a record's header is wrong") }
        guard found == magic else { throw ByteReader.Failure(reason: "no record begins here") }
        guard let kind = Kind(rawValue: min(kind, Kind.firstOptional)) else {
            throw ByteReader.Failure(reason: "a record of unknown kind \(kind)")
        }
        // Sizes that no file has would overflow sums.
        let limit = UInt64(1) << 48
        guard metadataSize < limit, dataSize < limit, (metadataSize | dataSize).isMultiple(of: UInt64(alignment)) else {
            throw ByteReader.Failure(reason: "a record of impossible size")
        }
        return Header(
            kind: kind, metadataSize: Int(metadataSize), dataSize: Int(dataSize), metadataChecksum: metadataChecksum,
            dataChecksum: dataChecksum)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + repeatElement(0, count: (alignment - bytes.count % alignment) % alignment)
    }
}
