import BrokerKit
import PortfolioModel

@testable import Tastytrade

/// A frame of the feed by the fast path and by the slow one: what the fast one takes, the slow one reads alike. A first
/// line, if there is one, is a FEED_CONFIG that sets the layouts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: size)
    if let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
        case .feedConfig(_, let fields)? = try? DXLinkMessage(Array(bytes[..<end]))
    {
        var readers = Readers()
        readers.configure(fields)
        readers.check(Array(bytes[(end + 1)...]))
    } else {
        requested.check(Array(bytes))
    }
    return 0
}

/// Readers of the layouts that were requested, kept from input to input: making them costs more than a frame.
// Safety: the fuzzer calls from one thread.
nonisolated(unsafe) private var requested = Readers()

private struct Readers {
    private var fast = Self.reader()
    private var slow = Self.reader()

    private static func reader() -> FeedReader {
        var reader = FeedReader(source: BrokerID("tastytrade"))
        reader.want(["SPY": [1], ".SPY261218C600": [2], "QQQ": [3, 4], "/ESZ6:XCME": [70_000]])
        return reader
    }

    mutating func configure(_ fields: [String: [String]]) {
        fast.configure(fields)
        slow.configure(fields)
    }

    mutating func check(_ frame: [UInt8]) {
        let channel = fast.scan(frame)
        guard case .feedData(let number, let range)? = try? DXLinkMessage(frame) else {
            precondition(channel == nil, "the fast path took what is no frame of data")
            return
        }
        begin()
        let unreadable = try? slow.decode(frame, in: range)
        check(slow.batch)
        guard let channel else { return }
        fast.keep()
        precondition(channel == number && unreadable == 0, "the fast path took what the slow one refuses")
        precondition(fast.heardCount == slow.heardCount, "other symbols spoke")
        precondition(fast.batch.isAlike(slow.batch), "the paths differ")
    }

    private mutating func begin() {
        for reader in [\Self.fast, \Self.slow] {
            self[keyPath: reader].begin(receivedAt: Timestamp(seconds: 1_795_000_000))
            self[keyPath: reader].forgetHeard()
        }
    }

    /// Only instruments that were wanted, each once a kind.
    private func check(_ batch: MarketBatch) {
        precondition(batch.quotes.count <= 5 && batch.greeks.count <= 5 && batch.trades.count <= 5)
        for event in batch.quotes { precondition((1...4).contains(event.instrument) || event.instrument == 70_000) }
    }
}

extension MarketBatch {
    /// Bit for bit; every NaN is one.
    fileprivate func isAlike(_ other: MarketBatch) -> Bool {
        quotes == other.quotes && trades == other.trades && summaries == other.summaries
            && greeks.map(\.bits) == other.greeks.map(\.bits) && profiles.map(\.bits) == other.profiles.map(\.bits)
    }
}

extension GreeksEvent {
    fileprivate var bits: [UInt64] {
        [UInt64(instrument)] + [price, volatility, delta, gamma, theta, vega, rho].map(\.bits)
    }
}

extension ProfileEvent {
    fileprivate var bits: [UInt64] {
        [
            UInt64(instrument), isHalted ? 1 : 0, beta?.bits ?? 1, dividendAmount?.bits ?? 1,
            UInt64(bitPattern: Int64(exDividendDate.hashValue)),
        ]
    }
}

extension Double {
    fileprivate var bits: UInt64 { isNaN ? Double.nan.bitPattern : bitPattern }
}
