import PortfolioModel

/// What is read as a decimal is written so that it reads back the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    guard let value = try? FixedDecimal(text) else { return 0 }
    // Safety: a trap is how a fuzz target reports.
    guard let again = try? FixedDecimal(value.description) else { fatalError("\(value) does not read back") }
    precondition(again == value)
    if let sum = try? value + value, let half = try? sum.divided(by: 2) { precondition(half == value) }
    return 0
}
