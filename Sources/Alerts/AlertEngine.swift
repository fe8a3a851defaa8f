package import PortfolioModel
package import Risk

/// Watches a list of rules over successive views. A pure value; its state can be kept and given back after a restart,
/// so that a raised alert is not raised twice.
package struct AlertEngine: Sendable {
    /// What one rule knows of one subject.
    package struct State: Sendable, Hashable, Codable {
        /// Since when the metric has been beyond the threshold without a break, microseconds since 1970.
        package var beyondSince: Int64?
        package var isRaised: Bool

        package init(beyondSince: Int64? = nil, isRaised: Bool = false) {
            self.beyondSince = beyondSince
            self.isRaised = isRaised
        }
    }

    package let rules: [AlertRule]
    /// By rule id and subject; to be kept over a restart.
    package private(set) var states: [String: State]

    /// `states` of rules that are no longer there are dropped.
    package init(rules: [AlertRule], states: [String: State] = [:]) {
        self.rules = rules
        let prefixes = rules.map { "\($0.id)|" }
        self.states = states.filter { state in prefixes.contains { state.key.hasPrefix($0) } }
    }

    /// Alerts that are raised now, as rule id and subject, sorted.
    package var raised: [String] { states.filter(\.value.isRaised).keys.sorted() }

    /// Alerts that are raised now, in words, in the rules' order.
    package var raisedTexts: [String] {
        rules.flatMap { rule in
            let prefix = "\(rule.id)|"
            return raised.filter { $0.hasPrefix(prefix) }.map { rule.text(of: String($0.dropFirst(prefix.count))) }
        }
    }

    /// Looks at one view; views come in order of time. An unknown or stale figure holds a rule where it is: it neither
    /// raises, clears nor restarts the clock.
    package mutating func evaluate(_ view: PortfolioView) -> [AlertTransition] {
        var transitions: [AlertTransition] = []
        for rule in rules {
            for reading in rule.readings(in: view) {
                guard let value = reading.value else { continue }
                let key = "\(rule.id)|\(reading.subject)"
                var state = states[key] ?? State()
                if let kind = Self.step(&state, rule, value, at: view.at) {
                    transitions.append(
                        AlertTransition(kind: kind, rule: rule, subject: reading.subject, value: value, at: view.at))
                }
                states[key] = state == State() ? nil : state
            }
        }
        return transitions
    }

    private static func step(
        _ state: inout State, _ rule: AlertRule, _ value: FixedDecimal, at now: Timestamp
    ) -> AlertTransition.Kind? {
        if state.isRaised {
            guard rule.isBack(value) else { return nil }
            state = State()
            return .cleared
        }
        guard rule.isBeyond(value) else {
            state.beyondSince = nil
            return nil
        }
        // A clock that is set back starts the wait anew: else it would grow by as much.
        let since = Timestamp(microseconds: min(state.beyondSince ?? now.microseconds, now.microseconds))
        state.beyondSince = since.microseconds
        guard now >= since.adding(rule.forDuration) else { return nil }
        state.isRaised = true
        return .raised
    }
}

extension AlertRule {
    /// `alert day loss: portfolio dayPnL below -2500`.
    fileprivate func text(of subject: String) -> String {
        let place = subject.isEmpty ? "\(scope)" : "\(scope) in \(subject)"
        return "alert \(name): \(place) \(metric.rawValue) \(comparison.rawValue) \(threshold)"
    }
}

/// An alert that was raised or cleared.
package struct AlertTransition: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable { case raised, cleared }

    package var kind: Kind
    package var rule: AlertRule
    /// The account, for a rule on a position; empty otherwise.
    package var subject: String
    package var value: FixedDecimal
    package var at: Timestamp

    package init(kind: Kind, rule: AlertRule, subject: String, value: FixedDecimal, at: Timestamp) {
        self.kind = kind
        self.rule = rule
        self.subject = subject
        self.value = value
        self.at = at
    }

    /// `raised: day loss: portfolio dayPnL -2600.5 below -2500`.
    package var description: String {
        let place = subject.isEmpty ? "\(rule.scope)" : "\(rule.scope) in \(subject)"
        let limit = kind == .raised ? rule.threshold : rule.clearLevel
        return "\(kind.rawValue): \(rule.name): \(place) \(rule.metric.rawValue) \(value), limit "
            + "\(rule.comparison.rawValue) \(limit)"
    }
}
