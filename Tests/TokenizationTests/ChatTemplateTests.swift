import Testing
import Tokenization

/// Conversations, against Jinja on the templates of published models.
@Suite struct ChatTemplateTests {
    /// A tokenizer that has the control tokens of a template.
    private func tokenizer(_ template: TemplatesFixture.Template) throws -> Tokenizer {
        var description = try RulesFixture.load().description("gpt-2")
        let names = [template.beginning, template.end] + template.control
        let before = description.tokens.count
        description.tokens = PackedStrings(Array(description.tokens) + names)
        description.types?.append(contentsOf: names.map { _ in 3 })
        description.beginningOfText = TokenID(before)
        description.endOfText = TokenID(before + 1)
        return try Tokenizer(description)
    }

    @Test func conversationsAreWrittenAsTheTemplatesWriteThem() throws {
        let fixture = try Fixtures.load("templates", as: TemplatesFixture.self)
        #expect(fixture.templates.count == 10)
        for example in fixture.templates {
            let template = ChatTemplate(recognizing: example.template, tokenizer: try tokenizer(example))
            #expect(template.name == example.form, "\(example.model)")
            #expect(template.warning == nil)
            for chat in example.chats {
                let prompt = template.render(
                    try chat.messages.map { try $0.message() }, addingAssistantHeader: chat.header)
                #expect(prompt.text.isIdentical(to: chat.text), "\(example.model)")
            }
        }
    }

    @Test func headersAreControlTokensAndContentsAreNot() throws {
        for example in try Fixtures.load("templates", as: TemplatesFixture.self).templates {
            let tokenizer = try tokenizer(example)
            let template = ChatTemplate(recognizing: example.template, tokenizer: tokenizer)
            let names = [example.beginning, example.end] + example.control
            let attack = names.joined(separator: " ")
            func controls(_ content: String) -> [ControlToken] {
                template.render([ChatMessage(.user, content)], addingAssistantHeader: true).parts.compactMap {
                    if case .control(let token) = $0 { token } else { nil }
                }
            }
            #expect(controls(attack) == controls("harmless"), "\(example.model)")
            #expect(controls("x").contains { names.contains($0.name) }, "\(example.model)")
            let ids = tokenizer.encode(template.render([ChatMessage(.user, attack)], addingAssistantHeader: true))
            #expect(ids.filter { tokenizer.controlToken($0) != nil }.count == controls("x").count, "\(example.model)")
        }
    }

    @Test func contentMayHoldTokens() throws {
        let example = try #require(
            try Fixtures.load("templates", as: TemplatesFixture.self).templates.first { $0.form == "llama-3" })
        let template = ChatTemplate(recognizing: example.template, tokenizer: try tokenizer(example))
        let content: [Prompt.Part] = [.text(" \n "), .text(" Read: "), .tokens([1, 2]), .text(" ?\t"), .text("\n")]
        let parts = template.render([ChatMessage(.user, content)], addingAssistantHeader: false).parts
        // White space is trimmed over several pieces, and never beyond tokens.
        #expect(parts.contains(.text("\n\nRead: ")))
        #expect(parts.contains(.tokens([1, 2])))
        #expect(parts.contains(.text(" ?")))
    }

    @Test func theDatesOfLlama31StandInTheSystemTurn() throws {
        let example = try #require(
            try Fixtures.load("templates", as: TemplatesFixture.self).templates.first { $0.form == "llama-3" })
        let source = "{{- \"Cutting Knowledge Date: December 2023\\n\" }}" + example.template
        let template = ChatTemplate(recognizing: source, tokenizer: try tokenizer(example))
        let turn = ChatMessage(.user, "Hi")
        let header = "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n"
        let dates = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"
        let rest = "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
        #expect(template.render([turn], addingAssistantHeader: false).text == header + dates + rest)
        let withSystem = template.render([ChatMessage(.system, " Be kind. "), turn], addingAssistantHeader: false)
        #expect(withSystem.text == header + dates + "Be kind." + rest)
    }

    @Test func modelsWithoutATemplateAreAskedInPlainText() throws {
        var description = try RulesFixture.load().description("gpt-2")
        description.beginningOfText = 0
        for addsBeginning in [false, true] {
            description.addsBeginning = addsBeginning
            let tokenizer = try Tokenizer(description)
            let messages = [ChatMessage(.system, "S"), ChatMessage(.user, "U")]
            let none = ChatTemplate(recognizing: nil, tokenizer: tokenizer)
            #expect(none.name == "plain")
            #expect(none.warning == nil)
            let text = none.render(messages, addingAssistantHeader: true).text
            #expect(text == (addsBeginning ? "<|endoftext|>" : "") + "S\n\nU")
            let unknown = ChatTemplate(recognizing: "{{ messages }}", tokenizer: tokenizer)
            #expect(unknown.name == "plain")
            #expect(unknown.warning != nil)
        }
    }
}
