/// One unit of `base` in units of `quote`, as of a time, from a source.
package struct FXRate: Sendable, Hashable, Codable {
    package var base: Currency
    package var quote: Currency
    package var rate: FixedDecimal
    package var asOf: Timestamp
    /// `config`, `ecb`, `file:NAME`, or the broker whose stream said so.
    package var source: String

    package init(base: Currency, quote: Currency, rate: FixedDecimal, asOf: Timestamp, source: String) {
        self.base = base
        self.quote = quote
        self.rate = rate
        self.asOf = asOf
        self.source = source
    }

    package var kind: FXSourceKind {
        if source == FXRate.configurationSource { return .configuration }
        return source == FXRate.ecbSource || source.hasPrefix("file:") ? .file : .stream
    }

    /// The source of rates that the operator configured.
    package static let configurationSource = "config"
    /// The source of the European Central Bank's reference rates.
    package static let ecbSource = "ecb"
}

/// What a rate came by.
package enum FXSourceKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A broker's stream.
    case stream
    /// An imported or downloaded file of reference rates.
    case file
    case configuration
}

/// Which rate counts where several are stated, and how long one counts as confirmed.
package struct FXRules: Sendable, Hashable, Codable {
    /// Best first. A kind that is not listed comes last.
    package var precedence: [FXSourceKind]
    /// A rate older than this is stale; nil is never.
    package var staleAfter: Duration?

    /// The default limit bridges a weekend with a holiday beside it: reference rates are stated on working days only.
    package init(
        precedence: [FXSourceKind] = [.stream, .file, .configuration], staleAfter: Duration? = .seconds(4 * 86_400)
    ) {
        self.precedence = precedence
        self.staleAfter = staleAfter
    }

    func rank(_ kind: FXSourceKind) -> Int { precedence.firstIndex(of: kind) ?? precedence.count }
}
