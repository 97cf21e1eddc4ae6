import HTTP

/// Evaluates a table's chains for one packet.
///
/// A rule with unknown conditions decides only if it names the guests: a port opened for something else does
/// not let them pass, nor does a block of something else stop them.
struct RuleWalk {
  let table: HostRules.Table
  let path: GuestPath

  private static let deepest = 16

  private enum Verdict { case accept, drop, leave, none }

  func drops(_ chain: HostRules.Chain) -> Bool {
    switch verdict(of: chain, depth: 0) {
    case .accept: false
    case .drop: true
    case .leave, .none: chain.drops
    }
  }

  private func verdict(of chain: HostRules.Chain, depth: Int) -> Verdict {
    guard depth < Self.deepest else { return .none }
    for rule in chain.rules {
      switch verdict(of: rule, depth: depth) {
      case .none: continue
      case .leave: return .none
      case let verdict: return verdict
      }
    }
    return .none
  }

  private func verdict(of rule: [JSONValue], depth: Int) -> Verdict {
    var isKnown = true
    var isAboutGuests = false
    for expression in rule {
      if let match = expression["match"] {
        let truth = path.truth(of: match)
        if truth.holds == false { return .none }
        if truth.holds == nil { isKnown = false }
        if truth.isAboutGuests { isAboutGuests = true }
      } else if Self.isCondition(expression) {
        isKnown = false
      } else if isKnown || isAboutGuests {
        let verdict = decision(expression, depth: depth)
        if verdict != .none { return verdict }
      }
    }
    return .none
  }

  /// Conditions that are not evaluated: iptables matches except comments, and rate limits.
  private static func isCondition(_ expression: JSONValue) -> Bool {
    if let extension_ = expression["xt"], extension_["type"]?.string == "match" {
      return extension_["name"]?.string != "comment"
    }
    return expression["limit"] != nil || expression["quota"] != nil
  }

  private func decision(_ expression: JSONValue, depth: Int) -> Verdict {
    guard case .object(let members) = expression, let (name, value) = members.first else { return .none }
    switch name {
    case "accept": return .accept
    case "drop", "reject": return .drop
    case "return": return .leave
    case "xt": return value["name"]?.string == "REJECT" ? .drop : .none
    case "jump", "goto":
      guard let chain = value["target"]?.string.flatMap({ table.chains[$0] }) else { return .none }
      let verdict = verdict(of: chain, depth: depth + 1)
      return verdict == .none && name == "goto" ? .leave : verdict
    case "vmap":
      guard let key = value["key"] else { return .none }
      for pair in value["data"]?["set"]?.array ?? [] {
        guard let element = pair[0], let verdict = pair[1] else { continue }
        if path.truth(of: key, element).holds == true { return decision(verdict, depth: depth) }
      }
      return .none
    default: return .none
    }
  }
}
