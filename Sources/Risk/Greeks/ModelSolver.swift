import PortfolioModel
import Pricing

/// Solves for volatilities and values options, each question once: early exercise and cash dividends cost a thousand
/// times what a closed form costs, and most updates repeat a question.
struct ModelSolver: Sendable {
    struct Answer: Sendable {
        var volatility: Double
        var valuation: OptionValuation
    }

    private struct Entry: Sendable {
        var model: OptionModel
        /// nil when the volatility was given.
        var price: Double?
        var answer: Result<Answer, ImpliedVolatilityError>
    }

    /// By the instrument's number, the last question and its answer.
    private var entries: [Entry?] = []

    /// The volatility of a quote's middle, and the Greeks at it.
    mutating func solve(
        _ id: InstrumentID, bid: Double?, ask: Double?, _ model: OptionModel
    ) throws(ImpliedVolatilityError) -> Answer {
        let middle = bid.flatMap { bid in ask.map { (bid + $0) / 2 } }
        if let entry = entry(id), entry.model == model, entry.price == middle, middle != nil, bid != 0 {
            return try entry.answer.get()
        }
        let answer: Result<Answer, ImpliedVolatilityError>
        do throws(ImpliedVolatilityError) {
            let volatility = try ImpliedVolatility.solve(bid: bid, ask: ask, model: model)
            answer = .success(Answer(volatility: volatility, valuation: model.valuation(volatility: volatility)))
        } catch {
            answer = .failure(error)
        }
        keep(Entry(model: model, price: middle, answer: answer), id)
        return try answer.get()
    }

    /// Price and Greeks at a known volatility.
    mutating func value(_ id: InstrumentID, volatility: Double, _ model: OptionModel) -> OptionValuation {
        if let entry = entry(id), entry.model == model, case .success(let answer) = entry.answer,
            answer.volatility == volatility
        {
            return answer.valuation
        }
        let valuation = model.valuation(volatility: volatility)
        let answer = Answer(volatility: volatility, valuation: valuation)
        keep(Entry(model: model, price: nil, answer: .success(answer)), id)
        return valuation
    }

    private func entry(_ id: InstrumentID) -> Entry? { id.index < entries.count ? entries[id.index] : nil }

    private mutating func keep(_ entry: Entry, _ id: InstrumentID) {
        while entries.count <= id.index { entries.append(nil) }
        entries[id.index] = entry
    }

    mutating func forget(_ id: InstrumentID) {
        if id.index < entries.count { entries[id.index] = nil }
    }
}
