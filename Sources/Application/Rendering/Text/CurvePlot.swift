/// Curves drawn with characters, for a terminal: profit upwards, price to the right.
struct CurvePlot: Sendable {
    struct Line: Sendable {
        var name: String
        var mark: Character
        var values: [Double]
    }

    var width = 64
    var height = 15

    /// Ascending, as many as each line has values.
    var positions: [Double]
    var lines: [Line]
    /// Drawn as a column of dots.
    var here: Double?

    /// Without positions or lines there is nothing to draw.
    func text() -> [String] {
        let values = lines.flatMap(\.values)
        guard let low = values.min(), let high = values.max(), let left = positions.first, let right = positions.last,
            right > left, low.isFinite, high.isFinite
        else { return [] }
        let (bottom, top) = (min(low, 0), max(high, 0))
        let span = top > bottom ? top - bottom : 1
        func row(_ value: Double) -> Int { Int(((top - value) / span * Double(height - 1)).rounded()) }
        func column(_ place: Double) -> Int {
            Int(((place - left) / (right - left) * Double(width - 1)).rounded())
        }
        var canvas = Array(repeating: Array(repeating: Character(" "), count: width), count: height)
        for x in 0..<width { canvas[row(0)][x] = "─" }
        if let here, here >= left, here <= right { for y in 0..<height { canvas[y][column(here)] = "┊" } }
        for line in lines {
            for x in 0..<width { canvas[row(value(line.values, x))][x] = line.mark }
        }
        return labelled(canvas, top: top, bottom: bottom, zero: row(0)) + [axis(left, right), legend]
    }

    private func value(_ values: [Double], _ x: Int) -> Double {
        let place = Double(x) / Double(width - 1) * Double(values.count - 1)
        let index = min(Int(place), values.count - 2)
        guard index >= 0 else { return values[0] }
        return values[index] + (place - Double(index)) * (values[index + 1] - values[index])
    }

    private func labelled(_ canvas: [[Character]], top: Double, bottom: Double, zero: Int) -> [String] {
        canvas.enumerated().map { y, row in
            let value = y == 0 ? top : y == height - 1 ? bottom : 0
            let isNamed = y == 0 || y == height - 1 || y == zero
            return Self.padded(isNamed ? NumberText.double(value, places: 0) ?? "" : "", 12) + " " + String(row)
        }
    }

    private func axis(_ left: Double, _ right: Double) -> String {
        let ends = [left, right].map { NumberText.double($0, places: 2) ?? "" }
        let gap = max(1, width - ends[0].count - ends[1].count)
        return Self.padded("", 12) + " " + ends[0] + String(repeating: " ", count: gap) + ends[1]
    }

    private var legend: String {
        Self.padded("", 12) + " " + lines.map { "\($0.mark) \($0.name)" }.joined(separator: "   ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
