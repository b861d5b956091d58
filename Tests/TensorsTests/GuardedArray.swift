/// Numbers for a kernel, at an address that is aligned to one element only, with guards before and behind them that show
/// whether it wrote where it must not.
final class GuardedArray<Element: FixedWidthNumber> {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int
    private let memory: UnsafeMutablePointer<Element>
    private static var guards: Int { 65 }

    init(_ values: [Element]) {
        count = values.count
        let total = values.count + 2 * Self.guards
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: total * MemoryLayout<Element>.stride, alignment: 64)
        memory = bytes.bindMemory(to: Element.self, capacity: total)
        memory.initialize(repeating: Element.guardValue, count: total)
        pointer = memory + Self.guards
        pointer.update(from: values, count: values.count)
    }

    convenience init(count: Int) { self.init(Array(repeating: 0, count: count)) }

    deinit { memory.deallocate() }

    var values: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

    var guardsStand: Bool {
        (0..<Self.guards).allSatisfy {
            memory[$0] == Element.guardValue && pointer[count + $0] == Element.guardValue
        }
    }
}

/// What kernels read and write.
protocol FixedWidthNumber: Equatable, ExpressibleByIntegerLiteral {
    static var guardValue: Self { get }
}

extension Float: FixedWidthNumber { static var guardValue: Float { -12345.5 } }
extension Int8: FixedWidthNumber { static var guardValue: Int8 { 77 } }
extension UInt8: FixedWidthNumber { static var guardValue: UInt8 { 77 } }
extension UInt16: FixedWidthNumber { static var guardValue: UInt16 { 7_777 } }
extension Int32: FixedWidthNumber { static var guardValue: Int32 { -77_777 } }
