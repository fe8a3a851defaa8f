import PortfolioStore

extension ServiceConfiguration {
    /// What the database has to be of: figures of the sandbox and real ones never mix.
    var stamp: StoreStamp { isSandbox ? .sandbox : .production }
}
