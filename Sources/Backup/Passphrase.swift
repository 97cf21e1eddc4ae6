import CSecretStream
import Glibc

/// The secret that a backup is encrypted with. It is never part of a message or a log.
public struct Passphrase: Sendable, CustomStringConvertible {
  /// In bytes of UTF-8.
  public static let shortest = 12
  static let longest = 1024

  let bytes: [UInt8]

  public var description: String { "a passphrase" }

  /// Throws unless the text has at least 12 bytes and is one line; a line break at its end does not count.
  public init(_ text: String) throws(PassphraseError) {
    var bytes = Array(text.utf8)
    while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
    guard !bytes.contains(where: { $0 < 0x20 }) else { throw .notOneLine }
    guard (Self.shortest...Self.longest).contains(bytes.count) else { throw .wrongLength }
    self.bytes = bytes
  }

  /// Reads a file that nobody but its owner may read, who is this process's user or root.
  public init(file path: String) throws(PassphraseError) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .unreadable(path, code: errno) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0 else { throw .unreadable(path, code: errno) }
    guard about.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
    guard about.st_mode & 0o077 == 0 else { throw .open(path, mode: Int(about.st_mode & 0o777)) }
    guard about.st_uid == geteuid() || about.st_uid == 0 else { throw .foreign(path) }
    var content = [UInt8](repeating: 0, count: Self.longest + 3)
    let count = read(file, &content, content.count)
    guard count >= 0 else { throw .unreadable(path, code: errno) }
    try self.init(String(decoding: content.prefix(count), as: UTF8.self))
  }
}

/// Why a passphrase is not accepted; the description says what to do.
public enum PassphraseError: Error, Equatable, CustomStringConvertible {
  case wrongLength
  case notOneLine
  case unreadable(String, code: Int32)
  case notAFile(String)
  case open(String, mode: Int)
  case foreign(String)

  public var description: String {
    switch self {
    case .wrongLength:
      "the passphrase of backups must have at least \(Passphrase.shortest) characters, and 1000 at most"
    case .notOneLine: "the passphrase of backups must be a single line of text"
    case .unreadable(let path, let code):
      "the passphrase file \(path) cannot be read: \(strerror(code).map { String(cString: $0) } ?? "error \(code)")"
    case .notAFile(let path): "the passphrase file \(path) is not a regular file"
    case .open(let path, let mode):
      "the passphrase file \(path) is accessible to other users (mode \(String(mode, radix: 8))). Run: chmod 600 \(path)"
    case .foreign(let path): "the passphrase file \(path) belongs to another user"
    }
  }
}
