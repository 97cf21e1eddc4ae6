import Glibc

/// The text of a small file; nil when it cannot be read.
func readText(_ path: String) -> String? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  let count = read(file, &buffer, buffer.count)
  return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
}
