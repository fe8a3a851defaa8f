import BrokerKit
import Testing

struct TextEncodingTests {
    @Test(arguments: [
        (Array("Müller ’s".utf8), TextEncoding.utf8, "Müller ’s"), (Array("plain".utf8), .utf8, "plain"),
        ([0x4D, 0xFC, 0x92, 0x80], .windows1252, "Mü’€"), ([0x81, 0x41], .windows1252, "\u{81}A"),
        ([0xC3, 0xBC, 0xFC], .windows1252, "Ã¼ü"),
    ])
    func detect_fallsBackForTheWholeFile(bytes: [UInt8], encoding: TextEncoding, text: String) {
        #expect(TextEncoding.detect(bytes) == encoding)
        #expect(encoding.decode(bytes) == text)
    }
}
