import Documents
import Testing

/// Source code as a programmer would part it.
@Suite struct CodeTests {
    private static let swift = """
        import Foundation
        import Tensors

        /// The sum.
        ///
        /// In two lines.
        @inlinable
        func sum(_ a: Int) -> Int {
            let b = a

            return b
        }

        // MARK: - Types

        struct House {
            var rooms = 3
        }
        extension House {
            var isLarge: Bool {
                rooms > 5
            }
        }

        """

    private static let python = #"""
        #!/usr/bin/env python3
        """Reads keys.

        It is short.
        """
        import os

        # The hall.
        @cached
        def hall(x):
            if x:
                return 1

            else:
                return 2


        class Key:
            """A key."""

            def turn(self):
                pass
        """#

    private static let c = """
        #include <stdio.h>

        /*
         * The main function.

         * It prints.
         */
        int
        main(void)
        {
            if (x)
            {
                puts("a");
            }
            return 0;
        }

        static int other(void) {
            return 1;
        }
        """

    private static let yaml = """
        # The house.
        house:
          rooms:
            - hall
            - kitchen
          owner: Ann
        garden:
          trees: 3
        """

    private static let toml = "title = \"a\"\n[owner]\nname = \"Ann\"\n[house]\nrooms = 3\nkeys = [1, 2]\n"

    @Test(arguments: [
        (swift, "a.swift", ["import", "/// The sum", "// MARK", "extension"]),
        (python, "a.py", ["#!", "# The hall", "class Key"]),
        (c, "a.c", ["#include", "/*\n * The main", "static int"]), (yaml, "a.yaml", ["# The house", "garden"]),
        (toml, "a.toml", ["title", "[owner]", "[house]"]), ("k=1\n", "a.ini", ["k=1"]), ("", "a.py", []),
        ("\n\n", "a.c", [""]),
    ])
    func partsStandTogether(text: String, name: String, beginnings: [String]) {
        let found = Extraction(text, name: name)
        #expect(found.kinds.allSatisfy { $0 == .code })
        #expect(found.blocks.count == beginnings.count, "\(found.trimmed)")
        for (block, beginning) in zip(found.trimmed, beginnings) { #expect(block.hasPrefix(beginning)) }
        Extraction.expectStable(text, name: name)
    }

    @Test func codeIsToldByItsContent() {
        #expect(Extraction(Self.c).kinds.first == .code)
        #expect(Extraction(Self.python).kinds.first == .code)
        #expect(
            Extraction("import os\nfrom a import b\n\ndef f(x):\n    y = g(x)\n    z = h(y)\n    return z\n").kinds
                .first == .code)
        let prose = "Import duties rose.\nClass was dismissed;\nthen we left:\nall of us;\nand so on;\nto the end.\n"
        #expect(Extraction(prose).kinds == [.prose])
    }

    @Test func aLongClassIsCutBetweenItsMethods() {
        let methods = (0..<100).map {
            "    int method\($0)() {\n        a();\n\n        b();\n        return \($0);\n    }\n"
        }
        let text = "class Long {\n" + methods.joined(separator: "\n") + "}\n"
        let found = Extraction(text, name: "Long.java")
        #expect(found.blocks.count > 10)
        #expect(found.trimmed.dropFirst().dropLast().allSatisfy { $0.hasPrefix("int method") && $0.hasSuffix("}") })
        Extraction.expectStable(text, name: "Long.java")
    }

    @Test func hostileCode() {
        let inputs = [
            String(repeating: "{", count: 3_000_000), String(repeating: "}\n", count: 50_000),
            String(repeating: "/*\n", count: 50_000), String(repeating: "\"\"\"\n", count: 50_000),
            (0..<2_000).map { String(repeating: " ", count: $0) + "x\n" }.joined(),
            String(repeating: "f(x);", count: 2_000_000),
            String(repeating: "def f(x):\n    return x\n\n", count: 50_000),
        ]
        for input in inputs {
            let (seconds, found) = Extraction.seconds(input, name: "a.py")
            print("code of \(input.utf8.count) bytes: \(seconds) s, \(found.blocks.count) blocks")
            #expect(found.isWhole && seconds < 30)
        }
    }
}
