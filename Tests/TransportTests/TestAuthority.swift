import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// A certificate authority for one test run, and the server certificates that it signs.
struct TestAuthority {
    let caFile: String
    private let key: P256.Signing.PrivateKey
    private let name: DistinguishedName

    init(_ commonName: String) throws {
        key = P256.Signing.PrivateKey()
        name = try DistinguishedName { CommonName(commonName) }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
            notValidBefore: .now - 3600, notValidAfter: .now + 3600, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            }, issuerPrivateKey: .init(key))
        caFile = NSTemporaryDirectory() + "transport-ca-\(UUID().uuidString).pem"
        try certificate.serializeAsPEM().pemString.write(toFile: caFile, atomically: true, encoding: .utf8)
    }

    func serverContext(host: String, isExpired: Bool = false) throws -> NIOSSLContext {
        let leafKey = P256.Signing.PrivateKey()
        let leaf = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey),
            notValidBefore: .now - 7200, notValidAfter: isExpired ? .now - 3600 : .now + 3600, issuer: name,
            subject: try DistinguishedName { CommonName(host) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                SubjectAlternativeNames([.dnsName(host)])
                try ExtendedKeyUsage([.serverAuth])
            }, issuerPrivateKey: .init(key))
        let pem = Array(try leaf.serializeAsPEM().pemString.utf8)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(NIOSSLCertificate(bytes: pem, format: .pem))],
                privateKey: .privateKey(
                    NIOSSLPrivateKey(bytes: Array(leafKey.pemRepresentation.utf8), format: .pem))))
    }
}

/// The two authorities that all tests of this target share.
enum Authorities {
    static let known = Result { try TestAuthority("Known") }
    static let unknown = Result { try TestAuthority("Unknown") }
}
