import Crypto
package import Foundation
import NIOSSL
import SwiftASN1
import X509

/// A throwaway authority and a leaf for `localhost`, `127.0.0.1` and `::1`, made at start.
package struct SandboxCertificate: Sendable {
    /// The authority's PEM file, which a client must trust.
    package let authorityFile: String
    private let leafPEM: String
    private let keyPEM: String

    /// Makes both certificates, valid from an hour ago for thirty days, and writes the authority's PEM.
    package static func make(in directory: String, now: Date) throws -> SandboxCertificate {
        let authorityKey = P256.Signing.PrivateKey()
        let authorityName = try DistinguishedName { CommonName("Sandbox authority") }
        let validFrom = now.addingTimeInterval(-3_600)
        let validUntil = now.addingTimeInterval(30 * 86_400)
        let authority = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(authorityKey.publicKey),
            notValidBefore: validFrom, notValidAfter: validUntil, issuer: authorityName, subject: authorityName,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            },
            issuerPrivateKey: .init(authorityKey))
        let leafKey = P256.Signing.PrivateKey()
        let leaf = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey),
            notValidBefore: validFrom, notValidAfter: validUntil, issuer: authorityName,
            subject: try DistinguishedName { CommonName("localhost") }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames([
                    .dnsName("localhost"),
                    .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                    .ipAddress(ASN1OctetString(contentBytes: ArraySlice([UInt8](repeating: 0, count: 15) + [1]))),
                ])
            },
            issuerPrivateKey: .init(authorityKey))
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let file = URL(filePath: directory).appending(path: "sandbox-ca.pem")
        try Data(authority.serializeAsPEM().pemString.utf8).write(to: file)
        return SandboxCertificate(
            authorityFile: file.path(), leafPEM: try leaf.serializeAsPEM().pemString,
            keyPEM: leafKey.pemRepresentation)
    }

    func serverConfiguration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(leafPEM.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
        return .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }
}
