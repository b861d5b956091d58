import Foundation
import Tensors

/// Reads and forges the records of an index file, as docs/index-format.md describes them.
package struct IndexSurgery {
    /// A record's place in the file.
    package struct Record {
        package var kind: UInt32
        package var header: Range<Int>
        package var part: Range<Int>
        package var data: Range<Int>
    }

    package var bytes: [UInt8]

    package init(path: String) throws { bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// The records of an undamaged file.
    package var records: [Record] {
        var records: [Record] = []
        var offset = 0
        while offset + 64 <= bytes.count {
            let (part, data) = (Int(number(offset + 8, UInt64.self)), Int(number(offset + 16, UInt64.self)))
            let start = offset + 64
            records.append(
                Record(
                    kind: number(offset + 4, UInt32.self), header: offset..<start, part: start..<start + part,
                    data: start + part..<start + part + data))
            offset = start + part + data
        }
        return records
    }

    /// Makes the checksums of a record those of its bytes.
    package mutating func seal(_ record: Record) {
        put(Checksum.crc32c(Array(bytes[record.part])), at: record.header.lowerBound + 24)
        put(Checksum.crc32c(Array(bytes[record.data])), at: record.header.lowerBound + 28)
        put(Checksum.crc32c(Array(bytes[record.header].dropLast(4))), at: record.header.lowerBound + 60)
    }

    package func write(to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    private func number<Value: FixedWidthInteger>(_ offset: Int, _ type: Value.Type) -> Value {
        bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
    }

    private mutating func put(_ value: UInt32, at offset: Int) {
        for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
    }
}
