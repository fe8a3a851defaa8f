import BrokerKit
import PortfolioModel

/// W10: a message's batch handed from one actor to another in one awaited call, through the sink's protocol as a broker
/// hands it to the supervisor. A unit is an event.
struct HandOverContestant: Contestant {
    struct Result: Encodable { var count: Int, sum: Int64 }

    private static let batch = 64
    private static let checked = 640_000
    private let receiver = Receiver()
    private let sender: Sender

    init() { sender = Sender(sink: ReceiverSink(receiver: receiver)) }

    func check() async -> Result {
        await receiver.reset()
        await sender.send(Self.checked, in: Self.batch)
        return await receiver.result
    }

    func round(_ count: Int) async throws -> Round {
        await receiver.reset()
        let watch = Stopwatch()
        await sender.send(count, in: Self.batch)
        let time = watch.elapsed
        let result = await receiver.result
        guard result.count == count else { throw BenchmarkError("\(result.count) of \(count) events came") }
        return Round(time, count: count)
    }
}

/// Stands where a broker's feed does: makes each batch and waits until it is taken.
private actor Sender {
    private let sink: any BrokerSink

    init(sink: any BrokerSink) { self.sink = sink }

    func send(_ count: Int, in size: Int) async {
        var next = 0
        while next < count {
            var batch = MarketBatch(source: BenchmarkBook.broker, receivedAt: Timestamp(microseconds: 0))
            let end = min(next + size, count)
            batch.quotes.reserveCapacity(size)
            for number in next..<end {
                batch.quotes.append(
                    QuoteEvent(instrument: 1, bid: WireDecimal(raw: Int64(number)), ask: WireDecimal(raw: 0)))
            }
            next = end
            await sink.deliver([.market(batch)])
        }
    }
}

/// Stands where the supervisor does.
private actor Receiver {
    private(set) var result = HandOverContestant.Result(count: 0, sum: 0)

    func reset() { result = .init(count: 0, sum: 0) }

    func receive(_ events: [BrokerEvent]) {
        for case .market(let batch) in events {
            result.count += batch.quotes.count
            for quote in batch.quotes { result.sum += quote.bid.raw }
        }
    }
}

private struct ReceiverSink: BrokerSink {
    let receiver: Receiver
    func deliver(_ events: [BrokerEvent]) async { await receiver.receive(events) }
}
