/// A kind of tokenizer that runs the engine itself, so that the engine is compiled for each kind.
protocol TokenizerModel: SubwordModel {
    /// Takes the next bytes of a text: `engine.push(bytes, isLast: isLast, by: self)`.
    func advance(_ engine: inout TokenEngine, _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool)
}
