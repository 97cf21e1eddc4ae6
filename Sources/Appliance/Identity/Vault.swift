import CSodium
import Glibc

/// Encrypts secrets stored in the database, with a key in a separate file.
final class Vault: Sendable {
  private static let keySize = 32
  private static let overhead = 24 + 16

  // In libsodium's guarded memory, written in init only.
  private nonisolated(unsafe) let key: UnsafeMutableRawPointer

  /// Reads the key file, or creates it with mode 0600.
  init(keyFile path: String) throws(VaultError) { key = try Self.load(path) }

  deinit { sodium_free(key) }

  /// Encrypts `bytes` for a purpose, with authentication; adds 40 bytes.
  func seal(_ bytes: [UInt8], purpose: String) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: bytes.count + Self.overhead)
    let context = Array(purpose.utf8)
    sealed.withUnsafeMutableBufferPointer { out in
      guard let nonce = out.baseAddress else { return }
      randombytes_buf(nonce, 24)
      crypto_aead_xchacha20poly1305_ietf_encrypt(
        nonce + 24, nil, bytes, UInt64(bytes.count), context, UInt64(context.count), nil, nonce, keyBytes)
    }
    return sealed
  }

  /// Decrypts what `seal` produced. Throws `.notAuthentic` when it was modified, or encrypted for another
  /// purpose or with another key.
  func open(_ sealed: [UInt8], purpose: String) throws(VaultError) -> [UInt8] {
    guard sealed.count >= Self.overhead else { throw .notAuthentic }
    var bytes = [UInt8](repeating: 0, count: sealed.count - Self.overhead)
    let context = Array(purpose.utf8)
    let status = sealed.withUnsafeBufferPointer { sealed in
      guard let nonce = sealed.baseAddress else { return Int32(-1) }
      return bytes.withUnsafeMutableBufferPointer { out in
        crypto_aead_xchacha20poly1305_ietf_decrypt(
          out.baseAddress, nil, nil, nonce + 24, UInt64(sealed.count - 24), context, UInt64(context.count),
          nonce, keyBytes)
      }
    }
    guard status == 0 else { throw .notAuthentic }
    return bytes
  }

  /// A keyed hash of 32 bytes, useless without the key.
  func fingerprint(_ bytes: [UInt8], purpose: String) -> [UInt8] {
    let input = Array(purpose.utf8) + [0] + bytes
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_generichash(&hash, hash.count, input, UInt64(input.count), keyBytes, Self.keySize)
    return hash
  }

  private var keyBytes: UnsafePointer<UInt8> {
    UnsafePointer(key.assumingMemoryBound(to: UInt8.self))
  }

  private static func load(_ path: String) throws(VaultError) -> UnsafeMutableRawPointer {
    guard sodium_init() >= 0, let memory = sodium_malloc(keySize) else { throw .noMemory }
    do throws(VaultError) {
      if try !read(path, into: memory) {
        try create(path)
        guard try read(path, into: memory) else { throw .unreadable(path, code: ENOENT) }
      }
    } catch {
      sodium_free(memory)
      throw error
    }
    sodium_mprotect_readonly(memory)
    return memory
  }

  /// Reads the key; false when the file does not exist.
  private static func read(_ path: String, into memory: UnsafeMutableRawPointer) throws(VaultError) -> Bool {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if file < 0, errno == ENOENT { return false }
    guard file >= 0 else { throw .unreadable(path, code: errno) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0 else { throw .unreadable(path, code: errno) }
    guard about.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
    guard about.st_mode & 0o077 == 0 else { throw .open(path, mode: Int(about.st_mode & 0o777)) }
    guard about.st_uid == geteuid() else { throw .foreign(path, owner: Int(about.st_uid)) }
    guard about.st_size == keySize else { throw .wrongSize(path, bytes: Int(about.st_size)) }
    guard Glibc.read(file, memory, keySize) == keySize else { throw .unreadable(path, code: errno) }
    return true
  }

  /// Writes a new key to a temporary file and links it to its name, so that a key file is always complete and
  /// only one of two processes creates it.
  private static func create(_ path: String) throws(VaultError) {
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let file = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .unwritable(path, code: errno) }
    defer { unlink(draft) }
    var bytes = [UInt8](repeating: 0, count: keySize)
    defer { sodium_memzero(&bytes, keySize) }
    randombytes_buf(&bytes, keySize)
    let written = write(file, bytes, keySize) == keySize && fsync(file) == 0
    let code = errno
    close(file)
    guard written else { throw .unwritable(path, code: code) }
    guard link(draft, path) == 0 || errno == EEXIST else { throw .unwritable(path, code: errno) }
    syncFolder(of: path)
  }

  /// Syncs the folder, so that the new name survives a power cut.
  private static func syncFolder(of path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let file = Glibc.open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }
}

/// Why the key file or an encrypted secret cannot be used.
enum VaultError: Error, Equatable, CustomStringConvertible {
  case noMemory
  case unreadable(String, code: Int32)
  case unwritable(String, code: Int32)
  case notAFile(String)
  case open(String, mode: Int)
  case foreign(String, owner: Int)
  case wrongSize(String, bytes: Int)
  case notAuthentic

  var description: String {
    switch self {
    case .noMemory: "not enough memory for the key"
    case .unreadable(let path, let code): "the key file \(path) cannot be read: \(Self.words(code))"
    case .unwritable(let path, let code): "the key file \(path) cannot be created: \(Self.words(code))"
    case .notAFile(let path): "the key file \(path) is not a regular file"
    case .open(let path, let mode):
      "the key file \(path) is accessible to other users (mode \(String(mode, radix: 8))). Run: chmod 600 \(path)"
    case .foreign(let path, let owner): "the key file \(path) belongs to another user (\(owner))"
    case .wrongSize(let path, let bytes): "the key file \(path) is \(bytes) bytes long instead of 32"
    case .notAuthentic: "cannot decrypt: wrong key or corrupted data"
    }
  }

  private static func words(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
