import HTTP

/// Whether somebody signs in on a phone, which is a companion beside their workstation.
///
/// A client says so by `"device": "phone"`; the server judges by what the browser calls itself. Saying so falsely wins
/// nothing but the one place for a phone.
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
