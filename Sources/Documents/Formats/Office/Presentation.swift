/// Presentations of PowerPoint (.pptx).
enum Presentation {
    /// The names of the slides in their order.
    private final class Slides: XMLContent {
        var ids: [String] = []

        func open(_ name: String, _ attributes: XMLAttributes) {
            // Of its two attributes called `id` the first is a number.
            guard name == "sldId", ids.count < 10_000 else { return }
            if let id = attributes.relationship { ids.append(id) }
        }

        func close(_ name: String) {}
        func text(_ text: UnsafeBufferPointer<UInt8>) {}
    }

    /// - Parameter part: The path of the list of slides.
    static func source(
        _ archive: ZipArchive, of bytes: DocumentBytes, part: String
    ) throws(DocumentError) -> PackageSource {
        let slides = Slides()
        try XMLPart.read(part, of: archive, into: slides)
        let related = try Relationships(of: part, in: archive)
        var parts: [PackagePart] = []
        for (index, id) in slides.ids.enumerated() {
            guard let path = related.targets[id] else { continue }
            var location = Location()
            location.page = index + 1
            parts.append(
                PackagePart(path: path, location: location) { SlideContent(page: index + 1, isNotes: false) })
            if let notes = try Relationships(of: path, in: archive).byType["notesSlide"], archive.contains(notes) {
                parts.append(
                    PackagePart(path: notes, location: location) { SlideContent(page: index + 1, isNotes: true) })
            }
        }
        guard !parts.isEmpty else {
            throw .damaged(name: bytes.name, reason: "no slides are found in this presentation")
        }
        return PackageSource(archive, of: bytes, parts: parts)
    }
}
