import BrokerKit
import PortfolioModel

extension RecordedStep {
    /// What this step says of numbers and secrets.
    func teach(_ redactor: inout Redactor) {
        switch self {
        case .start(let start): for account in start.accounts { redactor.learn(account: account.key.number) }
        case .stored(let changes, _):
            for case .account(let account) in changes { redactor.learn(account: account.key.number) }
        case .received(let events, _): for event in events { event.teach(&redactor) }
        case .exchange(let exchange):
            redactor.learn(path: exchange.target)
            if let body = exchange.body { redactor.learn(json: body.bytes) }
        case .socket(let socket):
            guard case .received(let messages) = socket.event else { return }
            for message in messages { redactor.learn(json: message.bytes) }
        default: break
        }
    }

    /// With raw bytes made safe as they are: in a line of JSON their quotes would be written otherwise.
    func cleaned(by redactor: Redactor) -> RecordedStep {
        switch self {
        case .imported(var file):
            file.body = file.body.cleaned(by: redactor)
            return .imported(file)
        case .exchange(var exchange):
            exchange.body = exchange.body?.cleaned(by: redactor)
            return .exchange(exchange)
        case .socket(var socket):
            guard case .received(let messages) = socket.event else { return self }
            socket.event = .received(messages.map { $0.cleaned(by: redactor) })
            return .socket(socket)
        default: return self
        }
    }
}

extension RecordedBytes {
    fileprivate func cleaned(by redactor: Redactor) -> RecordedBytes { RecordedBytes(redactor.clean(bytes)) }
}

extension BrokerEvent {
    fileprivate func teach(_ redactor: inout Redactor) {
        switch self {
        case .accounts(let accounts): for account in accounts { redactor.learn(account: account.number) }
        case .snapshot(let snapshot): redactor.learn(account: snapshot.account.number)
        case .positions(let number, _), .transactions(let number, _), .orders(let number, _):
            redactor.learn(account: number)
        case .balances(let number, _, _, _): redactor.learn(account: number)
        default: break
        }
    }
}
