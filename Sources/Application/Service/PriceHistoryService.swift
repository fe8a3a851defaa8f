import BrokerKit
import Logging
import PortfolioModel
import PortfolioStore
import ServiceLifecycle
import Supervision

/// Asks brokers for the daily prices that risk figures need. What fails is asked again; nothing else waits for it.
struct PriceHistoryService: Service {
    let core: ServiceCore

    static let interval: Duration = .seconds(5)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var plans: [BrokerID: PriceHistoryPlan] = [:]
            while !Task.isCancelled {
                for made in core.made where made.broker.capabilities.contains(.priceHistory) {
                    var plan = plans[made.broker.id] ?? PriceHistoryPlan()
                    await ask(made.broker, &plan)
                    plans[made.broker.id] = plan
                }
                try? await core.clock.sleep(for: Self.interval)
            }
        }
    }

    private func kept(_ batch: PriceHistoryPlan.Batch, _ source: BrokerID) throws -> [DailyPrice] {
        let ids = Set(batch.requests.map { InstrumentID(raw: $0.handle) })
        let end = batch.from.adding(days: PriceHistoryPlan.depth + 1)
        return try core.store.prices(of: ids, from: batch.from, through: end).filter { $0.source == source.name }
    }

    private func ask(_ broker: any Broker, _ plan: inout PriceHistoryPlan) async {
        let requests = await core.supervisor.priceHistoryRequests(for: broker.id)
        let today = core.clock.date(in: .newYork)
        guard !plan.due(requests, held: [:], today: today).isEmpty else { return }
        do {
            let coverage = try core.store.priceCoverage().filter { $0.source == broker.id.name }
            let held = Dictionary(coverage.map { ($0.instrument, $0.last) }, uniquingKeysWith: max)
            for batch in plan.due(requests, held: held, today: today) {
                let before = try kept(batch, broker.id)
                try await broker.perform(.dailyPrices(batch.requests, from: batch.from))
                plan.answered(batch, today: today)
                let restated = PriceHistoryPlan.restated(from: before, to: try kept(batch, broker.id))
                if batch.from > today.adding(days: -PriceHistoryPlan.depth) { plan.restart(restated) }
                core.logger.info(
                    "daily prices were read",
                    metadata: ["broker": "\(broker.id)", "instruments": "\(batch.requests.count)"])
            }
        } catch let error as BrokerError where error.classification == .retryable || error.code == "not-running" {
            core.logger.debug("daily prices have to wait", metadata: ["reason": "\(error.message)"])
        } catch is CancellationError {
            return
        } catch {
            core.logger.warning("daily prices could not be read", metadata: ["reason": "\(error)"])
        }
    }
}
