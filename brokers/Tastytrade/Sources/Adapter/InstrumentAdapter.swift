import BrokerKit
import PortfolioModel

/// From the instrument endpoints' words to the port's.
enum InstrumentAdapter {
    static func equity(_ wire: WireInstrument) -> VenueInstrument {
        var instrument = base(wire, type: wire.isIndex == true ? "Index" : "Equity")
        if wire.isIndex != nil || wire.isETF != nil {
            instrument.securityKind = wire.isIndex == true ? .index : wire.isETF == true ? .etf : .equity
        }
        return instrument
    }

    /// `deliverables` are those of the option's root, from the nested chain; nil when they were not looked up.
    static func equityOption(_ wire: WireInstrument, deliverables: [WireDeliverable]?) -> VenueInstrument {
        var instrument = base(wire, type: "Equity Option")
        let root = OptionRoot(text: wire.rootSymbol ?? OSISymbol(wire.symbol)?.root ?? "")
        instrument.exerciseStyle = style(wire.exerciseStyle)
        if root.index == nil, let type = wire.settlementType {
            // Equity options deliver; an unlisted index's European contracts are left to what is known of them.
            let isPhysical = instrument.exerciseStyle != .european
            instrument.settlement = isPhysical ? Settlement(.physical, type == "AM" ? .am : .pm) : nil
        }
        if root.isAdjusted || root.isFlex {
            instrument.deliverables = deliverables.flatMap { self.deliverables($0, underlying: wire.underlyingSymbol) }
        } else if let shares = wire.sharesPerContract, shares > .zero {
            instrument.multiplier = shares
            if root.index == nil, let underlying = wire.underlyingSymbol {
                instrument.deliverables = [Deliverable(symbol: TastytradeSymbology.ticker(underlying), amount: shares)]
            }
        }
        return instrument
    }

    static func future(_ wire: WireInstrument) -> VenueInstrument {
        var instrument = base(wire, type: "Future")
        instrument.multiplier = wire.notionalMultiplier
        instrument.settlement = wire.isCashSettled.map { Settlement($0 ? .cash : .physical) }
        return instrument
    }

    static func futureOption(_ wire: WireInstrument) -> VenueInstrument {
        var instrument = base(wire, type: "Future Option")
        instrument.root = wire.optionRootSymbol
        instrument.exerciseStyle = style(wire.exerciseStyle)
        instrument.multiplier = futureOptionMultiplier(wire)
        if let future = FutureOptionSymbol(wire.symbol)?.future.canonical {
            instrument.deliverables = [Deliverable(symbol: future, amount: wire.underlyingCount ?? .one)]
        }
        return instrument
    }

    /// `notional-value / display-factor`, the figure that positions state as their multiplier: 0.5 / 0.01 for /ES. The
    /// contract's own `multiplier` counts futures (1.0 there), so it serves only where the others are absent.
    private static func futureOptionMultiplier(_ wire: WireInstrument) -> FixedDecimal? {
        if let value = wire.notionalValue, let factor = wire.displayFactor, value > .zero, factor > .zero {
            return try? value.divided(by: factor)
        }
        return wire.multiplier.flatMap { $0 > .zero ? $0 : nil }
    }

    private static func base(_ wire: WireInstrument, type: String) -> VenueInstrument {
        var instrument = VenueInstrument(symbol: VenueSymbol(wire.symbol), type: type)
        instrument.underlying = wire.underlyingSymbol
        instrument.root = wire.rootSymbol
        instrument.streamerSymbol = wire.streamerSymbol
        instrument.expiry = wire.expirationDate
        instrument.cusip = wire.cusip
        instrument.name = wire.description
        return instrument
    }

    private static func style(_ text: String?) -> ExerciseStyle? {
        switch text?.lowercased() {
        case "american": .american
        case "european": .european
        default: nil
        }
    }

    /// nil when one part is not understood: a deliverable told in part is worse than none.
    private static func deliverables(_ parts: [WireDeliverable], underlying: String?) -> [Deliverable]? {
        var result: [Deliverable] = []
        for part in parts {
            if part.type.lowercased().contains("cash") {
                result.append(Deliverable(symbol: "USD", amount: part.amount, isCash: true))
            } else if part.type == "Shares", let symbol = part.symbol ?? underlying {
                result.append(Deliverable(symbol: TastytradeSymbology.ticker(symbol), amount: part.amount))
            } else {
                return nil
            }
        }
        return result.isEmpty ? nil : result
    }
}
