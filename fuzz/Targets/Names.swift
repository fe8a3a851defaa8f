import BrokerKit
import PortfolioModel

@testable import Tastytrade

/// Texts that stand for something: OSI symbols, times, dates, addresses, waits, venue symbols.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    if let symbol = OSISymbol(text) { precondition(OSISymbol(symbol.description) == symbol) }
    // A time is written to the millisecond.
    if let time = Timestamp(text) {
        precondition(Timestamp(time.description).map { time.seconds(since: $0) < 0.001 && $0 <= time } == true)
    }
    if let date = CalendarDate(text) { precondition(CalendarDate(date.description) == date) }
    if let endpoint = Endpoint(text) { precondition((0...65535).contains(endpoint.port) && !endpoint.host.isEmpty) }
    _ = try? EndpointPolicy(allowedHosts: ["*.example.com"]).check(text)
    if let wait = RetryAfter.wait(text, now: Timestamp(seconds: 784_111_747)) {
        precondition(wait >= .zero && wait <= .seconds(900))
    }
    for type in ["Equity", "Equity Option", "Future", "Future Option", "Cryptocurrency"] {
        var instrument = VenueInstrument(symbol: VenueSymbol(text))
        instrument.type = type
        _ = try? TastytradeSymbology().terms(of: instrument)
    }
    return 0
}
