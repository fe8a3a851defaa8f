import PortfolioModel
import Pricing

/// One option for the calculator, checked field by field.
struct PriceRequest: Sendable, Equatable {
    /// What is given, and so what is asked for.
    enum Known: Sendable, Equatable {
        case volatility(Double)
        case price(Double)
    }

    var option: OptionModel
    var known: Known

    /// Reads the texts of a file's columns, or of flags with `exit: .usage`. Throws `CommandError` with the field and
    /// the fix.
    init(_ fields: [PriceColumn: String], exit: ExitStatus = .dataError) throws(CommandError) {
        let reader = PriceFieldReader(fields, exit: exit)
        let formula: OptionModel.Formula = try reader.choice(.model)
        let exercise: ExerciseStyle = try reader.choice(.exercise, default: .european)
        let right: OptionRight = try reader.choice(.right)
        option = OptionModel(
            right: right, underlyingPrice: try reader.number(.spot), strike: try reader.number(.strike),
            years: try reader.number(.years), rate: try reader.number(.rate),
            yield: try reader.number(.yield, default: 0), formula: formula, exercise: exercise,
            dividends: try reader.dividends())
        known = try Self.known(reader)
        try check(reader)
    }

    private static func known(_ reader: PriceFieldReader) throws(CommandError) -> Known {
        switch (reader.isGiven(.volatility), reader.isGiven(.price)) {
        case (true, false): return .volatility(try reader.number(.volatility))
        case (false, true): return .price(try reader.number(.price))
        case (true, true):
            throw reader.bad(.price, "volatility and price are both given", "give one: the other is what is computed")
        case (false, false):
            throw reader.bad(.volatility, "neither volatility nor price is given", "give one of them")
        }
    }

    /// What each model can take. Time that is up is no error here: it is the answer `expired`.
    private func check(_ reader: PriceFieldReader) throws(CommandError) {
        if option.formula == .bachelier {
            if option.exercise == .american {
                throw reader.bad(.exercise, "bachelier has European exercise only", "use european, or another model")
            }
        } else {
            for (column, value) in [(PriceColumn.spot, option.underlyingPrice), (.strike, option.strike)]
            where value <= 0 {
                throw reader.bad(column, "\(column.rawValue) is not above 0", "for prices at or below 0 use bachelier")
            }
        }
        if option.formula != .blackScholesMerton && !option.dividends.isEmpty {
            throw reader.bad(
                .dividends, "\(option.formula.rawValue) takes no dividends in cash", "leave them out, or use bsm")
        }
        if case .volatility(let volatility) = known, volatility <= 0 {
            throw reader.bad(.volatility, "volatility is not above 0", "give it as a fraction, such as 0.2")
        }
    }
}
