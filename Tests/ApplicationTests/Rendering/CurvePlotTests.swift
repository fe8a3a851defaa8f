import Testing

@testable import Application

struct CurvePlotTests {
    @Test func line_risesFromTheLowerLeft() {
        let plot = CurvePlot(
            width: 11, height: 5, positions: [0, 10], lines: [.init(name: "now", mark: "#", values: [-2, 2])], here: 5)
        let text = plot.text()
        #expect(text.count == 7)
        #expect(text[4].contains("-2 #"))
        #expect(text[0].hasSuffix("#"))
        #expect(text[2].dropFirst(13).contains("#"))
        #expect(text[6].contains("# now"))
    }

    @Test func nothing_isDrawn_withoutPositions() {
        #expect(CurvePlot(positions: [], lines: []).text().isEmpty)
        #expect(CurvePlot(positions: [1, 1], lines: [.init(name: "", mark: "#", values: [0, 0])]).text().isEmpty)
    }
}
