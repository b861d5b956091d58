import Foundation

/// The attributes of an element, as libxml2 gives them: they are there during its call only.
struct HTMLAttributes {
    /// Names and values by turns, ended by a null.
    let pointer: UnsafeMutablePointer<UnsafePointer<UInt8>?>?

    var isEmpty: Bool { pointer?.pointee == nil }

    /// The value of an attribute, empty where it has none; nil where there is no such attribute.
    subscript(name: StaticString) -> String? {
        guard var pair = pointer else { return nil }
        while let key = pair[0] {
            if strcmp(UnsafeRawPointer(key).assumingMemoryBound(to: CChar.self), Self.characters(name)) == 0 {
                return pair[1].map { String(cString: $0) } ?? ""
            }
            pair += 2
        }
        return nil
    }

    private static func characters(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// Whether the element is not shown, or not read aloud because it says again what stands elsewhere.
    var isHidden: Bool {
        if let hidden = self["hidden"], hidden.lowercased() != "until-found" { return true }
        if self["aria-hidden"]?.lowercased() == "true" { return true }
        guard let style = self["style"], style.utf8.count < 1 << 12 else { return false }
        return style.lowercased().filter { !$0.isWhitespace }.contains("display:none")
    }

    /// Whether the element leads elsewhere only: through the site, or back from a note.
    var isNavigation: Bool {
        guard let role = self["role"] else { return false }
        return role == "navigation" || role == "doc-backlink"
    }

    /// Whether the page says that a link leads to a note.
    var isNoteMark: Bool { self["role"] == "doc-noteref" || self["epub:type"] == "noteref" }

    /// Whether a link leads to a place on a page.
    var leadsToPlace: Bool { self["href"]?.contains("#") == true }
}
