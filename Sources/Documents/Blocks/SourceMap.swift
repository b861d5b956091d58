/// Leads from offsets in a document's extracted text back to where a person or a program finds it: bytes, lines, ``Location``s.
package struct SourceMap: Sendable {
    /// To the bytes of the file; nil where there is no way.
    private var bytes: OffsetMap?
    private var lines = StepMap<Int?>(nil)
    private var locations = StepMap<Location?>(nil)

    /// The map of no text.
    package init() {}

    /// Takes a block, which begins at its ``TextBlock/start``.
    package mutating func take(_ block: TextBlock) {
        for run in block.runs {
            let text = block.start + run.text
            if bytes == nil {
                bytes = OffsetMap(text: text, source: run.source)
            } else {
                bytes?.append(text: text, source: run.source)
            }
        }
        if block.lines.first?.text != 0 { lines.append(nil, at: block.start) }
        for step in block.lines { lines.append(step.line, at: block.start + step.text) }
        if block.marks.first?.text != 0 { locations.append(nil, at: block.start) }
        for mark in block.marks { locations.append(mark.location, at: block.start + mark.text) }
    }

    /// Where a stretch of extracted text stands.
    package func source(of text: Range<Int>) -> SourceSpan {
        // Text that was written for none, such as a title that stands elsewhere, has no bytes.
        let range = bytes?.source(of: text)
        return SourceSpan(
            byteRange: range?.isEmpty == true && !text.isEmpty ? nil : range, line: lines.value(at: text.lowerBound),
            location: locations.value(at: text.lowerBound))
    }

    /// Forgets what leads back from text before `text`.
    package mutating func forget(before text: Int) {
        bytes?.forget(before: text)
        lines.forget(before: text)
        locations.forget(before: text)
    }
}
