import Foundation

/// The project's own files, found from where this file is.
struct ProjectTree {
    let root: URL

    init() {
        // This file stands in Tests/TidyTests; a link to the folder counts as the folder.
        root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Every file that is kept, relative to the root, in order.
    func files() -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let url = root.appendingPathComponent(folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
            for name in names where !isOutside(name) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                if isFolder(path) { folders.append(path) } else { found.append(path) }
            }
        }
        return found.sorted()
    }

    func swiftSources() throws -> [SwiftSource] {
        try files().filter { $0.hasSuffix(".swift") }.map { SwiftSource(path: $0, text: try text($0)) }
    }

    func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    func isFolder(_ path: String) -> Bool {
        var folder: ObjCBool = false
        let isThere = FileManager.default.fileExists(
            atPath: root.appendingPathComponent(path).path, isDirectory: &folder)
        return isThere && folder.boolValue
    }

    /// The names of the folders below brokers/.
    func brokers() -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("brokers").path)
        return (names ?? []).filter { isFolder("brokers/\($0)") }.sorted()
    }

    /// Build trees, version control and what an editor leaves are not the project's.
    private func isOutside(_ name: String) -> Bool {
        name == ".git" || name.hasPrefix(".build") || name == ".swiftpm" || name == "__pycache__"
            || name == "Package.resolved" || name == ".DS_Store" || name == ".vscode" || name == ".idea"
    }
}
