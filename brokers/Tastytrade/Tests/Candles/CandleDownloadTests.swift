import PortfolioModel
import Testing

@testable import Tastytrade

struct CandleDownloadTests {
    private static let start = Timestamp(seconds: 1_700_000_000)

    private func download(_ symbols: [String]) -> CandleDownload {
        CandleDownload(symbols, from: Self.start, channel: 101, patience: .seconds(10), at: .zero)
    }

    private func frame(_ rows: String) -> [UInt8] {
        Array(#"{"type":"FEED_DATA","channel":101,"data":["Candle",[\#(rows)]]}"#.utf8)
    }

    private func hear(_ download: inout CandleDownload, _ rows: String, at uptime: Duration = .zero)
        -> [CandleDownload.Action]
    {
        let bytes = frame(rows)
        return download.received(.feedData(channel: 101, data: 0..<bytes.count), bytes, at: uptime)
    }

    /// The first batch's subscription is out.
    private func loading(_ symbols: [String]) -> (CandleDownload, [CandleDownload.Action]) {
        var download = download(symbols)
        #expect(download.begin() == [.send(.openChannel(101))])
        #expect(download.received(.channelOpened(101), [], at: .zero) == [.send(.candleSetup(channel: 101))])
        let actions = download.received(.feedConfig(channel: 101, eventFields: [:]), [], at: .zero)
        return (download, actions)
    }

    /// Rows of the fact sheet: the first begins the snapshot, the last is an empty one that ends it.
    @Test func snapshot_overTwoFrames_isReadNewestFirst_andKeptOldestFirst() throws {
        var (download, actions) = loading(["AAPL"])
        #expect(
            actions == [
                .send(.subscribeCandles(channel: 101, add: ["AAPL{=d}"], remove: [], from: Self.start))
            ])
        let fields = ["eventFlags", "eventSymbol", "time", "open", "HIGH", "close"]
        _ = download.received(.feedConfig(channel: 101, eventFields: ["Candle": fields]), [], at: .zero)
        #expect(hear(&download, #"4,"AAPL{=d}",1750032000000,197.3,198.685,198.42"#) == [])
        let end = hear(
            &download,
            #"0,"AAPL{=d}",1749772800000,199.73,200.37,196.45,10,"AAPL{=d}",926208000000,"NaN","NaN","NaN""#)
        #expect(end == [.send(.closeChannel(101))])
        #expect(download.isOver)
        let candles = try #require(download.candles["AAPL"])
        #expect(candles.map(\.date.description) == ["2025-06-13", "2025-06-16"])
        #expect(candles.map(\.close.description) == ["196.45", "198.42"])
        #expect(candles.first?.open?.description == "199.73")
    }

    @Test func symbols_areAskedForAtMost18AtATime_oneBatchAfterAnother() {
        let symbols = (0..<40).map { "S\($0 + 10)" }
        var (download, actions) = loading(symbols)
        var batches: [Int] = []
        while case .send(.subscribeCandles(_, let add, let remove, _))? = actions.first {
            #expect(remove.count == (batches.last ?? 0))
            batches.append(add.count)
            actions = []
            for symbol in add {
                actions += hear(&download, #""\#(symbol)",12,1750032000000,1.5,2"#)
            }
        }
        #expect(batches == [18, 18, 4])
        #expect(actions == [.send(.closeChannel(101))])
        #expect(download.candles.count == 40)
        #expect(download.candles.values.allSatisfy { $0.count == 1 })
    }

    @Test func aBatchThatNothingComesFor_isOver_andTheNextOneGoesOn() {
        var (download, _) = loading(["AAA", "BBB"])
        _ = hear(&download, #""AAA{=d}",4,1750032000000,1.5,2,"AAA{=d}",8,1749772800000,1.5,3"#, at: .seconds(5))
        #expect(download.tick(at: .seconds(14)) == [])
        #expect(!download.isOver)
        #expect(download.tick(at: .seconds(15)) == [.send(.closeChannel(101))])
        #expect(download.candles.keys.sorted() == ["AAA"])
        #expect(download.failure == nil)
    }

    @Test func aChannelThatDoesNotOpen_orIsRefused_isAFailure() {
        var silent = download(["AAA"])
        #expect(silent.tick(at: .seconds(9)) == [])
        #expect(silent.tick(at: .seconds(10)) == [.send(.closeChannel(101))])
        #expect(silent.failure == "the feed did not open a channel for candles")
        var (refused, _) = loading(["AAA"])
        _ = refused.received(.error(channel: 101, type: "BAD_ACTION", message: "too big"), [], at: .zero)
        #expect(refused.failure == "the feed refused candles: too big")
        #expect(refused.isOver)
        var (closed, _) = loading(["AAA"])
        _ = closed.received(.channelClosed(101), [], at: .zero)
        #expect(closed.failure == "the feed closed the channel of candles")
    }

    @Test func removedRows_laterRows_andBadOnes() throws {
        var (download, _) = loading(["AAA"])
        _ = hear(&download, #""AAA{=d}",4,1750032000000,1.5,2,"AAA{=d}",0,1749772800000,1.5,3"#)
        // The same place again replaces; a removed one goes.
        _ = hear(&download, #""AAA{=d}",0,1750032000000,1.5,2.5,"AAA{=d}",2,1749772800000,"NaN","NaN""#)
        #expect(hear(&download, #""AAA{=d}",0,"soon",1,1"#) == [.unreadable(1)])
        #expect(hear(&download, #""AAA{=d}",0,1749686400000"#) == [.unreadable(1)])
        // Nobody asked for this one.
        _ = hear(&download, #""ZZZ{=d}",12,1750032000000,1,1"#)
        let full =
            #"{"type":"FEED_DATA","channel":101,"data":[{"eventType":"Candle","eventSymbol":"AAA{=d}","#
            + #""eventFlags":16,"time":1749600000000,"close":7.0}]}"#
        _ = download.received(.feedData(channel: 101, data: 0..<2), Array(full.utf8), at: .zero)
        #expect(download.isOver)
        #expect(download.candles["AAA"]?.map(\.close.description) == ["7", "2.5"])
        #expect(download.candles.count == 1)
    }

    @Test func requests_areTheirWireText() {
        let from = Timestamp(milliseconds: 1_700_000_000_000)
        #expect(
            DXLinkRequest.subscribeCandles(channel: 101, add: ["A{=d}"], remove: ["B{=d}"], from: from).text
                == #"{"type":"FEED_SUBSCRIPTION","channel":101,"#
                + #""add":[{"type":"Candle","symbol":"A{=d}","fromTime":1700000000000}],"#
                + #""remove":[{"type":"Candle","symbol":"B{=d}","fromTime":1700000000000}]}"#)
        #expect(DXLinkRequest.candleSetup(channel: 101).text.contains(#""Candle":["eventSymbol","eventFlags","time","#))
    }
}
