/// An IPv4 address.
struct IPv4Address: Sendable, Hashable, Comparable, CustomStringConvertible {
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// Parses dotted decimal text; nil for anything else, including leading zeros.
  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard part.allSatisfy({ (0x30...0x39).contains($0) }), let byte = UInt8(String(Substring(part))),
        part.count == 1 || part.first != 0x30
      else { return nil }
      bits = bits << 8 | UInt32(byte)
    }
    self.bits = bits
  }

  var description: String { "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)" }

  static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.bits < b.bits }
}

/// An address with its subnet, such as `10.77.0.1/24`.
struct IPv4Subnet: Sendable, Hashable, CustomStringConvertible {
  let address: IPv4Address
  let prefix: Int

  /// Parses `10.77.0.1/24`; the address must be a valid host address of the subnet.
  init?(host text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv4Address(String(parts[0])),
      parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let prefix = Int(parts[1]),
      (8...29).contains(prefix)
    else { return nil }
    self.address = address
    self.prefix = prefix
    guard address != network, address != broadcast else { return nil }
  }

  var mask: UInt32 { prefix == 0 ? 0 : ~0 << (32 - UInt32(prefix)) }
  var network: IPv4Address { IPv4Address(bits: address.bits & mask) }
  var broadcast: IPv4Address { IPv4Address(bits: address.bits | ~mask) }
  var description: String { "\(address)/\(prefix)" }
}
