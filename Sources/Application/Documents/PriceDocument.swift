import PortfolioModel
import Pricing

/// `price --json`: every option with its inputs and its answer, in the order given.
struct PriceDocument: Document {
    static let schemaName = "tributary.price/1"

    struct Dividend: Codable, Sendable, Equatable {
        var years: Double
        var amount: Double
    }

    struct Inputs: Codable, Sendable, Equatable {
        var model: String
        var exercise: String
        var right: String
        var spot: Double
        var strike: Double
        var years: Double
        var rate: Double
        var yield: Double
        @ExplicitNull var volatility: Double?
        @ExplicitNull var price: Double?
        var dividends: [Dividend]
    }

    struct Row: Codable, Sendable, Equatable {
        var inputs: Inputs
        var answer: PriceAnswer
    }

    var schema = schemaName
    var sequence: UInt64 = 0
    var options: [Row]

    init(_ requests: [PriceRequest], _ answers: [PriceAnswer]) {
        options = zip(requests, answers).map { Row(inputs: Inputs($0), answer: $1) }
    }
}

extension PriceDocument.Inputs {
    init(_ request: PriceRequest) {
        let option = request.option
        var (volatility, price): (Double?, Double?)
        switch request.known {
        case .volatility(let value): volatility = value
        case .price(let value): price = value
        }
        self.init(
            model: option.formula.rawValue, exercise: option.exercise.rawValue, right: option.right.rawValue,
            spot: option.underlyingPrice, strike: option.strike, years: option.years, rate: option.rate,
            yield: option.yield, volatility: volatility, price: price,
            dividends: option.dividends.map { PriceDocument.Dividend(years: $0.years, amount: $0.amount) })
    }
}
