package import Logging
package import Risk

/// Where alerts go.
package protocol AlertSink: Sendable {
    func deliver(_ transitions: [AlertTransition]) async
}

/// Writes alerts to the log: a raised one as a warning, a cleared one as a notice.
package struct LogAlertSink: AlertSink {
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }

    package func deliver(_ transitions: [AlertTransition]) async {
        for transition in transitions {
            logger.log(
                level: transition.kind == .raised ? .warning : .notice, "alert \(transition)",
                metadata: [
                    "rule": "\(transition.rule.name)", "metric": "\(transition.rule.metric.rawValue)",
                    "scope": "\(transition.rule.scope)", "value": "\(transition.value)",
                ])
        }
    }
}

/// Keeps an `AlertEngine` fed with views and hands on what it raises.
package actor AlertActor {
    private var engine: AlertEngine
    private let sinks: [any AlertSink]

    package init(engine: AlertEngine, sinks: [any AlertSink]) {
        self.engine = engine
        self.sinks = sinks
    }

    /// To be kept over a restart.
    package var states: [String: AlertEngine.State] { engine.states }
    package var raised: [String] { engine.raised }
    /// The same in words, for a screen.
    package var raisedTexts: [String] { engine.raisedTexts }

    /// Looks at one view; returns when the sinks have the transitions.
    package func evaluate(_ view: PortfolioView) async {
        let transitions = engine.evaluate(view)
        guard !transitions.isEmpty else { return }
        for sink in sinks { await sink.deliver(transitions) }
    }
}
