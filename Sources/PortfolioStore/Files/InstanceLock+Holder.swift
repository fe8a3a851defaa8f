import Foundation

extension InstanceLock {
    /// The process that holds the store's lock, as the kernel's table of locks (`/proc/locks`) has it; nil when none
    /// does, or it cannot be told. Takes no lock itself, so that it is in nobody's way.
    package static func holder(ofDatabase database: String) -> Int32? {
        var status = stat()
        guard stat(database + ".lock", &status) == 0,
            let table = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
        else { return nil }
        let inode = String(status.st_ino)
        // `1: FLOCK  ADVISORY  WRITE 4711 00:2f:123456 0 EOF`
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", words[5].split(separator: ":").last.map(String.init) == inode
            else { continue }
            return Int32(words[4])
        }
        return nil
    }
}
