/// A network of our own on the host: a bridge with names and with DHCP for those who are entered, without firewall
/// rules by libvirt.
public struct NetworkDefinition: Sendable, Equatable {
  public var name: String
  public var bridge: String
  /// The host's own IPv4 address on the bridge.
  public var address: String
  public var prefix: Int
  /// Guests reach the host, and through it the world, but not each other directly.
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

  /// With the id of the network that it replaces.
  func xml(uuid: String?) -> String {
    XMLWriter.document("network") { xml in
      xml.element("name", text: name)
      if let uuid { xml.element("uuid", text: uuid) }
      // libvirt's other modes add rules that would reject what is forwarded to the guests.
      xml.element("forward", ["mode": "open"])
      xml.element("bridge", ["name": bridge, "stp": "on", "delay": "0"])
      if isolated { xml.element("port", ["isolated": "yes"]) }
      xml.element("ip", ["address": address, "prefix": String(prefix)])
    }
  }

  /// Whether a network as libvirt describes it already does what this one asks; whose cards it knows is another matter.
  func matches(_ xml: String) -> Bool {
    XMLReader.attribute("mode", of: "network/forward", in: xml) == "open"
      && XMLReader.attribute("name", of: "network/bridge", in: xml) == bridge
      && XMLReader.attribute("address", of: "network/ip", in: xml) == address
      && Self.prefix(in: xml) == prefix
      && (XMLReader.attribute("isolated", of: "network/port", in: xml) == "yes") == isolated
  }

  /// The ranges out of which anybody is given an address, each as libvirt is told to take it away.
  static func ranges(in xml: String) -> [String] {
    var ranges: [String] = []
    XMLReader.read(xml) { path, attributes, _ in
      guard path == "network/ip/dhcp/range" else { return }
      ranges.append(
        XMLWriter.document("range", ["start": attributes["start"], "end": attributes["end"]]) { _ in })
    }
    return ranges
  }

  /// libvirt gives back whichever of `prefix` and `netmask` it was told.
  private static func prefix(in xml: String) -> Int? {
    if let prefix = XMLReader.attribute("prefix", of: "network/ip", in: xml) { return Int(prefix) }
    let mask = XMLReader.attribute("netmask", of: "network/ip", in: xml)
    return mask?.split(separator: ".").reduce(0) { $0 + (UInt8($1)?.nonzeroBitCount ?? 0) }
  }
}
