import CSecretStream

/// Encrypts a stream in frames: the length of each (4 bytes), then what libsodium makes of up to 64 KiB. The first frame
/// also authenticates the header, the last one has the mark of the end.
final class Sealer {
  static let frame = 64 << 10
  static let overhead = 17

  private let file: OutputFile
  private var state: crypto_secretstream_xchacha20poly1305_state
  private var waiting: [UInt8] = []
  private var context: [UInt8]

  /// Writes the header.
  init(_ file: OutputFile, _ header: ArchiveHeader, _ passphrase: Passphrase, _ cost: KeyCost)
    throws(ArchiveError)
  {
    var preamble = Preamble(header, cost: cost, salt: StreamKey.salt())
    let key = try StreamKey(passphrase, salt: preamble.salt, cost: cost)
    var state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_push(&state, &preamble.stream, key.bytes)
    self.state = state
    self.file = file
    context = preamble.bytes
    waiting.reserveCapacity(Self.frame)
    try file.write(context)
  }

  deinit { sodium_memzero(&state, MemoryLayout<crypto_secretstream_xchacha20poly1305_state>.size) }

  func add(_ bytes: ArraySlice<UInt8>) throws(ArchiveError) {
    var rest = bytes
    while !rest.isEmpty {
      if waiting.count == Self.frame { try push(crypto_secretstream_xchacha20poly1305_tag_message()) }
      let part = rest.prefix(Self.frame - waiting.count)
      waiting.append(contentsOf: part)
      rest = rest.dropFirst(part.count)
    }
  }

  /// Writes the last frame.
  func finish() throws(ArchiveError) { try push(crypto_secretstream_xchacha20poly1305_tag_final()) }

  private func push(_ tag: UInt8) throws(ArchiveError) {
    var sealed = [UInt8](repeating: 0, count: waiting.count + Self.overhead)
    crypto_secretstream_xchacha20poly1305_push(
      &state, &sealed, nil, waiting, UInt64(waiting.count), context, UInt64(context.count), tag)
    waiting.removeAll(keepingCapacity: true)
    context = []
    try file.write(Preamble.bytes(of: UInt64(sealed.count), 4))
    try file.write(sealed)
  }
}
