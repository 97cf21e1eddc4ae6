import HTTP

/// Parses rules of iptables-legacy, which nft does not list, from the output of `iptables-legacy-save -t
/// filter`.
enum LegacyRules {
  static func table(_ text: String) -> HostRules.Table {
    var table = HostRules.Table(name: HostRules.legacy)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map { String($0) }
      if line.utf8.first == UInt8(ascii: ":"), words.count >= 2 {
        let name = String(words[0].dropFirst())
        table.chains[name] = HostRules.Chain(
          name: name, isForward: name == "FORWARD", drops: words[1] == "DROP")
      } else if words.first == "-A", words.count > 2 {
        table.chains[words[1]]?.rules.append(rule(Array(words.dropFirst(2))))
      }
    }
    return table
  }

  /// Translates a rule to nftables' JSON; an option without equivalent becomes an unknown condition.
  private static func rule(_ words: [String]) -> [JSONValue] {
    var expressions: [JSONValue] = []
    var isNegated = false
    var words = words[...]
    while let word = words.popFirst() {
      if word == "!" {
        isNegated = true
        continue
      }
      let value = words.first ?? ""
      let op: JSONValue = isNegated ? "!=" : "=="
      func match(_ left: JSONValue, _ right: JSONValue) {
        expressions.append(["match": ["op": op, "left": left, "right": right]])
        words = words.dropFirst()
      }
      isNegated = false
      switch word {
      case "-i": match(["meta": ["key": "iifname"]], .string(wildcard(value)))
      case "-o": match(["meta": ["key": "oifname"]], .string(wildcard(value)))
      case "-p": match(["meta": ["key": "l4proto"]], .string(value))
      case "-s": match(["payload": ["protocol": "ip", "field": "saddr"]], prefix(value))
      case "-d": match(["payload": ["protocol": "ip", "field": "daddr"]], prefix(value))
      case "-m":
        words = words.dropFirst()
        // Modules whose presence is no condition by itself: protocol options follow separately, and a comment
        // means nothing.
        if !["tcp", "udp", "comment"].contains(value) { expressions.append(unknown) }
      case "--comment": words = words.dropFirst()
      case "-j", "-g":
        expressions.append(verdict(value, isGoto: word == "-g"))
        return expressions
      default:
        if word.utf8.starts(with: "--".utf8), word != "--comment" { expressions.append(unknown) }
      }
    }
    return expressions
  }

  private static let unknown: JSONValue = ["xt": ["type": "match", "name": "unknown"]]

  private static func verdict(_ target: String, isGoto: Bool) -> JSONValue {
    switch target {
    case "ACCEPT": ["accept": .null]
    case "DROP": ["drop": .null]
    case "REJECT": ["reject": .null]
    case "RETURN": ["return": .null]
    default: isGoto ? ["goto": ["target": .string(target)]] : ["jump": ["target": .string(target)]]
    }
  }

  private static func wildcard(_ name: String) -> String {
    name.utf8.last == UInt8(ascii: "+") ? name.dropLast() + "*" : name
  }

  private static func prefix(_ text: String) -> JSONValue {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let length = Int(parts[1]) else { return .string(text) }
    return ["prefix": ["addr": .string(String(parts[0])), "len": .integer(Int64(length))]]
  }
}
