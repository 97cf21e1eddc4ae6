@testable import Appliance

/// ZIP archives, also ones that no program would make.
enum ZipSample {
  struct Entry {
    var name: String
    var content: [UInt8] = []
    /// The content as DEFLATE packs it, instead of as it is.
    var packed: [UInt8]?
    var flags = 0
    var mode = 0o100644
    /// What the heads say instead of the true size.
    var size: Int?
    /// What the directory says instead of the true name.
    var listedName: String?

    init(_ name: String, _ content: [UInt8] = []) {
      self.name = name
      self.content = content
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    func with(_ change: (inout Entry) -> Void) -> Entry {
      var entry = self
      change(&entry)
      return entry
    }
  }

  static func bytes(_ entries: [Entry]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let data = entry.packed ?? entry.content
      var sum = CRC32()
      entry.content.withUnsafeBytes { sum.add($0) }
      func facts(_ name: String) -> [UInt8] {
        little(20, 2) + little(entry.flags, 2) + little(entry.packed == nil ? 0 : 8, 2) + little(0x21_0000, 4)
          + little(Int(sum.value), 4) + little(data.count, 4) + little(entry.size ?? entry.content.count, 4)
          + little(name.utf8.count, 2) + [0, 0]
      }
      let listed = entry.listedName ?? entry.name
      directory += [0x50, 0x4B, 1, 2, 0x14, 3] + facts(listed) + little(0, 6) + little(entry.mode << 16, 4)
      directory += little(bytes.count, 4) + Array(listed.utf8)
      bytes += [0x50, 0x4B, 3, 4] + facts(entry.name) + Array(entry.name.utf8) + data
    }
    let count = little(entries.count, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(directory.count, 4)
      + little(bytes.count, 4) + [0, 0]
  }

  /// DEFLATE, as `gzip` makes it.
  static func packed(_ content: [UInt8]) async throws -> [UInt8] {
    let output = try await ChildProcess.run(
      "/usr/bin/gzip", ["-9", "-n", "-c"], input: content, timeLimit: .seconds(60), outputLimit: 1 << 24)
    return Array(output.stdout.dropFirst(10).dropLast(8))
  }

  private static func little(_ number: Int, _ length: Int) -> [UInt8] { FileSamples.little(number, length) }
}
