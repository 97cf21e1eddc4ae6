/// libvirt's network filter for a network card (https://libvirt.org/formatnwfilter.html).
enum CardFilter {
  /// Prevents a card on a foreign bridge from spoofing MAC and IP addresses.
  static let cleanTraffic = "clean-traffic"

  static func write(_ filter: String, to xml: inout XMLWriter) {
    xml.element("filterref", ["filter": filter]) { xml in
      // By default libvirt learns the first address that the guest sends from, even if it is spoofed.
      xml.element("parameter", ["name": "CTRL_IP_LEARNING", "value": "dhcp"])
    }
  }

  /// The domain XML with the filter added to the bridged card with this MAC address; nil when it is there
  /// already, or there is no such card.
  static func added(to xml: String, mac: String) -> String? {
    let bytes = Array(xml.utf8)
    var start = bytes.startIndex
    while let open = bytes[start...].firstRange(of: Array("<interface ".utf8)),
      let close = bytes[open.upperBound...].firstRange(of: Array("</interface>".utf8))
    {
      let card = String(decoding: bytes[open.lowerBound..<close.upperBound], as: UTF8.self)
      if let filtered = filtered(card, mac: mac) {
        return String(decoding: bytes[..<open.lowerBound], as: UTF8.self) + filtered
          + String(decoding: bytes[close.upperBound...], as: UTF8.self)
      }
      start = close.upperBound
    }
    return nil
  }

  /// The card's XML with the filter; nil when it needs no change.
  private static func filtered(_ card: String, mac: String) -> String? {
    guard XMLReader.attribute("type", of: "interface", in: card) == "bridge",
      XMLReader.attribute("address", of: "interface/mac", in: card)?.lowercased() == mac.lowercased()
    else { return nil }
    var writer = XMLWriter()
    write(cleanTraffic, to: &writer)
    // Earlier versions wrote the filter without the parameter for learning the address.
    let bare = Array("<filterref filter='\(cleanTraffic)'/>".utf8)
    let end = Array("</interface>".utf8)
    var bytes = Array(card.utf8)
    if let place = bytes.firstRange(of: bare) {
      bytes.replaceSubrange(place, with: writer.text.utf8)
    } else if XMLReader.attribute("filter", of: "interface/filterref", in: card) == nil,
      let place = bytes.firstRange(of: end)
    {
      bytes.insert(contentsOf: writer.text.utf8, at: place.lowerBound)
    } else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
