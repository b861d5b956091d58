extension KeyLayout {
    /// One source's keys of a window as the index stores them.
    /// - Parameter keys: tokens x dimension.
    func bytes(of keys: [Float]) -> [UInt8] {
        switch format {
        case .int4: KeyQuantizer.int4Bytes(of: keys, dimension: dimension)
        case .int8: KeyQuantizer.int8Bytes(of: keys, dimension: dimension)
        case .float16: HalfPrecisionKeys.bytes(of: keys, dimension: dimension)
        }
    }
}
