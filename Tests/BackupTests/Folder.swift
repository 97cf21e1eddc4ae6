import Glibc
import Testing

@testable import Backup

/// A folder for one test, deleted with its files.
final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/backup-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit {
    for name in names { unlink(self[name]) }
    rmdir(path)
  }

  subscript(name: String) -> String { "\(path)/\(name)" }

  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) {
    let file = open(self[name], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    defer { close(file) }
    #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
    fchmod(file, mode)
  }

  func content(_ name: String) throws -> [UInt8] {
    let file = try InputFile(self[name])
    return try file.read(Int(file.size))
  }
}

extension KeyCost {
  /// The least that Argon2id can be asked for.
  static let least = KeyCost(passes: 1, memory: 8192)
}
