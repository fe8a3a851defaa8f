import BrokerKit
import PortfolioModel
import Testing

@testable import Tastytrade

/// The fast path says what the slow one says, or nothing.
struct FastFeedDecoderTests {
    private static let received = Timestamp(seconds: 1_795_000_000)
    private static let handles: [String: [MarketHandle]] = [
        "SPY": [1], "QQQ": [2, 3], ".SPY261218C600": [4], "/ESZ6:XCME": [70_000], "BRK/B": [5], "SPY2": [2],
    ]

    /// The slow path's whole word on a frame; nil when it throws.
    private func slow(_ frame: [UInt8], _ fields: [String: [String]]) -> Outcome? {
        var reader = reader(fields)
        guard case .feedData(let channel, let data)? = try? DXLinkMessage(frame),
            let unreadable = try? reader.decode(frame, in: data)
        else { return nil }
        return Outcome(channel, unreadable, reader)
    }

    private func fast(_ frame: [UInt8], _ fields: [String: [String]]) -> Outcome? {
        var reader = reader(fields)
        guard let channel = reader.scan(frame) else { return nil }
        reader.keep()
        return Outcome(channel, 0, reader)
    }

    private func reader(_ fields: [String: [String]]) -> FeedReader {
        var reader = FeedReader(source: BrokerID("tastytrade"))
        reader.want(Self.handles)
        reader.configure(fields)
        reader.begin(receivedAt: Self.received)
        return reader
    }

    private struct Outcome: Equatable {
        var channel: Int
        var unreadable: Int
        var heard: Int
        /// Text, because a NaN equals itself there and -0 is not 0.
        var batch: String

        init(_ channel: Int, _ unreadable: Int, _ reader: FeedReader) {
            (self.channel, self.unreadable, heard) = (channel, unreadable, reader.heardCount)
            batch = String(describing: reader.batch)
        }
    }

    @Test func frames_areTakenAlike_overRandomLayoutsAndValues() {
        var random = FrameMaker(seed: 21)
        var taken = 0
        for _ in 0..<2500 {
            let fields = random.layouts()
            let frame = Array(random.frame(fields).utf8)
            guard let found = fast(frame, fields) else { continue }
            taken += 1
            #expect(found == slow(frame, fields), "\(String(decoding: frame, as: UTF8.self)) by \(fields)")
        }
        #expect(taken > 400)
    }

    @Test func frames_areAllTaken_whenTheyAreOrdinary() {
        var random = FrameMaker(seed: 22)
        random.isOrdinary = true
        for _ in 0..<800 {
            let fields = random.layouts()
            let frame = Array(random.frame(fields).utf8)
            let found = fast(frame, fields)
            #expect(found != nil, "\(String(decoding: frame, as: UTF8.self)) by \(fields)")
            #expect(found == slow(frame, fields))
        }
    }

    /// Every prefix, and thousands of damaged copies: never a trap, never another word than the slow path's.
    @Test func frames_areRefusedOrTakenAlike_whenTheyAreDamaged() {
        var random = FrameMaker(seed: 23)
        let spice = Array(#"{}[],:"\-+.eE0123456789NaInfinity tn\#u{1}"#.utf8) + [0x00, 0x7F, 0x80, 0xC3, 0xFF]
        var taken = 0
        for round in 0..<120 {
            let fields = random.layouts()
            random.isOrdinary = round % 2 == 0
            let good = Array(random.frame(fields).utf8)
            for length in 0..<good.count { #expect(fast(Array(good.prefix(length)), fields) == nil) }
            for _ in 0..<40 {
                var bad = good
                for _ in 0..<random.number(1...3) {
                    guard !bad.isEmpty else { break }
                    let place = random.number(0...bad.count - 1)
                    switch random.number(0...2) {
                    case 0: bad[place] = spice[random.number(0...spice.count - 1)]
                    case 1: bad.insert(spice[random.number(0...spice.count - 1)], at: place)
                    default: bad.remove(at: place)
                    }
                }
                guard let found = fast(bad, fields) else { continue }
                taken += 1
                #expect(found == slow(bad, fields), "\(String(decoding: bad, as: UTF8.self)) by \(fields)")
            }
        }
        #expect(taken > 60)
    }

    @Test(arguments: [
        #"{"type":"FEED_DATA","channel":1,"data":[{"eventType":"Quote","eventSymbol":"SPY","bidPrice":1}]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SP\u0059",1,2,3,4]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY\#u{0}",1,2,3,4]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY","1",2,3,4]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,92233720368.54775808]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,123456789012345678901]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Series",[1]]}"#,
        #"{"channel":1,"type":"FEED_DATA","data":["Quote",["SPY",1,2,3,4]]}"#,
        #"{"type":"FEED_DATA","channel":1e0,"data":["Quote",["SPY",1,2,3,4]]}"#,
        #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,4]]}}"#,
        #"{"type":"KEEPALIVE","channel":0}"#, "}", "",
    ])
    func frame_isLeftToTheSlowPath_whenUnusual(_ frame: String) {
        #expect(fast(Array(frame.utf8), [:]) == nil)
    }

    /// A symbol's key is filled up with zeros, so bytes of zero in a name must not pass for that.
    @Test func symbols_withZerosAnywhere_areNoneOfOurs() {
        for name in Self.handles.keys {
            for place in 0...name.utf8.count {
                for count in 1...24 {
                    var symbol = Array(name.utf8)
                    symbol.insert(contentsOf: repeatElement(0, count: count), at: place)
                    let head = Array(#"{"type":"FEED_DATA","channel":1,"data":["Quote",[""#.utf8)
                    let frame = head + symbol + Array(#"",1,2,3,4]]}"#.utf8)
                    #expect(fast(frame, [:]) == nil, "\(count) zeros at \(place) of \(name)")
                }
            }
        }
    }

    @Test func layouts_thatNameAFieldTwice_areNotUsed() {
        let fields = ["Quote": ["eventSymbol", "bidPrice", "BIDPRICE"]]
        let frame = Array(#"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2]]}"#.utf8)
        #expect(fast(frame, fields) == nil)
        #expect(slow(frame, fields)?.unreadable == 0)
    }

    @Test func symbols_thatSpoke_staySo_whenNumbersChange() {
        var reader = reader([:])
        let frame = Array(#"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,4,"QQQ",1,2,3,4]]}"#.utf8)
        #expect(reader.scan(frame) == 1)
        reader.keep()
        #expect(reader.heardCount == 2)
        reader.want(["AAPL": [9], "SPY": [1]])
        #expect(reader.heardCount == 1)
        reader.forgetHeard()
        #expect(reader.heardCount == 0)
    }

    @Test func batches_beginAnew_andKeepTheLastOfAKind() {
        var reader = reader([:])
        for (price, expected) in [("5", 1), ("7", 1)] {
            reader.begin(receivedAt: Self.received)
            for last in ["1", price] {
                let text = #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",\#(last),9,3,4]]}"#
                #expect(reader.scan(Array(text.utf8)) == 1)
                reader.keep()
            }
            #expect(reader.batch.quotes.count == expected)
            #expect(reader.batch.quotes.first?.bid.value == (try? FixedDecimal(price)))
        }
    }
}
