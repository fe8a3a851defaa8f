import ArgumentParser
import Foundation
import PortfolioModel

/// `tributary price`
struct PriceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price",
        abstract: "Option calculator: price and Greeks from a volatility, or the volatility of a price.",
        discussion: """
            One option from flags, or many with --csv FILE. Rates, yield and volatility are fractions per year (0.05), \
            rates and yield continuous; years are of 365 days; bachelier's volatility is in price units. Theta and \
            charm are per calendar day; vega, vanna and volga per volatility point of 0.01, rho per rate point. Where \
            a price has no volatility, failure says why: belowIntrinsic, aboveUpperBound, expired or notDetermined.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "bsm (spot and yield), black76 (spot is the forward) or bachelier (normal).")
    var model = "bsm"

    @Option(help: "european or american.")
    var exercise = "european"

    @Option(help: "call or put.")
    var right: String?

    @Option(parsing: .unconditional, help: "Price of the underlying; the forward for black76.")
    var spot: String?

    @Option(parsing: .unconditional, help: "Strike.")
    var strike: String?

    @Option(parsing: .unconditional, help: "Years to expiry, of 365 days.")
    var years: String?

    @Option(parsing: .unconditional, help: "Interest rate.")
    var rate = "0"

    @Option(parsing: .unconditional, help: "Dividend yield.")
    var yield = "0"

    @Option(parsing: .unconditional, help: "Volatility; leave out to have it found from --price.")
    var volatility: String?

    @Option(parsing: .unconditional, help: "Price of the option; leave out to have it found from --volatility.")
    var price: String?

    @Option(help: "Cash dividends as years:amount;years:amount.")
    var dividends: String?

    @Option(
        help: """
            File with the columns \(PriceColumn.allCases.map(\.rawValue).joined(separator: ",")), or - for standard \
            input; its rows come back in their order with \
            impliedVolatility,price,delta,gamma,theta,vega,rho,vanna,volga,charm,failure.
            """,
        completion: .file(extensions: ["csv"]))
    var csv: String?

    /// Larger files are no list of options.
    static let maximumBytes = 256 << 20

    func validate() throws {
        if csv == nil, right == nil || spot == nil || strike == nil || years == nil {
            throw ValidationError("give --right, --spot, --strike and --years, or --csv FILE")
        }
        if csv != nil, fields.contains(where: { $0.key != .model && $0.key != .exercise && !$0.value.isEmpty }) {
            throw ValidationError("--csv takes its options from the file: leave the other figures out")
        }
    }

    func run() async throws {
        if let csv {
            let table = try PriceTable(try Self.read(csv), file: csv)
            let answers = table.requests.map(PriceAnswer.init)
            if options.json { return try show(PriceDocument(table.requests, answers)) }
            return Console.output(table.text(answers))
        }
        let request = try PriceRequest(fields, exit: .usage)
        let answer = PriceAnswer(request)
        let document = PriceDocument([request], [answer])
        if options.json {
            try show(document)
        } else {
            let renderer = DocumentRenderer(terminal: options.terminal, plain: options.plain)
            renderer.shown(document, now: SystemClock().now()).print(quiet: options.quiet)
        }
        if answer.failure != nil { throw ExitStatus.findings.exitCode }
    }

    private func show(_ document: PriceDocument) throws {
        Console.output(try DocumentEncoder(pretty: Console.isOutputTerminal).text(document) + "\n")
    }

    /// The flags under the names of the file's columns.
    private var fields: [PriceColumn: String] {
        let given: [(PriceColumn, String?)] = [
            (.model, model), (.exercise, exercise), (.right, right), (.spot, spot), (.strike, strike), (.years, years),
            (.rate, csv != nil && rate == "0" ? nil : rate), (.yield, csv != nil && yield == "0" ? nil : yield),
            (.volatility, volatility), (.price, price), (.dividends, dividends),
        ]
        return Dictionary(uniqueKeysWithValues: given.map { ($0, $1 ?? "") })
    }

    private static func read(_ path: String) throws(CommandError) -> String {
        let isInput = ["-", "/dev/stdin"].contains(path)
        let bytes =
            isInput
            ? try standardInput(path) : try ImportCommand.read(path, limit: maximumBytes, fix: "split the file")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(
                "bad-encoding", "the file is not UTF-8", file: path, fix: "save it as UTF-8", exit: .dataError)
        }
        return text
    }

    private static func standardInput(_ path: String) throws(CommandError) -> [UInt8] {
        let data: Data
        do { data = try FileHandle.standardInput.read(upToCount: maximumBytes + 1) ?? Data() } catch {
            throw CommandError(
                "unreadable-file", "standard input cannot be read", file: path, fix: "save it and name the file",
                exit: .dataError)
        }
        guard data.count <= maximumBytes else {
            throw CommandError(
                "file-too-large", "larger than \(maximumBytes >> 20) MiB", file: path, fix: "split the file",
                exit: .dataError)
        }
        return [UInt8](data)
    }
}
