import Tokenization

extension LanguageModel {
    /// Generates text that continues a prompt, away from the caller's actor.
    ///
    /// - Parameters:
    ///   - prompt: The tokens that the text continues; at least one.
    ///   - options: How; by default greedily.
    /// - Returns: The text as it comes, ending with ``GenerationEvent/finished(_:)``. Throws ``SamplingError`` or
    ///   ``ForwardError``. Ending the iteration, or cancelling its task, stops the work before the next token.
    public func generate(
        _ prompt: [TokenID], options: GenerationOptions = GenerationOptions()
    ) -> AsyncThrowingStream<GenerationEvent, any Error> {
        AsyncThrowingStream(running: { report in
            var generator = try TextGenerator(model: self, prompt: prompt, options: options)
            while let event = try generator.next() {
                report(event)
                await Task.yield()
            }
        })
    }
}
