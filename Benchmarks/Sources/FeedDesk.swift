import PortfolioModel
import Tastytrade

/// The production reader of the feed, set up for the file's columns, one batch a message.
struct FeedDesk: Sendable {
    private var reader: FeedReader

    init(_ handles: [String: [MarketHandle]]) {
        reader = FeedReader(source: BenchmarkBook.broker)
        reader.configure(FeedFields.bySDK)
        reader.want(handles)
    }

    /// Rows in the message read last; kept, since asking an actor's reader for it would copy the reader.
    private(set) var rows = 0

    /// Reads one message as `MarketFeed` does. A message that the fast path leaves to the slow one ends the benchmark:
    /// it would be measured as what it is not.
    mutating func read(_ frame: [UInt8], at time: Timestamp) throws -> MarketBatch {
        reader.begin(receivedAt: time)
        guard reader.scan(frame) != nil else {
            throw BenchmarkError("refused by the fast path: \(String(decoding: frame.prefix(200), as: UTF8.self))")
        }
        reader.keep()
        rows = reader.scannedRows
        return reader.batch
    }
}
