import Foundation
import PortfolioModel

/// Documents as the command's options want them: JSON, or tables made from the same JSON.
struct DocumentDisplay: Sendable {
    let options: GlobalOptions

    func text(_ name: DocumentName, _ json: String, now: Timestamp) throws -> String {
        return json + "\n"
    }

    /// The result document of a write.
    func result(_ response: ControlResponse) throws -> String {
        (response.result ?? "") + "\n"
    }
}

/// The screen of a running service.
struct LiveDisplay {
    static let home = "\u{1B}[H\u{1B}[2J"
    let options: GlobalOptions

    func open() {}
    func close() {}
    func show(_ answer: ControlResponse, now: Timestamp) throws {}
}
