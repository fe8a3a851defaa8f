import PortfolioModel

/// A number cell as Fidelity writes it: `$1,234.50`, `-$35.10`, `($35.10)`, `+0.75%`, `--`, `n/a`.
enum CellNumber: Equatable {
    /// Blank or a word for "not known". Never zero.
    case missing
    /// `isScientific` when the cell has an exponent, which a spreadsheet writes and Fidelity does not.
    case value(FixedDecimal, isScientific: Bool)
    case malformed(String)

    /// Upper bound of a number's length; longer cells are not numbers.
    private static let longest = 48
    private static let missingWords: Set<String> = [
        "", "--", "-", "n/a", "na", "not applicable", "not available", "unavailable", "unknown", "processing",
    ]

    init(_ cell: String) {
        let text = cell.trimmed
        if Self.missingWords.contains(text.lowercased()) {
            self = .missing
            return
        }
        guard text.utf8.count <= Self.longest, let plain = Self.plain(text) else {
            self = .malformed("is not a number")
            return
        }
        do {
            let isScientific = plain.contains { $0 == "e" || $0 == "E" }
            self = .value(try FixedDecimal(plain), isScientific: isScientific)
        } catch .tooPrecise {
            self = .malformed("has more than eight decimal places")
        } catch .overflow {
            self = .malformed("is out of range")
        } catch {
            self = .malformed("is not a number")
        }
    }

    var value: FixedDecimal? {
        if case .value(let value, _) = self { return value }
        return nil
    }

    /// Sign, digits, point and exponent only; nil when the marks around them are not of a known form.
    private static func plain(_ text: String) -> String? {
        var rest = text[...]
        var negative = false
        if rest.first == "(" {
            guard rest.last == ")" else { return nil }
            rest = rest.dropFirst().dropLast()
            negative = true
        }
        // One sign and one dollar mark, in either order.
        var signed = negative
        var marked = false
        while let first = rest.first {
            if (first == "-" || first == "\u{2212}" || first == "+") && !signed {
                negative = first != "+"
                signed = true
            } else if first == "$" && !marked {
                marked = true
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        if rest.last == "%" { rest = rest.dropLast() }
        guard rest.first.map({ $0.isASCII && ($0.isNumber || $0 == ".") }) == true, let digits = ungrouped(rest) else {
            return nil
        }
        return (negative ? "-" : "") + digits
    }

    /// Without thousands commas, which must stand where thousands end: dropping any other comma would change the
    /// amount.
    private static func ungrouped(_ text: Substring) -> String? {
        guard text.contains(",") else { return String(text) }
        let whole = text.prefix { $0 != "." }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.utf8.count),
            groups.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }), !text[whole.endIndex...].contains(",")
        else { return nil }
        return groups.joined() + text[whole.endIndex...]
    }
}
