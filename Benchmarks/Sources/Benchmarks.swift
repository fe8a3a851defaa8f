import Foundation

/// `TributaryBenchmarks CONTESTANT ARGUMENT...`: our side of the workloads, told what to do line by line on stdin
/// (Peers/contestant.py says how).
@main
enum Benchmarks {
    static func main() async throws {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("TributaryBenchmarks: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        let files = Array(arguments.dropFirst())
        func file(_ place: Int) throws -> String {
            guard place < files.count else { throw BenchmarkError("a file is missing after \(arguments)") }
            return files[place]
        }
        switch arguments.first {
        case "decode": try await serve(try DecodeContestant(Frames(file(0))))
        case "foundation-double": try await serve(FoundationContestant<Double>(try Frames(file(0))))
        case "foundation-decimal": try await serve(FoundationContestant<Decimal>(try Frames(file(0))))
        case "desk": try await serve(try DeskContestant(Frames(file(0)), BenchmarkBook(file(1))))
        case "latency": try await serve(try LatencyContestant(Frames(file(0)), BenchmarkBook(file(1))))
        case "memory": try await serve(try MemoryContestant(Frames(file(0)), BenchmarkBook(file(1))))
        case "hand-over": try await serve(HandOverContestant())
        case "positions": try await serve(try StoreContestant(folder: file(0), .positions))
        case "markets": try await serve(try StoreContestant(folder: file(0), .markets))
        case "revalue": try await serve(try RevalueContestant(file(0)))
        case "scenarios":
            try await serve(try ScenariosContestant(returns: file(0), exposures: file(1), found: file(2)))
        case "quotes": try await serve(try QuotesContestant(.optionsWithGreeks))
        case "model-quotes": try await serve(try QuotesContestant(.optionsAlone))
        case "underlying-quotes": try await serve(try QuotesContestant(.underlyings))
        case "grid-european": try await serve(try GridContestant(.allEuropean))
        case "grid": try await serve(try GridContestant(.asListed))
        case "value-at-risk": try await serve(try ValueAtRiskContestant())
        case "tail-and-beta": try await serve(try TailContestant(file(0), found: file(1)))
        case let name? where name.hasPrefix("options-"):
            guard let kind = OptionsContestant.Kind(rawValue: String(name.dropFirst("options-".count))) else {
                throw BenchmarkError("no such options: \(name)")
            }
            try await serve(try OptionsContestant(kind, file(0), found: file(1)))
        default: throw BenchmarkError("no such contestant: \(arguments)")
        }
    }

    private static func serve(_ contestant: some Contestant) async throws {
        var contestant = contestant
        FileHandle.standardOutput.write(Data("{\"ready\":true}\n".utf8))
        while let line = readLine() {
            let words = line.split(separator: " ")
            if words.first == "check" {
                try reply(await contestant.check())
            } else if words.first == "round", let count = words.last.flatMap({ Int($0) }) {
                try reply(await contestant.round(count))
            } else {
                throw BenchmarkError("not understood: \(line)")
            }
        }
    }

    private static func reply(_ value: some Encodable) throws {
        FileHandle.standardOutput.write(try JSONEncoder().encode(value) + Data("\n".utf8))
    }
}
