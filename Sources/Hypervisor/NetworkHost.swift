/// A card that a network's DHCP server knows, and the address that it alone gets.
public struct NetworkHost: Sendable, Hashable {
  /// Small letters.
  public var mac: String
  public var address: String
  /// What its network's DNS calls it; nil leaves that to the guest.
  public var name: String?

  public init(mac: String, address: String, name: String? = nil) {
    self.mac = mac.lowercased()
    self.address = address
    self.name = name
  }

  /// The entries of a network as libvirt describes it.
  static func all(in xml: String) -> [NetworkHost] {
    var hosts: [NetworkHost] = []
    XMLReader.read(xml) { path, attributes, _ in
      guard path == "network/ip/dhcp/host", let mac = attributes["mac"], let address = attributes["ip"]
      else { return }
      hosts.append(NetworkHost(mac: mac, address: address, name: attributes["name"]))
    }
    return hosts
  }

  /// Names are unique in a network, and libvirt takes none that begins otherwise than with a letter.
  func xml(besides others: [NetworkHost]) -> String {
    let isUsable = name.map { name in
      name.utf8.first.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 } ?? false
        && !others.contains { $0.name?.lowercased() == name.lowercased() }
    }
    return XMLWriter.document("host", ["mac": mac, "name": isUsable == true ? name : nil, "ip": address]) {
      _ in
    }
  }
}

/// An address that a network's DHCP server has given away.
public struct NetworkLease: Sendable, Equatable {
  /// Small letters.
  public let mac: String
  public let address: String
  /// Seconds since 1970.
  public let ends: Int64

  public init(mac: String, address: String, ends: Int64) {
    self.mac = mac.lowercased()
    self.address = address
    self.ends = ends
  }
}
