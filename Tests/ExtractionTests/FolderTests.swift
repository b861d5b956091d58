import Documents
import Foundation
import SystemPackage
import Testing

/// What paths stand for: files of folders, what is left out of them, and why.
@Suite struct FolderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "folders-\(UUID().uuidString)")

    private func write(_ text: String, to name: String) throws {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// The names of what is read, from the folder.
    private func names(_ list: DocumentList) -> [String] {
        list.documents.map { String($0.name.dropFirst(folder.path.count + 1)) }
    }

    private func list(_ name: String = "", filter: DocumentFilter = DocumentFilter()) throws -> DocumentList {
        var list = DocumentList()
        let path = name.isEmpty ? folder.path : folder.appending(path: name).path
        try list.add(FilePath(path), filter: filter)
        return list
    }

    private func reasons(_ list: DocumentList, _ kind: Omission.Kind) -> [String] {
        list.omissions.filter { $0.kind == kind }.map(\.reason)
    }

    @Test func filesComeInTheOrderOfTheirBytes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["b.txt", "a/z.md", "a.txt", "a/deep/er/c.log", "a/B", "c/ä.txt"] { try write("Text.", to: name) }
        #expect(names(try list()) == ["a.txt", "a/B", "a/deep/er/c.log", "a/z.md", "b.txt", "c/ä.txt"])
        #expect(try list().documents.allSatisfy(\.isOptional))
        #expect(try list("a.txt").documents.allSatisfy { !$0.isOptional }, "who names a file means it")
    }

    @Test func whatIsHiddenIsLeftOutAndCounted() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["a.txt", ".hidden.txt", ".git/config"] { try write("Text.", to: name) }
        let found = try list()
        #expect(names(found) == ["a.txt"])
        #expect(reasons(found, .ignored) == ["hidden", "hidden"])
        #expect(names(try list(".hidden.txt")) == [".hidden.txt"])
    }

    @Test func ignoreFilesAreObeyedAsGitDoes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("*.log\nbuild/\n!keep.log\n/top.txt\n# comment\ndocs/**/draft.md\n", to: ".gitignore")
        try write("secret.txt\n", to: "a/.infiniretriignore")
        for name in [
            "x.log", "keep.log", "top.txt", "a/top.txt", "a/x.log", "a/secret.txt", "secret.txt", "build/out.txt",
            "a/build/out.txt", "docs/draft.md", "docs/1/2/draft.md", "docs/1/final.md",
        ] { try write("Text.", to: name) }
        #expect(names(try list()) == ["a/top.txt", "docs/1/final.md", "keep.log", "secret.txt"])
        try write("", to: ".git/HEAD")
        // Rules of a repository hold for its folders too.
        #expect(names(try list("docs")) == ["docs/1/final.md"])
        #expect(names(try list("a")) == ["a/top.txt"])
    }

    @Test func linksAreFollowedOnce() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("Text.", to: "in/a.txt")
        try write("Text.", to: "out/b.txt")
        let links = [
            "in/circle": "..", "in/out": "../out", "in/again.txt": "a.txt", "in/nowhere": "none", "link": "in",
        ]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: name).path, withDestinationPath: target)
        }
        #expect(names(try list("in/out")) == ["in/out/b.txt"])
        let found = try list("link")
        #expect(names(found).contains("link/a.txt"))
        #expect(names(found).count { $0.hasSuffix("b.txt") } == 1)
        #expect(reasons(found, .skipped) == ["a link that leads nowhere"])
        #expect(reasons(found, .ignored).contains("a link to a file that is read already"))
    }

    @Test func namesMayBeAnyBytes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("One.", to: "a.txt")
        // "ä" in two ways that Swift's strings take for one, and a name that is no UTF-8.
        let names: [[UInt8]] = [[0xC3, 0xA4], [0x61, 0xCC, 0x88], [0xFF, 0xFE, 0x2E]]
        for name in names {
            let path = folder.path.utf8 + [UInt8(ascii: "/")] + name + [0]
            let file = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { fopen($0.baseAddress!, "w") }
            fputs("Two.", file)
            fclose(file)
        }
        let found = try list()
        #expect(found.documents.count == 4)
        #expect(Set(found.documents.map(\.source)).count == 4)
        for document in found.documents { #expect(try document.kind() == "text") }
    }

    @Test func filtersSayWhatIsMeant() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["a.txt", "b.md", "src/c.md", "src/deep/d.md", "old/e.md"] { try write("Text.", to: name) }
        try write(String(repeating: "x", count: 2_000), to: "big.md")
        var filter = DocumentFilter()
        filter.include = [Glob("*.md")]
        filter.exclude = [Glob("old")]
        filter.maxBytes = 1_000
        #expect(names(try list(filter: filter)) == ["b.md", "src/c.md", "src/deep/d.md"])
        filter.include = [Glob("src/*")]
        #expect(names(try list(filter: filter)) == ["src/c.md"])
        filter = DocumentFilter()
        filter.since = Date(timeIntervalSinceNow: 3_600)
        #expect(names(try list(filter: filter)).isEmpty)
        filter = DocumentFilter()
        filter.until = Date(timeIntervalSinceNow: 3_600)
        #expect(names(try list(filter: filter)).count == 6)
    }

    @Test func whatCannotBeListedOrIsNotThereIsAnError() throws {
        #expect(throws: DocumentError.notFound(name: folder.path)) { try list() }
    }

    @Test(arguments: [
        ("*.txt", "a.txt", true), ("*.txt", "b/a.txt", false), ("**/a.txt", "a.txt", true),
        ("**/a.txt", "b/c/a.txt", true),
        ("**/a.txt", "ba.txt", false), ("b/**", "b/c/a.txt", true), ("b/**/a.txt", "b/a.txt", true),
        ("?.txt", "ä.txt", false),
        ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[]x", "[]x", true), ("\\*", "*", true), ("\\*", "a", false),
        ("a**c", "a/b/c", true), ("", "", true), ("*", "", true), ("b/**/x", "bb/x", false),
    ])
    func globs(pattern: String, path: String, isMatch: Bool) {
        #expect(Glob(pattern).matches(path.utf8) == isMatch)
    }

    @Test func aGlobOfManyStarsIsQuick() {
        let pattern = Glob(String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000).utf8))
    }
}
