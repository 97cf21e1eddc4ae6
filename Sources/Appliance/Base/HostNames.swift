import Glibc

/// The names and addresses under which people may open the page.
struct HostNames: Sendable, Equatable {
  /// More names make a certificate that every connection has to carry.
  private static let most = 50

  /// A certificate that lacks one of them is made again.
  var lasting: [String]
  /// IPv6 addresses, of which a host may get a new one every day.
  var passing: [String]

  var all: [String] { lasting + passing }

  /// Blocks for a moment.
  static func current(_ site: Site) -> HostNames {
    HostNames(
      host: hostName(), hosts: SystemFile.text("/etc/hosts") ?? "", given: [site.publicIP, site.publicHost],
      addresses: .current())
  }
}

extension HostNames {
  init(host: String?, hosts: String, given: [String], addresses: HostAddresses) {
    let names = [host.flatMap { Self.fullName(of: $0, hosts: hosts) }, host].compactMap { $0 }
    let lasting = Self.usable(names + given + ["localhost", "127.0.0.1"] + addresses.v4)
    self.lasting = lasting
    passing = Self.usable(["::1"] + addresses.v6).filter { !lasting.contains($0) }
  }

  /// The host's name with its domain, as the hosts file has it; the name service could make the start wait.
  private static func fullName(of host: String, hosts: String) -> String? {
    for line in hosts.split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).dropFirst()
      if let name = words.first(where: { $0.hasPrefix(host + ".") }) { return String(name) }
    }
    return nil
  }

  private static func usable(_ names: [String]) -> [String] {
    var kept: [String] = []
    for name in names where kept.count < most && SettingValues.isHost(name) && !kept.contains(name) {
      kept.append(name)
    }
    return kept
  }

  private static func hostName() -> String? {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
    let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return name.isEmpty ? nil : name
  }
}
