import BrokerKit
import Foundation
import PortfolioModel
import Testing

@testable import Tastytrade

struct FeedDecoderTests {
    private static let received = Timestamp(seconds: 1_795_000_000)

    private func decode(
        _ frames: [String], fields: [String: [String]] = [:], symbols: [String] = ["SPY", "QQQ", ".SPY261218C600"]
    ) throws -> (batch: MarketBatch, unreadable: Int) {
        var decoder = FeedDecoder()
        decoder.configure(fields)
        decoder.symbols = SymbolTable(
            Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($1, [MarketHandle($0 + 1)]) }))
        var batch = MarketAccumulator(source: BrokerID("tastytrade"), receivedAt: Self.received)
        var unreadable = 0
        for frame in frames {
            let bytes = Array(frame.utf8)
            unreadable += try decoder.decode(bytes, in: 0..<bytes.count, into: &batch)
        }
        return (batch.batch, unreadable)
    }

    @Test func compact_readsSeveralRowsOfOneType() throws {
        let (batch, unreadable) = try decode([
            #"["Quote",["SPY",576.88,576.9,200.0,300.0,"QQQ",5.1E2,510.01,1,2]]"#
        ])
        #expect(unreadable == 0)
        #expect(batch.quotes.count == 2)
        #expect(batch.quotes[0].bid.value == (try FixedDecimal("576.88")))
        #expect(batch.quotes[1].bid.value == 510)
        #expect(batch.quotes[1].instrument == 2)
        #expect(batch.quotes[0].askSize.value == 300)
    }

    @Test func compact_readsSeveralPairs() throws {
        let (batch, _) = try decode([
            #"["Quote",["SPY",1,2,3,4],"Trade",["SPY",1.5,10,1748020169744],"Series",["x",1]]"#
        ])
        #expect(batch.quotes.count == 1)
        #expect(batch.trades.first?.time == Timestamp(milliseconds: 1_748_020_169_744))
        #expect(batch.count == 2)
    }

    @Test func compact_followsTheConfiguredOrder() throws {
        let fields = ["Quote": ["eventType", "ASKPRICE", "bidTime", "eventSymbol", "bidPrice"]]
        let (batch, unreadable) = try decode([#"["Quote",["Quote",2.5,0,"SPY",2.25]]"#], fields: fields)
        #expect(unreadable == 0)
        #expect(batch.quotes.first?.ask.value == (try FixedDecimal("2.5")))
        #expect(batch.quotes.first?.bid.value == (try FixedDecimal("2.25")))
        #expect(batch.quotes.first?.bidSize.isAbsent == true)
    }

    @Test func notANumber_isAbsent() throws {
        let (batch, unreadable) = try decode([
            #"["Trade",["SPY","NaN","NaN",0],"Quote",["QQQ","NaN",null,"Infinity","-Infinity"]]"#,
            #"["Greeks",[".SPY261218C600","NaN",0.25,0.5,"NaN",-0.1,0.2,0.01]]"#,
        ])
        #expect(unreadable == 0)
        #expect(batch.trades.first?.price.isAbsent == true)
        #expect(batch.trades.first?.time == nil)
        #expect(batch.quotes.first?.bid.isAbsent == true)
        #expect(batch.greeks.first?.gamma.isNaN == true)
        #expect(batch.greeks.first?.delta == 0.5)
    }

    @Test func rows_areAllLeftOut_whenTheirNumberDoesNotFit() throws {
        let (batch, unreadable) = try decode([
            #"["Quote",["SPY",1,2,3,4,"QQQ",1,2,3],"Trade",["SPY",1,1,1]]"#
        ])
        #expect(unreadable == 1)
        #expect(batch.quotes.isEmpty)
        #expect(batch.trades.count == 1)
    }

    @Test func row_isSkipped_whenAValueIsOfAnotherKind() throws {
        let (batch, unreadable) = try decode([
            #"["Quote",["SPY",{"a":1},2,3,4,"QQQ",1,2,3,4,7,1,2,3,4,"SPY","abc",2,3,4]]"#
        ])
        #expect(unreadable == 3)
        #expect(batch.quotes.map(\.instrument) == [2])
    }

    @Test func layoutWithoutSymbol_isNotUsed() throws {
        let (batch, unreadable) = try decode(
            [#"["Quote",[1,2]]"#], fields: ["Quote": ["bidPrice", "askPrice"]])
        #expect(batch.isEmpty)
        #expect(unreadable == 1)
    }

    @Test func lastEventOfAKindWins_withinABatch() throws {
        let (batch, _) = try decode([
            #"["Quote",["SPY",1,2,3,4,"SPY",5,6,7,8]]"#, #"["Quote",["SPY",9,10,11,12]]"#,
        ])
        #expect(batch.quotes.count == 1)
        #expect(batch.quotes.first?.bid.value == 9)
    }

    @Test func symbolNobodyAskedFor_isPassedOver() throws {
        let (batch, unreadable) = try decode([#"["Quote",["IWM",1,2,3,4]]"#])
        #expect(batch.isEmpty)
        #expect(unreadable == 0)
    }

    @Test func summary_takesOnlyAnOfficialClose() throws {
        let rows = ["REGULAR", "FINAL", "INDICATIVE", "PRELIMINARY"].map { type in
            #"["Summary",["SPY",1,2,3,4,"\#(type)",5,34905]]"#
        }
        let closes = try rows.map { try decode([$0]).batch.summaries.first?.close.isAbsent }
        #expect(closes == [false, false, true, true])
        #expect(try decode([rows[0]]).batch.summaries.first?.openInterest == 34_905)
    }

    @Test func profile_tellsHaltAndDividend() throws {
        let (batch, _) = try decode([#"["Profile",["SPY","HALTED",1.02,1.75,20665,"QQQ","ACTIVE","NaN","NaN",0]]"#])
        #expect(batch.profiles.first?.isHalted == true)
        #expect(batch.profiles.first?.exDividendDate == CalendarDate("2026-07-31"))
        #expect(batch.profiles.last?.beta == nil)
        #expect(batch.profiles.last?.exDividendDate == nil)
    }

    /// The same events in both encodings, over seeded values: the batches are equal.
    @Test func full_equalsCompact() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            let type = try #require(FeedEventType.allCases.randomElement(using: &random))
            var compact: [String] = []
            var full: [String] = []
            for symbol in ["SPY", "QQQ", ".SPY261218C600"].prefix(Int.random(in: 1...3, using: &random)) {
                let values = type.requestedFields.map { field -> String in
                    if field == .eventSymbol { return "\"\(symbol)\"" }
                    if field.form(in: type) == .text {
                        return ["\"FINAL\"", "\"HALTED\"", "null"].randomElement(using: &random) ?? "null"
                    }
                    let number = Double(Int.random(in: -100_000...100_000, using: &random)) / 64
                    return [String(number), "\"NaN\"", "\(Int(number))", "1.5E3"].randomElement(using: &random) ?? "0"
                }
                compact += values
                var members = zip(type.requestedFields, values).map { "\"\($0.rawValue)\":\($1)" }
                members.append("\"eventType\":\"\(type.rawValue)\"")
                members.append("\"eventTime\":0")
                members.shuffle(using: &random)
                full.append("{" + members.joined(separator: ",") + "}")
            }
            let first = try decode(["[\"\(type.rawValue)\",[\(compact.joined(separator: ","))]]"])
            let second = try decode(["[" + full.joined(separator: ",") + "]"])
            #expect(first.unreadable == 0)
            #expect(second.unreadable == 0)
            #expect(first.batch.count > 0)
            #expect(String(describing: first.batch) == String(describing: second.batch))
        }
    }

    @Test func decoding_neverTraps_whenBytesAreDamaged() throws {
        let frame =
            #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",576.88,"NaN",2.0E2,300.0],"#
            + #""Greeks",[".SPY261218C600",1.5,0.2,0.5,0.01,-0.1,0.2,0.3]]}"#
        let good = Array(frame.utf8)
        var random = SeededGenerator(seed: 5)
        func read(_ bytes: [UInt8]) throws -> Int {
            guard case .feedData(_, let data) = try DXLinkMessage(bytes) else { return 0 }
            var decoder = FeedDecoder()
            decoder.symbols = SymbolTable(["SPY": [1], ".SPY261218C600": [2]])
            var batch = MarketAccumulator(source: BrokerID("tastytrade"), receivedAt: Self.received)
            _ = try decoder.decode(bytes, in: data, into: &batch)
            return batch.batch.count
        }
        #expect(try read(good) == 2)
        for length in 0..<good.count { #expect(throws: JSONError.self) { try read(Array(good.prefix(length))) } }
        for _ in 0..<20_000 {
            var bad = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bad[Int.random(in: 0..<bad.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? read(bad)
        }
    }

    @Test(arguments: [
        (#"{"channel":0,"type":"KEEPALIVE"}"#, DXLinkMessage.keepalive),
        (#"{"type":"SETUP","channel":0,"keepaliveTimeout":60,"version":"1.0"}"#, .setup(keepaliveTimeout: 60)),
        (#"{"type":"AUTH_STATE","channel":0,"state":"UNAUTHORIZED"}"#, .authState(isAuthorized: false)),
        (
            #"{"type":"ERROR","channel":3,"error":"BAD_ACTION","message":"x"}"#,
            .error(channel: 3, type: "BAD_ACTION", message: "x")
        ),
        (
            #"{"type":"FEED_CONFIG","channel":1,"eventFields":{"Quote":["eventSymbol"]}}"#,
            .feedConfig(channel: 1, eventFields: ["Quote": ["eventSymbol"]])
        ),
        (#"{"data":["Quote",[]],"type":"FEED_DATA","channel":1}"#, .feedData(channel: 1, data: 8..<20)),
        (#"{"type":"NEWS","channel":1,"x":[{}]}"#, .unknown("NEWS")),
    ])
    func frames_areTold(_ text: String, _ expected: DXLinkMessage) throws {
        #expect(try DXLinkMessage(Array(text.utf8)) == expected)
    }
}
