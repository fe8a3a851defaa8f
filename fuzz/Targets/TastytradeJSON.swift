import BrokerKit
import PortfolioModel

@testable import Tastytrade

/// An answer of the REST API through its envelope and every decoder.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    _ = APIEnvelope.refusal(bytes)
    _ = OAuth.answer(HTTPResponse(status: 200, body: bytes))
    _ = OAuth.answer(HTTPResponse(status: 400, body: bytes))
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
