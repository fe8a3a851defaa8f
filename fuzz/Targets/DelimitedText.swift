import BrokerKit

/// Records under any chunking: the lines of all records add up, and an error comes again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let first = data?.pointee, size > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: data, count: size).dropFirst())
    var reader = DelimitedTextReader()
    var records = 0
    var place = 0
    let step = Int(first % 17) + 1
    do throws(DelimitedTextError) {
        while place < bytes.count {
            reader.feed(bytes[place..<min(place + step, bytes.count)])
            place += step
            while try reader.next() != nil { records += 1 }
        }
        reader.finish()
        while try reader.next() != nil { records += 1 }
    } catch {
        var again = reader
        do throws(DelimitedTextError) {
            _ = try again.next()
            // Safety: a trap is how a fuzz target reports.
            fatalError("an error was forgotten")
        } catch {}
    }
    precondition(records <= bytes.count + 1)
    return 0
}
