/// A secret that does not print, dump or mirror itself. `reveal()` is the only way out and marks each use.
package struct SecretString: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let value: String

    package init(_ value: String) { self.value = value }

    package func reveal() -> String { value }
    package var isEmpty: Bool { value.isEmpty }
    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
