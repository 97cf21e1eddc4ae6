import HTTP

/// The expressions of nftables' JSON language (libnftables-json(5)) that our rules are made of.
extension JSONValue {
  static let accept: JSONValue = ["accept": .null]
  static let drop: JSONValue = ["drop": .null]
  static let masquerade: JSONValue = ["masquerade": .null]

  static func jump(_ chain: String) -> JSONValue { ["jump": ["target": .string(chain)]] }
  static func field(_ proto: String, _ name: String) -> JSONValue {
    ["payload": ["protocol": .string(proto), "field": .string(name)]]
  }
  static func meta(_ key: String) -> JSONValue { ["meta": ["key": .string(key)]] }
  static func ct(_ key: String) -> JSONValue { ["ct": ["key": .string(key)]] }
  static func set(_ values: [JSONValue]) -> JSONValue { ["set": .array(values)] }
  static func concat(_ values: JSONValue...) -> JSONValue { ["concat": .array(values)] }
  static func prefix(_ address: IPv4Address, _ length: Int) -> JSONValue {
    ["prefix": ["addr": .string(address.description), "len": .integer(Int64(length))]]
  }
  static func match(_ left: JSONValue, _ right: JSONValue) -> JSONValue { match(left, "==", right) }
  static func match(_ left: JSONValue, _ op: String, _ right: JSONValue) -> JSONValue {
    ["match": ["op": .string(op), "left": left, "right": right]]
  }
  static func verdicts(_ key: JSONValue, _ elements: [(JSONValue, JSONValue)]) -> JSONValue {
    ["vmap": ["key": key, "data": .set(elements.map { .array([$0.0, $0.1]) })]]
  }
}
