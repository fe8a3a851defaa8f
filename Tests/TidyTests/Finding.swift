/// A place that breaks a rule of the house, and what to write instead.
struct Finding: Equatable, CustomStringConvertible {
    var file: String
    var line: Int
    var message: String

    var description: String { "\(file):\(line): \(message)" }
}
