import PortfolioModel

/// How an option is exercised when its source does not say.
enum ExerciseRule {
    /// US options on shares, funds and futures are American (OCC; CME for the quarterly ones), those on an index
    /// European but for OEX (Cboe); all of India's are European (NSE, BSE, MCX).
    static func style(_ kind: InstrumentKind, _ contract: Contract, _ currency: Currency) -> ExerciseStyle {
        if let stated = contract.exerciseStyle { return stated }
        if currency == .inr { return .european }
        if kind == .indexOption { return contract.root == "OEX" ? .american : .european }
        return .american
    }
}
