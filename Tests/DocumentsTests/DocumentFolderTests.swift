import Documents
import Foundation
import TestSupport
import Testing

@Suite("The documents of a path")
struct DocumentFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func names(_ path: String) throws -> [String] { try Document.documents(at: path).map(\.name) }

    @Test func filesOfAFolderComeInTheOrderOfTheirPaths() throws {
        for name in ["b.txt", "a/z.md", "a.txt", "a/deep/er/c.log", "a/B", "c/ä.txt"] {
            _ = try folder.write("Text.", to: "texts/\(name)")
        }
        let path = folder.path("texts")
        let expected = ["a.txt", "a/B", "a/deep/er/c.log", "a/z.md", "b.txt", "c/ä.txt"].map { "\(path)/\($0)" }
        #expect(try names(path) == expected)
        // A folder may be named with a slash at its end.
        #expect(try names(path + "/") == expected)
        #expect(try Document.documents(at: path) == expected.map { .file(path: $0) })
    }

    @Test func whatIsHiddenOrNoTextIsLeftOut() throws {
        let text = try folder.write("Text.", to: "texts/a.txt")
        _ = try folder.write("Hidden.", to: "texts/.hidden.txt")
        _ = try folder.write("Hidden.", to: "texts/.git/config")
        _ = try folder.write("PNG\u{0}", to: "texts/picture.png")
        _ = try folder.write("", to: "texts/empty.txt")
        // A zero byte far behind does not make a log a picture.
        let log = try folder.write(String(repeating: "line\n", count: 2_000) + "\u{0}", to: "texts/b.log")
        #expect(try names(folder.path("texts")) == [text, log])
    }

    /// Who names a file means it: what is wrong with it is said when it is read.
    @Test func aFileStandsForItself() throws {
        for (name, content) in [("a.txt", "Text."), (".hidden", "Text."), ("picture.png", "PNG\u{0}"), ("empty", "")] {
            let path = try folder.write(content, to: name)
            #expect(try Document.documents(at: path) == [.file(path: path)])
        }
    }

    @Test func nothingToReadIsAnError() throws {
        let missing = folder.path("missing")
        #expect(throws: DocumentError.notFound(name: missing)) { try Document.documents(at: missing) }
        let path = folder.path("pictures")
        _ = try folder.write("PNG\u{0}", to: "pictures/picture.png")
        #expect(throws: DocumentError.unreadable(name: path, reason: "there is no text file in this folder")) {
            try Document.documents(at: path)
        }
    }
}
