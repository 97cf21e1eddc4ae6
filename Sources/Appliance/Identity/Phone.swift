import HTTP

/// Detects whether a sign-in comes from a phone, which may be used in addition to the workstation.
///
/// A client can send `"device": "phone"`; the server decides by the User-Agent. Claiming to be a phone gains
/// nothing but the place reserved for one.
enum Phone {
  static func isOne(device: String?, _ request: Request) -> Bool {
    isOne(
      device: device, agent: request.headers["user-agent"] ?? "",
      mobileHint: request.headers["sec-ch-ua-mobile"])
  }

  static func isOne(device: String?, agent: String, mobileHint: String?) -> Bool {
    let isDesktop = ["Windows NT", "Macintosh", "X11;", "CrOS"].contains(where: agent.contains)
    if isDesktop || mobileHint == "?0" { return false }
    switch device {
    case "phone": return true
    case nil:
      let isMobile = agent.contains("iPhone") || agent.contains("Android") && agent.contains("Mobile")
      return mobileHint == "?1" || isMobile
    default: return false
    }
  }
}
