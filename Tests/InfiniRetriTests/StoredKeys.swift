import InfiniRetri

/// A window's keys of one KV head, decoded from an index's bytes as docs/index-format.md describes them, element by element
/// and without the library.
struct StoredKeys {
    /// tokens x dimension.
    private(set) var values: [Float] = []
    /// For each element the distance of two neighbouring codes: rounding to the nearest is off by half of it at most.
    private(set) var steps: [Float] = []
    /// For each token its scale, of codes in units of the elements' ranges; empty with `float16`.
    private(set) var scales: [Float] = []

    /// Bytes of one KV head's keys in a window.
    static func size(_ format: KeyFormat, tokens: Int, dimension: Int) -> Int {
        let padded = (tokens + 15) / 16 * 16
        return switch format {
        case .int4: 8 * dimension + padded * (2 + dimension / 2)
        case .int8: 8 * dimension + padded * (4 + dimension)
        case .float16: 4 * dimension + padded * 2 * dimension
        }
    }

    init(_ bytes: ArraySlice<UInt8>, format: KeyFormat, tokens: Int, dimension: Int) {
        let bytes = Array(bytes)
        let padded = (tokens + 15) / 16 * 16
        func number(at offset: Int, bytes count: Int) -> UInt32 {
            (0..<count).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        func float(at offset: Int) -> Float { Float(bitPattern: number(at: offset, bytes: 4)) }
        let means = (0..<dimension).map { float(at: 4 * $0) }
        if format == .float16 {
            for token in 0..<tokens {
                for d in 0..<dimension {
                    let place = (token / 16 * dimension + d) * 16 + token % 16
                    let half = Self.half(number(at: 4 * dimension + 2 * place, bytes: 2))
                    values.append(means[d] + half.value)
                    steps.append(half.step)
                }
            }
            return
        }
        let ranges = (0..<dimension).map { float(at: 4 * (dimension + $0)) }
        let start = 8 * dimension
        scales = (0..<tokens).map {
            format == .int8 ? float(at: start + 4 * $0) : Self.half(number(at: start + 2 * $0, bytes: 2)).value
        }
        let codes = start + padded * (format == .int8 ? 4 : 2)
        for token in 0..<tokens {
            for d in 0..<dimension {
                let place = (token / 16 * (dimension / 4) + d / 4) * 64 + token % 16 * 4 + d % 4
                let code: Int
                if format == .int8 {
                    code = Int(bytes[codes + place]) - 128
                } else {
                    let pair = bytes[codes + place / 64 * 32 + place % 32]
                    code = Int(place % 64 < 32 ? pair & 15 : pair >> 4) - 8
                }
                steps.append(ranges[d] * scales[token])
                values.append(means[d] + ranges[d] * scales[token] * Float(code))
            }
        }
    }

    /// A finite IEEE 754 binary16 number, and its distance from the next larger one.
    private static func half(_ bits: UInt32) -> (value: Float, step: Float) {
        let exponent = max(1, Int(bits >> 10 & 31))
        let step = Float(sign: .plus, exponent: exponent - 25, significand: 1)
        let significand = Float(bits & 1023) + (bits >> 10 & 31 > 0 ? 1024 : 0)
        return (bits & 0x8000 > 0 ? -significand * step : significand * step, step)
    }
}
