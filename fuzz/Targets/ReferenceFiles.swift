import BrokerKit
import PortfolioModel
import ReferenceData

/// Files of reference rates, XML and CSV, and of closes: read whole or refused with what to do; what is read is usable.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let first = data?.pointee, size > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: data, count: size).dropFirst())
    let today = CalendarDate(dayNumber: 20_777)
    if first == UInt8(ascii: "p") { closes(bytes, today) } else { rates(bytes, today) }
    return 0
}

private func rates(_ bytes: [UInt8], _ today: CalendarDate) {
    do {
        let file = try ECBRates(reading: bytes, today: today)
        precondition(!file.rates.isEmpty && !file.latestRates.isEmpty)
        precondition(file.rates.allSatisfy { $0.rate.rate.signum > 0 && $0.date <= today && $0.rate.quote != .eur })
        precondition(zip(file.rates, file.rates.dropFirst()).allSatisfy { $0.date <= $1.date })
    } catch {
        precondition(!error.fix.isEmpty && error.line ?? 1 >= 1)
    }
}

private func closes(_ bytes: [UInt8], _ today: CalendarDate) {
    do {
        let file = try PriceFile(reading: bytes, today: today)
        precondition(!file.rows.isEmpty)
        precondition(file.rows.allSatisfy { $0.close.signum > 0 && $0.date <= today && !$0.symbol.isEmpty })
    } catch {
        precondition(!error.fix.isEmpty && error.line ?? 1 >= 1)
    }
}
