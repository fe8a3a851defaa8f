import PortfolioModel
import Risk

/// Figures of documents as cells. Stale ones are marked, unknown ones are `?` with the reason below the table.
enum FigureCell {
    static func price(_ value: FixedDecimal?) -> Cell {
        value.map { Cell(NumberText.decimal($0, minimum: 2, maximum: 4)) } ?? .none
    }

    static func price(_ value: FixedDecimal?, _ state: FigureState, reason: String?, of subject: String) -> Cell {
        guard let value else { return .unknown(note(subject, reason)) }
        return Cell(NumberText.decimal(value, minimum: 2, maximum: 4), style(state))
    }

    static func price(_ figure: FigureDocument<FixedDecimal>, of subject: String) -> Cell {
        price(figure.value, figure.state, reason: figure.reason, of: subject)
    }

    static func quantity(_ value: FixedDecimal) -> Cell { Cell(NumberText.decimal(value, minimum: 0, maximum: 8)) }

    /// An amount; the currency is shown only where it is not the one of the heading.
    static func money(_ figure: MoneyFigureDocument, in heading: Currency, of subject: String) -> Cell {
        guard let amount = figure.amount else { return .unknown(note(subject, figure.reason)) }
        return Cell(text(amount, figure.currency, heading, signed: false), style(figure.state))
    }

    /// A gain or a loss.
    static func gain(_ figure: MoneyFigureDocument, in heading: Currency, of subject: String) -> Cell {
        guard let amount = figure.amount else { return .unknown(note(subject, figure.reason)) }
        let text = text(amount, figure.currency, heading, signed: true)
        return Cell(text, figure.state == .stale ? .warning : sign(amount))
    }

    /// The base figure, or the native one with its currency when there is no rate to base currency.
    static func gain(_ figures: ThreeCurrenciesDocument, of subject: String) -> Cell {
        let heading = figures.base.currency
        var cell = gain(
            figures.base.amount == nil && figures.native.amount != nil ? figures.native : figures.base, in: heading,
            of: subject)
        if figures.base.amount == nil, figures.native.amount != nil { cell.note = note(subject, figures.base.reason) }
        return cell
    }

    static func money(_ figures: ThreeCurrenciesDocument, of subject: String) -> Cell {
        let heading = figures.base.currency
        guard figures.base.amount == nil, figures.native.amount != nil else {
            return money(figures.base, in: heading, of: subject)
        }
        var cell = money(figures.native, in: heading, of: subject)
        cell.note = note(subject, figures.base.reason)
        return cell
    }

    /// With a part unknown: `?`, and below the table what is known and what is missing.
    static func total(_ total: MoneyTotalDocument, in heading: Currency, signed: Bool, of subject: String) -> Cell {
        if total.amount != nil {
            return signed ? gain(total.figure, in: heading, of: subject) : money(total.figure, in: heading, of: subject)
        }
        let known = NumberText.decimal(total.known, minimum: total.currency.minorDigits)
        return .unknown("\(subject): \(known) \(total.currency) is known; missing \(total.missing.abridged)")
    }

    /// A sum of numbers, as `total` is of money.
    static func sum(
        _ value: Double?, _ state: FigureState, places: Int, known: Double?, missing: [String], of subject: String
    ) -> Cell {
        let known = known.flatMap { NumberText.double($0, places: places) }.map { "\($0) is known; " } ?? ""
        return number(
            value, state, places: places, reason: NamedFigure.missing(missing).map { known + $0 }, of: subject)
    }

    /// A Greek or a ratio; nil without a reason does not apply.
    static func number(
        _ value: Double?, _ state: FigureState, places: Int, reason: String? = nil, of subject: String
    ) -> Cell {
        guard let text = value.flatMap({ NumberText.double($0, places: places) }) else {
            return .unknown(reason.map { "\(subject): \($0)" })
        }
        return Cell(text, style(state))
    }

    /// A share of one as percent.
    static func share(_ value: Double?, places: Int = 0, reason: String?, of subject: String) -> Cell {
        value.flatMap { NumberText.percent($0, places: places) }.map { Cell($0) } ?? .unknown(note(subject, reason))
    }

    static func age(_ asOf: Timestamp?, _ state: FigureState, now: Timestamp) -> Cell {
        let age = asOf.map { AgeText.of($0, now: now) }
        switch state {
        case .confirmed: return age.map { Cell($0, .dim) } ?? .none
        case .stale: return Cell("stale" + (age.map { " \($0)" } ?? ""), .warning)
        case .unknown: return Cell("?" + (age.map { " \($0)" } ?? ""), .warning)
        }
    }

    static func style(_ state: FigureState) -> TextStyle { state == .confirmed ? .plain : .warning }

    private static func sign(_ amount: FixedDecimal) -> TextStyle {
        amount.isZero ? .plain : (amount.isNegative ? .bad : .good)
    }

    private static func note(_ subject: String, _ reason: String?) -> String {
        "\(subject): \(reason ?? "unknown")"
    }

    static func text(_ amount: FixedDecimal, _ currency: Currency, _ heading: Currency, signed: Bool) -> String {
        NumberText.decimal(amount, minimum: currency.minorDigits, signed: signed)
            + (currency == heading ? "" : " \(currency)")
    }
}
