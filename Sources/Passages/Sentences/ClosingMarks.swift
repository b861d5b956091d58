/// Marks behind a stop that belong to its sentence.
enum ClosingMarks {
    /// Whether a mark closes in every language that writes no spaces: brackets, and quotes that open nothing there.
    static func closesAlways(_ scalar: UInt32) -> Bool {
        switch scalar {
        // ) ] } ” ’ » › 」 』 ） 】 〕 〉 》 〗 〙 〛 ｝ ］ ｣ ﴾
        case 0x29, 0x5D, 0x7D, 0x201D, 0x2019, 0xBB, 0x203A, 0x300D, 0x300F, 0xFF09,
            0x3011, 0x3015, 0x3009, 0x300B, 0x3017, 0x3019, 0x301B, 0xFF5D, 0xFF3D, 0xFF63, 0xFD3E:
            true
        default: false
        }
    }

    /// Whether some languages close with a mark and others open with it; and straight quotes and marks of emphasis.
    static func closesSometimes(_ scalar: UInt32) -> Bool {
        switch scalar {
        // " ' “ ‘ « ‹ „ ‟ ‛ * _ `
        case 0x22, 0x27, 0x201C, 0x2018, 0xAB, 0x2039, 0x201E, 0x201F, 0x201B, 0x2A, 0x5F, 0x60: true
        default: false
        }
    }
}
