import Foundation
import NIOCore

/// Who is at the other end of a unix-domain socket (SO_PEERCRED, unix(7)).
enum PeerCredentials {
    static func userID(of channel: any Channel) async throws -> uid_t {
        guard let provider = channel as? any SocketOptionProvider else {
            throw CommandError("peer-unknown", "the peer's user cannot be read")
        }
        let option = NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        let credentials: Credentials = try await provider.unsafeGetSocketOption(level: .socket, name: option).get()
        return credentials.uid
    }

    /// `struct ucred` of <sys/socket.h>, which Glibc's module hides behind _GNU_SOURCE.
    private struct Credentials {
        var pid: Int32 = 0
        var uid: UInt32 = 0
        var gid: UInt32 = 0
    }
}
