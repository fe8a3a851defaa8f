package import PortfolioModel

/// The rules of valuation an operator can set.
package struct RiskSettings: Sendable {
    /// When markets count as open.
    package enum Session: Sendable {
        /// Simulated markets: every quote has to be young.
        case alwaysOpen
        /// The listing exchange's regular sessions; futures trade around the clock on weekdays.
        case exchange(ExchangeCalendar)
    }

    /// The widest quote whose middle is a price: `absolute + relative x mid`, in units of quoted price.
    package struct SpreadLimit: Sendable, Hashable {
        package var absolute: FixedDecimal
        package var relative: FixedDecimal

        package init(absolute: FixedDecimal, relative: FixedDecimal) {
            self.absolute = absolute
            self.relative = relative
        }
    }

    package var session: Session
    /// How long a live feed may be silent on an instrument whose market is open.
    package var quoteSilence: Duration
    /// Brokers whose feeds state Greeks of options.
    package var greeksFeeds: Set<BrokerID>
    package var optionSpread: SpreadLimit
    package var model: ModelAssumptions
    /// Which exchange rate counts and for how long.
    package var fx: FXRules
    /// Different underlyings whose deltas are added.
    package var groups: UnderlyingGroups

    package init(
        session: Session = .exchange(.newYork), quoteSilence: Duration = .seconds(900),
        greeksFeeds: Set<BrokerID> = [],
        optionSpread: SpreadLimit = SpreadLimit(absolute: .one, relative: FixedDecimal(raw64: 50_000_000)),
        model: ModelAssumptions = ModelAssumptions(), fx: FXRules = FXRules(), groups: UnderlyingGroups = .standard
    ) {
        self.session = session
        self.quoteSilence = quoteSilence
        self.greeksFeeds = greeksFeeds
        self.optionSpread = optionSpread
        self.model = model
        self.fx = fx
        self.groups = groups
    }
}
