/// Tells source code from other text.
enum CodeDetection {
    /// Whether a file's name is one of source code or settings.
    static func isNamed(_ name: String) -> Bool {
        let file = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return files.contains(file) || suffix(file).map(extensions.contains) == true
    }

    private static func suffix(_ name: String) -> String? {
        name.lowercased().split(separator: "/").last?.split(separator: ".").dropFirst().last.map(String.init)
    }

    /// Whether a text is source code: by a first line that names what runs it, or where most of its lines end and
    /// begin as code does.
    static func isCode(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        if head.starts(with: "#!/".utf8) { return true }
        if suffix(name).map({ ["md", "markdown", "html", "xml"].contains($0) }) == true { return false }
        let lines = head.split(separator: .lineFeed).map { String(decoding: $0.trimmed, as: UTF8.self) }.filter {
            !$0.isEmpty
        }
        guard lines.count >= 6 else { return false }
        return 2 * lines.count(where: looksLikeCode) > lines.count && lines.contains(where: isStatement)
    }

    private static func looksLikeCode(_ line: String) -> Bool {
        if line.hasSuffix(";") || line.hasSuffix("{") || line.hasSuffix("}") || line.hasSuffix(");") || line == "}," {
            return true
        }
        return isStatement(line)
            || ["//", "/*", "* ", "*/", "@"].contains(where: line.hasPrefix) && !line.contains("@ ")
    }

    /// Whether a line is what no prose has: `#include <a.h>`, `def f(x):`, `if (x) {`, `x = y.z(1)`.
    private static func isStatement(_ line: String) -> Bool {
        if ["#include", "#define", "#import", "import ", "using ", "package ", "from "].contains(where: line.hasPrefix)
        {
            return !line.hasSuffix(".") && !line.hasSuffix(",") && line.split(separator: " ").count <= 6
                && (!line.hasPrefix("from ") || line.contains(" import "))
        }
        let last = line.last.map { ":{;".contains($0) } == true
        let starts = [
            "def ", "class ", "func ", "fn ", "function ", "if (", "for (", "while (", "struct ", "enum ", "public ",
            "private ", "static ", "void ", "int ", "CREATE TABLE", "SELECT ",
        ]
        if last, starts.contains(where: line.hasPrefix), line.contains("(") || line.hasSuffix("{") { return true }
        if ["let ", "var ", "const ", "val "].contains(where: line.hasPrefix) { return line.contains(" = ") }
        return line.contains(" = ") && line.contains("(") && (line.hasSuffix(")") || line.hasSuffix(");"))
    }

    private static let files: Set<String> = [
        "makefile", "gnumakefile", "dockerfile", "containerfile", "gemfile", "rakefile", "jenkinsfile", "vagrantfile",
        "procfile",
        "cmakelists.txt", "build.bazel", "build", "workspace", ".gitignore", ".gitattributes", ".editorconfig",
        ".bashrc",
        ".profile", ".zshrc", ".vimrc", ".npmrc", ".env", "justfile", "podfile", "brewfile",
    ]

    private static let extensions: Set<String> = [
        "swift", "py", "pyi", "pyx", "c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "m", "mm", "java", "kt", "kts",
        "scala", "sc",
        "groovy", "gradle", "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte", "go", "rs", "rb", "php", "pl",
        "pm", "lua", "r",
        "jl", "hs", "lhs", "ml", "mli", "fs", "fsx", "fsi", "clj", "cljs", "ex", "exs", "erl", "hrl", "elm", "dart",
        "zig", "nim",
        "v", "sv", "vh", "vhd", "vhdl", "cs", "vb", "pas", "pp", "adb", "ads", "d", "f", "f90", "f95", "for", "cob",
        "cbl", "lisp",
        "el", "scm", "rkt", "tcl", "awk", "sed", "sh", "bash", "zsh", "fish", "ksh", "bat", "cmd", "ps1", "psm1", "sql",
        "css",
        "scss", "sass", "less", "yaml", "yml", "toml", "ini", "cfg", "conf", "config", "properties", "env", "proto",
        "thrift",
        "graphql", "gql", "tf", "hcl", "nix", "cmake", "mk", "mak", "bzl", "bazel", "asm", "s", "cu", "cuh", "cl",
        "glsl", "vert",
        "frag", "hlsl", "metal", "wgsl", "sol", "vim", "service", "diff", "patch", "ipp", "inl", "idl", "y", "l", "g4",
        "coffee",
    ]
}
