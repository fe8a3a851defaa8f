import BrokerKit
import PortfolioModel

@testable import Tastytrade

/// An answer of the REST API: by its length, as an answer to a login or as the items that every decoder tries.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    if size.isMultiple(of: 4) {
        _ = APIEnvelope.refusal(bytes)
        _ = OAuth.answer(HTTPResponse(status: size.isMultiple(of: 8) ? 200 : 400, body: bytes))
        return 0
    }
    guard let envelope = try? APIEnvelope(bytes, place: "fuzz") else { return 0 }
    for item in envelope.items {
        _ = try? WireAccount(item)
        _ = try? WireBalance(item)
        _ = try? WirePosition(item)
        _ = try? WireOrder(item)
        _ = try? WireTransaction(item)
        _ = try? WireInstrument(item)
        _ = try? WireDeliverable(item, root: "A")
    }
    return 0
}
