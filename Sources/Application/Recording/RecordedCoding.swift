import Foundation
import PortfolioModel

/// Steps as JSON: instants to the microsecond, figures that are not finite as words.
enum RecordedCoding {
    static func json(_ step: RecordedStep) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo[.exactInstants] = true
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return Array(try encoder.encode(step))
    }

    static func step(_ json: some Collection<UInt8>) throws -> RecordedStep {
        let decoder = JSONDecoder()
        decoder.userInfo[.exactInstants] = true
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(RecordedStep.self, from: Data(json))
    }
}
