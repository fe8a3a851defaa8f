import BrokerKit
import PortfolioModel

@testable import Tastytrade

/// One frame of the feed: read as a message, then its data as market events, by the reader the service uses.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard case .feedData(_, let range)? = try? DXLinkMessage(bytes) else { return 0 }
    var decoder = FeedDecoder()
    decoder.symbols = SymbolTable(["SPY": [1], ".SPY261218C600": [2]])
    var batch = MarketAccumulator(source: BrokerID("tastytrade"), receivedAt: Timestamp(seconds: 1_795_000_000))
    _ = try? decoder.decode(bytes, in: range, into: &batch)
    for event in batch.batch.quotes { precondition(event.instrument == 1 || event.instrument == 2) }
    return 0
}
