/// A rule that one Swift file can be held against without knowing any other.
protocol Rule {
    func findings(in source: SwiftSource) -> [Finding]
}
