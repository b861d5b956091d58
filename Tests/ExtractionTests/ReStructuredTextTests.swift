import Documents
import Testing

/// reStructuredText as it reads on a page.
@Suite struct ReStructuredTextTests {
    private static let manual = """
        .. comment, not read
           in two lines

        =========
        The House
        =========

        :Author: Ann Lee
        :Date: 2024

        Rooms
        =====
        See :ref:`the hall <hall>` and `its page <https://a.org/x>`_, with
        **the** *key* in ``x = *y``.

        Lists
        -----

        - the hall,
          where the key hangs
        - the kitchen

        1. First
        2. Second

        Code follows::

            - no item

            Rooms
            =====

        .. code-block:: python

           x = 1

        .. note:: It is old.
           Very old.

        .. _hall:

        +------+------+
        | Name | Room |
        +======+======+
        | Ann  | 21,  |
        |      | 22   |
        +------+------+

        ====  ====
        Name  Room
        ====  ====
        Zoé   23
        ====  ====

        .. include:: more.rst

        Garden
        ======

        The end.
        """

    @Test func aManualReads() {
        let found = Extraction(Self.manual, name: "a.rst")
        #expect(
            found.trimmed == [
                "The House", "Author: Ann Lee", "Date: 2024", "Rooms",
                "See the hall and its page (https://a.org/x), with the key in x = *y.", "Lists",
                "- the hall, where the key hangs", "- the kitchen", "1. First", "2. Second", "Code follows:",
                "- no item\n\n    Rooms\n    =====", "x = 1", "Note: It is old.", "Very old.", "Name | Room",
                "Ann | 21, 22",
                "Name | Room", "Zoé | 23", "Garden", "The end.",
            ])
        #expect(found.texts(.heading) == ["The House", "Rooms", "Lists", "Garden"])
        #expect(found.blocks.filter { $0.kind == .heading }.map(\.level) == [1, 2, 3, 2])
        #expect(found.texts(.code).count == 2 && found.texts(.tableHeader).count == 2)
        #expect(found.omissions.count == 1)
        for piece in ["Ann Lee", "the hall", "https://a.org/x", "where the key", "Very old.", "Zoé", "23"] {
            #expect(found.source(of: piece)?.hasPrefix(piece) == true)
        }
        Extraction.expectStable(Self.manual, name: "a.rst", isWhole: false)
    }

    @Test func hostileText() {
        let inputs = [
            String(repeating: "`", count: 200_001), String(repeating: "*", count: 200_001),
            String(repeating: "=\n", count: 100_000), "::", "..", ".. ",
            "..::", ":a:", "\\", "`<>`", "+--+\n|", "== ==", String(repeating: "`a", count: 100_000),
            String(repeating: "+---+\n|||||\n", count: 20_000),
            String(repeating: "Title\n=====\n\nA line of *text*.\n\n", count: 20_000),
            String(repeating: "x", count: 1_000_000),
        ]
        for input in inputs {
            let (seconds, found) = Extraction.seconds(input, name: "a.rst")
            print("reStructuredText of \(input.utf8.count) bytes: \(seconds) s, \(found.blocks.count) blocks")
            #expect(seconds < 20)
        }
    }
}
