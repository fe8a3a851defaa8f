import PortfolioModel

extension BookChange {
    /// Whether the journal keeps it. Market data and connection states are kept by sampling, not one by one.
    var isDurable: Bool {
        switch self {
        case .market, .marketRestored, .feedSilent, .earlierRates: false
        case .broker: false
        default: true
        }
    }

    var concernsAccounts: Bool {
        switch self {
        case .account, .position, .positionClosed, .balance, .balanceClosed, .instrument: true
        default: false
        }
    }

    /// Whether it can change which instruments are to be streamed.
    var concernsInstruments: Bool {
        switch self {
        case .instrument, .position, .positionClosed: true
        default: false
        }
    }
}

extension PortfolioUpdate {
    var durablePart: PortfolioUpdate {
        PortfolioUpdate(sequence: sequence, at: at, changes: changes.filter(\.isDurable))
    }
}

extension Book {
    /// Applies changes to a scratch copy while one batch of events is still being read.
    mutating func preview(_ changes: [BookChange]) {
        let sequence = sequence
        try? restore(changes, sequence: sequence)
    }
}
