import PortfolioModel
import Pricing
import Risk
import Testing

/// A simulated month, attributed and then computed anew another way.
struct AttributionMonthTests {
    private static let months = 0..<3

    private func attribute(_ holding: SimulatedMonth.Holding) -> PositionAttribution {
        PositionAttribution(holding.edges, holding.contract, opening: .here)
    }

    @Test(arguments: months) func month_closesToTheCent(number: Int) throws {
        let month = try SimulatedMonth.recorded[number].get()
        for (name, holding) in month.holdings {
            let found = attribute(holding)
            #expect(found.unknown == nil && found.gaps.isEmpty, "\(name): \(found.gaps)")
            // What is held at the end, less what it had cost, and everything that was paid and received in between.
            let contract = holding.contract
            let (first, last) = (try #require(holding.edges.first), try #require(holding.edges.last))
            let end = try value(last, last.quantity, contract)
            var profit = end
            if first.kind != .fill {
                let price = try #require(contract.openPrice)
                let cost = try first.quantity.multiplied(by: price).multiplied(by: contract.multiplier)
                profit = try profit - cost.multiplied(by: try #require(first.fx))
            }
            for (number, edge) in holding.edges.enumerated() {
                let events = edge.events
                let cash = try events.tradeCash + events.income - events.fees
                profit = try profit + cash.multiplied(by: try #require(edge.fx))
                // A future's gains are in cash at the rate of each step: its value moves without FX.
                if contract.isFuture, number > 0 { #expect(edge.fx == .one) }
            }
            #expect(try (found.profit - profit).magnitude < decimal("0.00001"), "\(name)")
            #expect(try found.terms.total == found.profit)
        }
    }

    private func value(
        _ edge: ValuationEdge, _ quantity: FixedDecimal, _ contract: AttributionContract
    ) throws -> FixedDecimal {
        let mark = try #require(edge.mark)
        return try quantity.multiplied(by: mark).multiplied(by: contract.multiplier)
            .multiplied(by: try #require(edge.fx))
    }

    /// Done when 5: at most 2 % over five days to expiry, 10 % inside.
    @Test(arguments: months) func residual_staysSmall_overFiveDaysAndInside(number: Int) throws {
        let month = try SimulatedMonth.recorded[number].get()
        for (name, holding) in month.holdings.sorted(by: { $0.key < $1.key }) where holding.option != nil {
            let ending = try #require(holding.contract.ending)
            let near = holding.edges.firstIndex { ending.at.seconds(since: $0.at) <= 5 * 86_400 }
            let over = Array(holding.edges[...(near ?? holding.edges.count - 1)])
            let parts: [(String, [ValuationEdge], Double)] = [
                ("over", over, 0.02), ("inside", near.map { Array(holding.edges[$0...]) } ?? [], 0.1),
            ]
            for (part, edges, limit) in parts where edges.count > 1 {
                let found = PositionAttribution(edges, holding.contract)
                let quality = try #require(found.quality)
                print(
                    "month \(number) \(name) \(part): residual \(found.terms[.residual]) of \(found.terms.explained):",
                    "\(quality), limit \(found.limit ?? 0)")
                // A cent or less is rounding, of an option that has become worthless.
                #expect(quality <= limit || found.terms[.residual].magnitude <= decimal("0.01"), "\(name) \(part)")
            }
            #expect(!attribute(holding).isPoor)
        }
        let all = try Attribution(month.holdings.values.map(attribute), base: .usd).total()
        print(
            "month \(number) total: \(ProfitTerms.Term.allCases.map { "\($0) \(all.terms[$0])" }), \(all.quality ?? -1)"
        )
        #expect(!all.isPoor && (all.quality ?? 1) < 0.02)
    }

    @Test(arguments: months) func everyTerm_equalsItsRecomputationByBumping(number: Int) throws {
        let month = try SimulatedMonth.recorded[number].get()
        for (name, holding) in month.holdings where holding.option != nil {
            // From the first step on: what came before has no Greeks.
            let found = attribute(holding)
            let bumped = try Bumping(month: month, holding: holding).terms()
            let scale = found.terms.explained
            for term in [ProfitTerms.Term.delta, .gamma, .theta, .vega, .rho] {
                let miss = (found.terms[term].doubleValue - (bumped[term] ?? 0)).magnitude
                #expect(miss <= 2e-5 * scale, "\(name) \(term): \(found.terms[term]), bumped \(bumped[term] ?? 0)")
            }
        }
        let rho = try #require(month.holdings["BBB put"]).edges.count
        #expect(rho > 30)
    }

    @Test func intervals_addUp_whenOneFollowsAnother() throws {
        let month = try SimulatedMonth.recorded[0].get()
        for holding in month.holdings.values where holding.edges.count > 8 {
            let middle = holding.edges.count / 2
            let whole = PositionAttribution(holding.edges, holding.contract)
            let parts = [Array(holding.edges[...middle]), Array(holding.edges[middle...])]
                .map { PositionAttribution($0, holding.contract) }
            #expect(whole.steps == parts[0].steps + parts[1].steps)
            for term in ProfitTerms.Term.allCases {
                #expect(try whole.terms[term] == parts[0].terms[term] + parts[1].terms[term])
            }
        }
    }

    @Test func totals_areTheSumsOfTheirPositions() throws {
        let month = try SimulatedMonth.recorded[1].get()
        let attribution = Attribution(month.holdings.values.map(attribute), base: .usd)
        let groups = try attribution.totals { $0.group }
        #expect(groups.map(\.name) == ["/ES", "AAA", "BBB", "CCC"])
        let total = try attribution.total()
        #expect(try FixedDecimal.sum(groups.map(\.known)) == total.known && total.profit == total.known)
        #expect(try FixedDecimal.sum(attribution.positions.map(\.profit)) == total.known)
        #expect(groups.map(\.positions).reduce(0, +) == month.holdings.count)
        // Each has its part in the month.
        for term in [ProfitTerms.Term.fx, .rho, .carry, .fills, .beforeTracking, .theta, .vega, .gamma] {
            #expect(!total.terms[term].isZero, "\(term)")
        }
    }
}
