import Foundation

/// A folder that documents are written into, one file a name.
struct DocumentFolder {
    let path: String

    /// Makes the folder where it is missing. Throws `output-folder`.
    func make() throws(CommandError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError(
                "output-folder", "the folder for the documents cannot be made", file: path,
                fix: "name a folder that can be written", exit: .inputOutput)
        }
    }

    /// Throws `output-folder` and `output-file`.
    func write(_ documents: [DocumentName: String]) throws(CommandError) {
        try make()
        for (name, text) in documents {
            let file = (path as NSString).appendingPathComponent("\(name.rawValue).json")
            do { try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
                throw CommandError(
                    "output-file", "the document cannot be written", file: file,
                    fix: "see that the disk has room and the folder can be written", exit: .inputOutput)
            }
        }
    }
}
