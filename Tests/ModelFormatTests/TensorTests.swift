import Files
import Foundation
import ModelFormat
import Tensors
import TestSupport
import Testing

@Suite struct TensorTests {
    @Test func tensorsAreFound() throws {
        let file = try GGUFFile(SampleFile.writer)
        #expect(file.tensorNames == ["matrix", "vector", "halves"])
        let matrix = try file.tensor("matrix")
        #expect(matrix.shape == [32, 2])
        #expect(matrix.elementCount == 64)
        #expect(matrix.format == .q4_0)
        #expect(matrix.byteRange.count == 36)
        #expect(Array(file.bytes(of: matrix)) == [UInt8](repeating: 0x3C, count: 36))
        #expect(file.floats(of: try file.tensor("vector")) == [1, -2, 0.5])
        #expect(file.floats(of: try file.tensor("halves")) == [1, 2, 3, 4])
        #expect(try file.optionalTensor("absent") == nil)
        #expect(throws: GGUFError.missingTensor("absent")) { try file.tensor("absent") }
    }

    @Test(arguments: [8, 16, 64, 4096])
    func theAlignmentIsHonoured(alignment: Int) throws {
        var writer = SampleFile.writer
        writer.alignment = alignment
        let file = try GGUFFile(writer)
        #expect(file.floats(of: try file.tensor("vector")) == [1, -2, 0.5])
        #expect(try file.tensor("vector").byteRange.lowerBound.isMultiple(of: alignment))
    }

    @Test func aMappedFileGivesTheSame() throws {
        let written = try TemporaryFile(SampleFile.bytes, suffix: ".gguf")
        let file = try GGUFFile(path: written.path)
        let vector = try file.tensor("vector")
        #expect(file.floats(of: vector) == [1, -2, 0.5])
        // Advice to the system changes nothing that can be read.
        file.prefetch(vector)
        file.dropFromMemory(vector)
        #expect(file.floats(of: vector) == [1, -2, 0.5])
        #expect(file.metadata["string"] == .string("Grüße, 世界 🌍"))
    }

    @Test func arraysOutliveTheFile() throws {
        let strings = try GGUFFile(SampleFile.writer).strings("strings")
        #expect(strings.last == "a string of more than fifteen bytes")
    }

    @Test func otherEncodingsAreAnErrorOnlyWhenAskedFor() throws {
        var writer = SampleFile.writer
        writer.addTensor("coded", shape: [256], typeNumber: 10, bytes: [UInt8](repeating: 0, count: 84))
        writer.addTensor("unheard", shape: [256], typeNumber: 4242, bytes: [1, 2, 3])
        writer.addTensor("after", shape: [1], floats: [8])
        let bytes = writer.bytes()
        let file = try GGUFFile(FileBytes(copying: bytes))
        #expect(file.floats(of: try file.tensor("after")) == [8])
        #expect(file.unsupportedTensors["coded"]?.typeName == "Q2_K")
        #expect(file.tensorNames.count == 6)
        let offset = try #require(bytes.position(of: "coded")) - 8
        let error = GGUFError.unsupportedTensor(name: "coded", type: "Q2_K", offset: offset)
        #expect(throws: error) { try file.tensor("coded") }
        #expect(error.description.contains("tensor \"coded\" at byte \(offset)"))
        #expect(error.description.contains("Q2_K"))
        #expect(throws: GGUFError.self) { try file.optionalTensor("unheard") }
    }

    @Test func aFileWithoutTensorsOpens() throws {
        let file = try GGUFFile(GGUFWriter())
        #expect(file.tensors.isEmpty)
        #expect(file.metadata.entries.isEmpty)
    }
}
