import Foundation
import PortfolioModel
import Pricing

/// Times the option functions on columns that a peer script wrote, and writes what they gave for comparison.
///
/// `PricingBenchmarks TASK INPUT OUTPUT RUNS`: INPUT and OUTPUT are raw columns of doubles, INPUT has seven of them
/// (sign, spot, strike, years, rate, yield, and volatility or price). Prints one JSON line: rows, seconds of wall and
/// of CPU for each run.
@main
enum Main {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let task = Workload(rawValue: arguments[1]), let runs = Int(arguments[4]) else {
            let names = Workload.allCases.map(\.rawValue).joined(separator: "|")
            FileHandle.standardError.write(Data("usage: PricingBenchmarks \(names) INPUT OUTPUT RUNS\n".utf8))
            exit(64)
        }
        let input = try ColumnFile(reading: arguments[2], columns: 7)
        var workload = WorkloadRun(input)
        var wall: [Double] = []
        var cpu: [Double] = []
        for _ in 0..<runs {
            let start = (Stopwatch.wall(), Stopwatch.cpu())
            workload.run(task)
            wall.append(Stopwatch.wall() - start.0)
            cpu.append(Stopwatch.cpu() - start.1)
        }
        try ColumnFile.write(workload.output, to: arguments[3])
        let line = "{\"task\":\"\(task.rawValue)\",\"rows\":\(input.rows),\"wall\":\(wall),\"cpu\":\(cpu)}\n"
        FileHandle.standardOutput.write(Data(line.utf8))
    }
}
