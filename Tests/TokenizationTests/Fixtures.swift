import Foundation
import ModelFormat
import TestSupport
import Tokenization
import Transformer

/// What Hugging Face's tokenizers, SentencePiece and Jinja made: see scripts/fixtures/tokenization.py.
enum Fixtures {
    static func load<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name).json")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }
}

/// Bytes written in hexadecimal.
struct HexBytes: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let digits = Array(try container.decode(String.self))
        let parsed = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        guard digits.count % 2 == 0, !parsed.contains(nil) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not hexadecimal")
        }
        bytes = parsed.compactMap { $0 }
    }
}

/// A small byte-level vocabulary, and what becomes of the edge cases under every set of rules.
struct RulesFixture: Decodable {
    struct Vocabulary: Decodable {
        let tokens: [String]
        let types: [Int32]
        let merges: [String]
    }

    struct Case: Decodable {
        let hex: HexBytes
        let decoded: String
        private let ids: [String: [Int32]]

        func ids(_ rules: String) -> [Int32]? { ids[rules] }

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            hex = try container.decode(HexBytes.self, forKey: Key(stringValue: "hex"))
            decoded = try container.decode(String.self, forKey: Key(stringValue: "decoded"))
            var ids: [String: [Int32]] = [:]
            for rules in RulesFixture.rules {
                ids[rules] = try container.decode([Int32].self, forKey: Key(stringValue: rules))
            }
            self.ids = ids
        }
    }

    let vocabulary: Vocabulary
    let cases: [Case]

    static let rules = ["gpt-2", "smollm", "qwen2", "llama-bpe", "default"]

    static func load() throws -> RulesFixture { try Fixtures.load("rules") }

    func description(_ rules: String?) -> TokenizerDescription {
        var description = TokenizerDescription(
            model: "gpt2", preTokenizer: rules, tokens: PackedStrings(vocabulary.tokens))
        description.types = vocabulary.types
        description.merges = PackedStrings(vocabulary.merges)
        return description
    }

    func tokenizer(_ rules: String) throws -> Tokenizer { try Tokenizer(description(rules)) }
}

/// A small SentencePiece vocabulary, and what becomes of the edge cases.
struct SentencePieceFixture: Decodable {
    struct Case: Decodable {
        let hex: HexBytes
        let ids: [Int32]
    }

    let tokens: [String]
    let scores: [Float]
    let types: [Int32]
    let cases: [Case]

    static func load() throws -> SentencePieceFixture { try Fixtures.load("sentencepiece") }

    var description: TokenizerDescription {
        var description = TokenizerDescription(model: "llama", tokens: PackedStrings(tokens))
        description.types = types
        description.scores = scores
        return description
    }
}

/// What becomes of texts and chats in a published model's vocabulary.
struct ModelFixture: Decodable {
    struct Case: Decodable {
        let hex: HexBytes
        let ids: [Int32]
        let decoded: String
    }

    struct Digest: Decodable {
        let name: String?
        let count: Int
        /// Of the ids as little-endian 32-bit integers.
        let sha256: String
        let first: [Int32]
        let last: [Int32]
    }

    struct Chat: Decodable {
        let messages: [Message]
        let header: Bool
        let text: String
        let ids: [Int32]
    }

    struct ControlDecoded: Decodable {
        let ids: [Int32]
        let with: String
        let without: String
    }

    let cases: [Case]
    let essays: [Digest]
    let longLine: Digest
    let chats: [Chat]
    let controlDecoded: [ControlDecoded]
}

/// A turn of a conversation in a fixture.
struct Message: Decodable {
    let role: String
    let content: String

    func message() throws -> ChatMessage {
        struct UnknownRole: Error {}
        guard let role = ChatMessage.Role(rawValue: role) else { throw UnknownRole() }
        return ChatMessage(role, content)
    }
}

/// Published chat templates, rendered by Jinja.
struct TemplatesFixture: Decodable {
    struct Template: Decodable {
        struct Chat: Decodable {
            let messages: [Message]
            let header: Bool
            let text: String
        }

        let form: String
        let model: String
        let template: String
        let beginning: String
        let end: String
        let control: [String]
        let chats: [Chat]
    }

    let templates: [Template]
}

/// A published model whose vocabulary is compared.
enum RealModel: String, CaseIterable, Sendable {
    case smollm2, qwen2

    var path: String? {
        switch self {
        case .smollm2: TestModels.smolLM2
        case .qwen2: TestModels.qwenCoder
        }
    }

    /// Those whose files are there.
    static var cached: [RealModel] { allCases.filter { $0.path != nil } }

    func description() throws -> TokenizerDescription {
        struct Missing: Error {}
        guard let path else { throw Missing() }
        return try TokenizerDescription(GGUFFile(path: path))
    }

    func fixture() throws -> ModelFixture { try Fixtures.load(rawValue) }
}

extension Prompt {
    /// The prompt written out, control tokens by their names.
    var text: String {
        parts.map { part in
            switch part {
            case .control(let token): token.name
            case .text(let text): text
            case .tokens(let ids): "\(ids)"
            }
        }.joined()
    }
}

/// A readable name for bytes in a failure.
func quoted(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).debugDescription
}

extension String {
    /// Whether both are the same scalars; `==` holds for all that is canonically equivalent.
    func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
