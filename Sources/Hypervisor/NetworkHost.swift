/// A DHCP host entry: a card and its fixed address.
public struct NetworkHost: Sendable, Hashable {
  /// In lower case.
  public var mac: String
  public var address: String
  /// Host name in the network's DNS; nil leaves it to the guest.
  public var name: String?

  public init(mac: String, address: String, name: String? = nil) {
    self.mac = mac.lowercased()
    self.address = address
    self.name = name
  }

  /// The host entries of a network, given as XML.
  static func all(in xml: String) -> [NetworkHost] {
    var hosts: [NetworkHost] = []
    XMLReader.read(xml) { path, attributes, _ in
      guard path == "network/ip/dhcp/host", let mac = attributes["mac"], let address = attributes["ip"]
      else { return }
      hosts.append(NetworkHost(mac: mac, address: address, name: attributes["name"]))
    }
    return hosts
  }

  /// Host names must be unique within a network, and libvirt requires them to start with a letter.
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

/// A lease given by a network's DHCP server.
public struct NetworkLease: Sendable, Equatable {
  /// In lower case.
  public let mac: String
  public let address: String
  /// When the lease expires, in seconds since 1970.
  public let ends: Int64

  public init(mac: String, address: String, ends: Int64) {
    self.mac = mac.lowercased()
    self.address = address
    self.ends = ends
  }
}
