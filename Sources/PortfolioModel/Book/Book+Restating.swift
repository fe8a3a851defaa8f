extension Book {
    /// This book with only some accounts in it; instruments, markets and rates stay.
    package func restricted(to wanted: Set<AccountID>) -> Book {
        var copy = self
        copy.keep(wanted)
        return copy
    }

    /// This book reported in another base currency.
    package func reported(in currency: Currency) -> Book {
        var copy = self
        copy.report(in: currency)
        return copy
    }
}
