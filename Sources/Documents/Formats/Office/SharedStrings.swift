import Files

/// The texts that the cells of a workbook share. They stand in memory up to a size, the rest in a temporary file.
final class SharedStrings: XMLContent {
    private var memory: [UInt8] = []
    private var ends: [Int] = []
    private var scratch: ScratchFile?
    private var file: ByteFile?
    private var string = FlowingText()
    private var isText = false
    /// The readings of characters stand beside the text.
    private var isReading = false
    /// What kept a text from being stored.
    private(set) var failure: DocumentError?

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "t": isText = !isReading
        case "rPh": isReading = true
        default: break
        }
    }

    func close(_ name: String) {
        switch name {
        case "t": isText = false
        case "rPh": isReading = false
        case "si": store(string.take().bytes)
        default: break
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { if isText { string.append(text) } }

    private func store(_ bytes: [UInt8]) {
        let start = ends.last ?? 0
        if memory.count + bytes.count <= Self.mostInMemory, scratch == nil {
            memory += bytes
        } else {
            do throws(SystemError) {
                if scratch == nil { scratch = try ScratchFile() }
                try scratch?.write(bytes)
            } catch {
                failure = .noRoom(folder: ScratchFile.folder, reason: error.reason)
                return
            }
        }
        ends.append(start + bytes.count)
    }

    /// No more strings come.
    func finish() {
        file = scratch.map { ByteFile($0, count: (ends.last ?? 0) - memory.count, name: "") }
        scratch = nil
    }

    /// A string by its number; empty where there is none.
    func string(_ number: Int) -> [UInt8] {
        guard ends.indices.contains(number) else { return [] }
        let range = (number > 0 ? ends[number - 1] : 0)..<ends[number]
        if range.upperBound <= memory.count { return Array(memory[range]) }
        return (try? file?.read(at: range.lowerBound - memory.count, range.count)) ?? []
    }

    private static let mostInMemory = 1 << 25
}
