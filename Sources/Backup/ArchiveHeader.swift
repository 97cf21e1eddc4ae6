/// The beginning of a backup, which can be read without the passphrase.
public struct ArchiveHeader: Sendable, Equatable {
  /// Milliseconds since 1970.
  public let createdAt: Int64
  /// The version of the program that wrote it, at most 32 bytes.
  public let version: String

  public init(createdAt: Int64, version: String) {
    self.createdAt = createdAt
    self.version = version
  }

  /// Reads the header of a file. Throws when it is no backup, or one of a newer format.
  public static func read(_ path: String) throws(ArchiveError) -> ArchiveHeader {
    let file = try InputFile(path)
    return try Preamble(from: file).header
  }
}

/// The header with what is needed to open the rest. All of it is authenticated with the first frame.
///
/// `OBOXBAK` and a line feed, format (2 bytes, little-endian as all numbers), kind of key (1: passphrase), a zero, time (8),
/// passes (4), memory (8), salt (16), version (32, padded with zeros), header of the stream (24).
struct Preamble {
  static let format = 1
  static let size = 104
  static let saltSize = 16
  static let streamSize = 24
  private static let magic = Array("OBOXBAK\n".utf8)
  private static let versionSize = 32

  let header: ArchiveHeader
  let cost: KeyCost
  let salt: [UInt8]
  /// The header of libsodium's stream.
  var stream: [UInt8]
  /// As it stands in a file that was read, with what means nothing; nil while it is made.
  private let read: [UInt8]?

  init(_ header: ArchiveHeader, cost: KeyCost, salt: [UInt8]) {
    self.header = header
    self.cost = cost
    self.salt = salt
    read = nil
    stream = [UInt8](repeating: 0, count: Self.streamSize)
  }

  init(from file: InputFile) throws(ArchiveError) {
    let start = try file.read(Self.size)
    guard start.starts(with: Self.magic) else { throw .notABackup(file.path) }
    guard start.count == Self.size else { throw .truncated(file.path) }
    var rest = start[Self.magic.count...]
    let format = Self.number(2, &rest)
    guard format == Self.format else { throw .newerFormat(file.path, Int(clamping: format)) }
    guard Self.number(1, &rest) == 1, Self.number(1, &rest) == 0 else { throw .altered(file.path) }
    let time = Self.number(8, &rest)
    cost = KeyCost(
      passes: Int(clamping: Self.number(4, &rest)), memory: Int(clamping: Self.number(8, &rest)))
    guard cost.isAcceptable else { throw .altered(file.path) }
    salt = Self.part(Self.saltSize, &rest)
    let version = Self.part(Self.versionSize, &rest).prefix { $0 != 0 }
    header = ArchiveHeader(
      createdAt: Int64(clamping: time), version: String(decoding: version, as: UTF8.self))
    stream = Self.part(Self.streamSize, &rest)
    read = start
  }

  var bytes: [UInt8] {
    if let read { return read }
    let version = Array(header.version.utf8.prefix(Self.versionSize))
    var bytes = Self.magic
    bytes += Self.bytes(of: UInt64(Self.format), 2)
    bytes += [1, 0]
    bytes += Self.bytes(of: UInt64(clamping: header.createdAt), 8)
    bytes += Self.bytes(of: UInt64(clamping: cost.passes), 4)
    bytes += Self.bytes(of: UInt64(clamping: cost.memory), 8)
    bytes += salt + version
    bytes += [UInt8](repeating: 0, count: Self.versionSize - version.count)
    return bytes + stream
  }

  static func bytes(of number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }

  static func number(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> UInt64 {
    part(count, &rest).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func part(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}
