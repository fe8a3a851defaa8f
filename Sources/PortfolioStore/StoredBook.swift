package import PortfolioModel

/// What the store knew when it was last written, as changes that `Book.restore` takes in this order.
package struct StoredBook: Sendable {
    package var changes: [BookChange]
    /// Number of the last update stored.
    package var sequence: UInt64
    /// When that update was made; nil in a new store.
    package var updatedAt: Timestamp?
    /// Accounts come back in the state they were stored in. These were confirmed then; whether they still are is not
    /// the store's to say.
    package var confirmedAccounts: [AccountID]

    package var isEmpty: Bool { changes.isEmpty && sequence == 0 }
}
