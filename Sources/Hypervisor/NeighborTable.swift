import Glibc

/// The host's ARP table, from `/proc/net/arp`.
enum NeighborTable {
  /// Larger than the kernel's default maximum.
  private static let mostBytes = 1 << 20

  /// The IPv4 address of the card with this MAC address; nil when the table has none.
  static func address(mac: String) -> String? { text().flatMap { address(mac: mac, in: $0) } }

  /// Columns: address, type, flags, MAC address, mask, device. Flag 2 (ATF_COM) means that the entry is
  /// complete.
  static func address(mac: String, in text: String) -> String? {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ", omittingEmptySubsequences: true)
      guard fields.count >= 4, fields[3].lowercased() == mac.lowercased(), fields[2].hasPrefix("0x"),
        let flags = Int(fields[2].dropFirst(2), radix: 16), flags & 2 != 0
      else { continue }
      return String(fields[0])
    }
    return nil
  }

  private static func text() -> String? {
    let file = open("/proc/net/arp", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < mostBytes {
      let count = read(file, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += piece.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
