import PortfolioStore

extension CommandError {
    /// A store's refusal as a command reports it; the exit status is the store's own.
    init(_ error: StoreError) {
        self.init(
            "store-\(error.code.rawValue)", error.message, file: error.path.isEmpty ? nil : error.path,
            fix: error.fix.isEmpty ? nil : error.fix)
        exitStatus = error.exitStatus
    }
}
