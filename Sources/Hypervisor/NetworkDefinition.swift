/// An isolated network of ours on the host: a bridge with DNS, and DHCP for registered cards only. libvirt
/// adds no firewall rules.
public struct NetworkDefinition: Sendable, Equatable {
  public var name: String
  public var bridge: String
  /// The host's IPv4 address on the bridge.
  public var address: String
  public var prefix: Int
  /// Guests reach the host, and through it other networks, but not each other directly.
  public var isolated: Bool

  public init(
    name: String = "obox", bridge: String = "obox0", address: String = "10.77.0.1", prefix: Int = 24,
    isolated: Bool = true
  ) {
    self.name = name
    self.bridge = bridge
    self.address = address
    self.prefix = prefix
    self.isolated = isolated
  }

  /// libvirt's network XML (https://libvirt.org/formatnetwork.html).
  public func xml() -> String { xml(uuid: nil) }

  /// With the UUID of the network that it replaces.
  func xml(uuid: String?) -> String {
    XMLWriter.document("network") { xml in
      xml.element("name", text: name)
      if let uuid { xml.element("uuid", text: uuid) }
      // libvirt's other forward modes add firewall rules that would reject the traffic forwarded to guests.
      xml.element("forward", ["mode": "open"])
      xml.element("bridge", ["name": bridge, "stp": "on", "delay": "0"])
      if isolated { xml.element("port", ["isolated": "yes"]) }
      xml.element("ip", ["address": address, "prefix": String(prefix)])
    }
  }

  /// Whether an existing network, given as XML, matches this definition; DHCP host entries are not compared.
  func matches(_ xml: String) -> Bool {
    XMLReader.attribute("mode", of: "network/forward", in: xml) == "open"
      && XMLReader.attribute("name", of: "network/bridge", in: xml) == bridge
      && XMLReader.attribute("address", of: "network/ip", in: xml) == address
      && Self.prefix(in: xml) == prefix
      && (XMLReader.attribute("isolated", of: "network/port", in: xml) == "yes") == isolated
  }

  /// The dynamic DHCP ranges, each as XML for their removal.
  static func ranges(in xml: String) -> [String] {
    var ranges: [String] = []
    XMLReader.read(xml) { path, attributes, _ in
      guard path == "network/ip/dhcp/range" else { return }
      ranges.append(
        XMLWriter.document("range", ["start": attributes["start"], "end": attributes["end"]]) { _ in })
    }
    return ranges
  }

  /// libvirt returns either `prefix` or `netmask`, depending on which it was given.
  private static func prefix(in xml: String) -> Int? {
    if let prefix = XMLReader.attribute("prefix", of: "network/ip", in: xml) { return Int(prefix) }
    let mask = XMLReader.attribute("netmask", of: "network/ip", in: xml)
    return mask?.split(separator: ".").reduce(0) { $0 + (UInt8($1)?.nonzeroBitCount ?? 0) }
  }
}
