import Glibc

/// Gives a lease back in the name of a guest that is gone, as the guest itself would have (RFC 2131, 4.4.4):
/// libvirt has no call for it, and the address would stay taken until the lease ends.
struct DHCPRelease {
  /// Dotted decimal.
  let address: String
  let server: String
  /// Six bytes in colons.
  let mac: String
  /// As the DHCP server knows the guest, hexadecimal in colons; nil where it goes by the card alone.
  let clientID: String?

  /// The packet, or nil where one of the parts is not what it should be.
  func packet() -> [UInt8]? {
    guard let guest = Self.ipv4(address), let host = Self.ipv4(server), let card = Self.bytes(mac),
      card.count == 6
    else { return nil }
    var packet: [UInt8] = [1, 1, 6, 0]
    packet += (0..<4).map { _ in UInt8.random(in: 0...255) }
    packet += [0, 0, 0, 0]
    packet += guest
    packet += [UInt8](repeating: 0, count: 12)
    packet += card + [UInt8](repeating: 0, count: 10)
    packet += [UInt8](repeating: 0, count: 64 + 128)
    packet += [99, 130, 83, 99]
    packet += [53, 1, 7]
    packet += [54, 4] + host
    if let id = clientID.flatMap(Self.bytes), (2...255).contains(id.count) {
      packet += [61, UInt8(id.count)] + id
    }
    packet.append(255)
    return packet
  }

  /// Sends it to the server from its own host, by the interface that the guests are on. Best effort.
  func send(through interface: String) {
    guard let packet = packet() else { return }
    let file = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return }
    defer { close(file) }
    _ = interface.withCString { name in
      setsockopt(file, SOL_SOCKET, SO_BINDTODEVICE, name, socklen_t(interface.utf8.count + 1))
    }
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = in_port_t(67).bigEndian
    guard inet_pton(AF_INET, server, &target.sin_addr) == 1 else { return }
    _ = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(file, packet, packet.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func ipv4(_ text: String) -> [UInt8]? {
    var address = in_addr()
    guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
    return withUnsafeBytes(of: &address) { Array($0) }
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { UInt8($0, radix: 16) }
    return bytes.count == parts.count ? bytes : nil
  }
}
