import PortfolioModel

/// What an OCC root says without being looked up.
struct OptionRoot {
    let text: String

    /// Ends in a digit: the contract was adjusted (or is a mini), so nothing about its deliverable is known.
    var isAdjusted: Bool { text.last?.isNumber == true }
    /// Begins with a digit: a FLEX contract, whose style and settlement are its own.
    var isFlex: Bool { text.first?.isNumber == true }
    var index: IndexOptionRoot? { IndexOptionRoot.terms(of: text) }

    /// The underlying's ticker where the venue did not say: index by table, share class by table, else without digits.
    var underlying: String {
        if let index { return index.underlying }
        let letters = text.drop { $0.isNumber }.reversed().drop { $0.isNumber }.reversed()
        let ticker = String(letters)
        return Self.shareClasses[ticker] ?? ticker
    }

    /// Class shares lose their slash in the option's root (protocol notes, 3.2).
    private static let shareClasses = [
        "BRKA": "BRK/A", "BRKB": "BRK/B", "BFA": "BF/A", "BFB": "BF/B", "HEIA": "HEI/A", "LENB": "LEN/B",
        "MOGA": "MOG/A", "CWENA": "CWEN/A", "PBRA": "PBR/A", "RDSA": "RDS/A", "RDSB": "RDS/B", "VIACA": "VIAC/A",
    ]
}
