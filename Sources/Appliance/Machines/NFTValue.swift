/// A value of nftables' JSON language (libnftables-json(5)), written as literals.
indirect enum NFTValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, Sendable
{
  case null
  case number(Int)
  case text(String)
  case list([NFTValue])
  case object([(String, NFTValue)])

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(arrayLiteral elements: NFTValue...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, NFTValue)...) { self = .object(elements) }
  init(nilLiteral: ()) { self = .null }

  var json: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .number(let number): text += String(number)
    case .text(let value): Self.write(value, to: &text)
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.0, to: &text)
        text += ":"
        member.1.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      // Nothing that we write has control characters; what slipped in must not end the text.
      case "\0"..<" ": text += "?"
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

/// The expressions of rules that we use.
extension NFTValue {
  static let accept: NFTValue = ["accept": nil]
  static let drop: NFTValue = ["drop": nil]

  static func jump(_ chain: String) -> NFTValue { ["jump": ["target": .text(chain)]] }
  static func field(_ proto: String, _ name: String) -> NFTValue {
    ["payload": ["protocol": .text(proto), "field": .text(name)]]
  }
  static func meta(_ key: String) -> NFTValue { ["meta": ["key": .text(key)]] }
  static func ct(_ key: String) -> NFTValue { ["ct": ["key": .text(key)]] }
  static func set(_ values: [NFTValue]) -> NFTValue { ["set": .list(values)] }
  static func concat(_ values: NFTValue...) -> NFTValue { ["concat": .list(values)] }
  static func prefix(_ address: IPv4Address, _ length: Int) -> NFTValue {
    ["prefix": ["addr": .text(address.description), "len": .number(length)]]
  }
  static func match(_ left: NFTValue, _ right: NFTValue) -> NFTValue { match(left, "==", right) }
  static func match(_ left: NFTValue, _ op: String, _ right: NFTValue) -> NFTValue {
    ["match": ["op": .text(op), "left": left, "right": right]]
  }
  static func verdicts(_ key: NFTValue, _ elements: [(NFTValue, NFTValue)]) -> NFTValue {
    ["vmap": ["key": key, "data": .set(elements.map { .list([$0.0, $0.1]) })]]
  }
}
