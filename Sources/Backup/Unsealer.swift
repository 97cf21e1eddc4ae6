import CSecretStream

/// Decrypts what `Sealer` wrote; nothing is given out that is not authentic.
final class Unsealer {
  let header: ArchiveHeader
  private let file: InputFile
  private var state: crypto_secretstream_xchacha20poly1305_state
  private var context: [UInt8]
  private var hasEnded = false

  init(_ file: InputFile, _ passphrase: Passphrase) throws(ArchiveError) {
    let preamble = try Preamble(from: file)
    let key = try StreamKey(passphrase, salt: preamble.salt, cost: preamble.cost)
    var state = crypto_secretstream_xchacha20poly1305_state()
    guard crypto_secretstream_xchacha20poly1305_init_pull(&state, preamble.stream, key.bytes) == 0 else {
      throw .altered(file.path)
    }
    self.state = state
    self.file = file
    header = preamble.header
    context = preamble.bytes
  }

  deinit { sodium_memzero(&state, MemoryLayout<crypto_secretstream_xchacha20poly1305_state>.size) }

  var path: String { file.path }

  /// The content of the next frame; nil after the last one.
  func next() throws(ArchiveError) -> [UInt8]? {
    if hasEnded { return nil }
    let isFirst = !context.isEmpty
    let (bytes, tag) = try pull(frame(), isFirst)
    context = []
    guard tag == crypto_secretstream_xchacha20poly1305_tag_final() else { return bytes }
    hasEnded = true
    guard try file.read(1).isEmpty else { throw .altered(file.path) }
    return bytes
  }

  private func frame() throws(ArchiveError) -> [UInt8] {
    var length = try file.read(4)[...]
    guard length.count == 4 else { throw .truncated(file.path) }
    let count = Preamble.number(4, &length)
    guard (UInt64(Sealer.overhead)...UInt64(Sealer.frame + Sealer.overhead)).contains(count) else {
      throw .altered(file.path)
    }
    let sealed = try file.read(Int(count))
    guard sealed.count == Int(count) else { throw .truncated(file.path) }
    return sealed
  }

  private func pull(_ sealed: [UInt8], _ isFirst: Bool) throws(ArchiveError) -> ([UInt8], UInt8) {
    // One byte more, so that the buffer has an address when the frame is empty.
    var bytes = [UInt8](repeating: 0, count: sealed.count - Sealer.overhead + 1)
    var tag: UInt8 = 0
    let status = crypto_secretstream_xchacha20poly1305_pull(
      &state, &bytes, nil, &tag, sealed, UInt64(sealed.count), context, UInt64(context.count))
    guard status == 0 else { throw isFirst ? .wrongPassphrase(file.path) : .altered(file.path) }
    bytes.removeLast()
    return (bytes, tag)
  }
}
