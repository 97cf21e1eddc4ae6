import Glibc
import Testing

/// A folder for one test, deleted with its content.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/obox-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit { Self.remove(path) }

  subscript(name: String) -> String { "\(path)/\(name)" }

  func write(_ name: String, _ bytes: some Sequence<UInt8>, mode: mode_t = 0o600) {
    let file = open(self[name], O_WRONLY | O_CREAT | O_TRUNC, mode)
    defer { close(file) }
    let bytes = Array(bytes)
    #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
    fchmod(file, mode)
  }

  private static func remove(_ path: String) {
    guard let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let child = "\(path)/\(name)"
      if unlink(child) != 0 { remove(child) }
    }
    rmdir(path)
  }
}
