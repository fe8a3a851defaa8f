/// Errors of one class of points: how many, the worst and where, and how many are over the bar.
struct ErrorTally: CustomStringConvertible {
    let name: String
    let bar: Double
    private(set) var count = 0
    private(set) var over = 0
    private var worst = 0.0
    private var line = 0

    init(_ name: String, bar: Double) {
        self.name = name
        self.bar = bar
    }

    /// An error that is no number is over every bar.
    mutating func add(_ error: Double, line: Int) {
        count += 1
        if !(error <= bar) { over += 1 }
        if !(error <= worst) { (worst, self.line) = (error, line) }
    }

    var description: String {
        "\(name): \(count) points, worst \(worst) (line \(line)), bar \(bar), over it \(over)"
    }
}
