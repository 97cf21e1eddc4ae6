import HTTP

/// The server's own certificate (`TLS=auto`): signed by itself, in one file with its key in the data folder. It is made
/// at the first start, 30 days before it ends, and when the host has a name or an address that is not in it.
struct OwnCertificate: Sendable {
  private static let day: Int64 = 24 * 3600 * 1000
  /// Systems accept no certificate that is valid for more than 825 days.
  static let lifetime = 825 * day
  static let renewal = 30 * day

  let path: String
  let clock: Clock
  let names: @Sendable () -> HostNames

  init(_ site: Site, clock: Clock, names: (@Sendable () -> HostNames)? = nil) {
    path = site.ownCertificatePath
    self.clock = clock
    self.names = names ?? { HostNames.current(site) }
  }

  /// The certificate, made if there is none that will do; `isNew` when it was. Blocks.
  func ensure() throws -> (certificate: ServerCertificate, isNew: Bool) {
    let names = names()
    if let found = usable(names.lasting) { return (found, false) }
    let now = clock.now()
    // A client whose clock is behind accepts it as well.
    let made = try SelfSignedCertificate.make(
      names: names.all, from: now - Self.day, until: now - Self.day + Self.lifetime)
    guard let certificate = ServerCertificate(pem: made) else {
      throw ServerError.unreadableCertificate(path)
    }
    try PrivateFile.replace(path, by: made)
    return (certificate, true)
  }

  /// The certificate of the file; nil when there is none, it is damaged or near its end, or lacks a name.
  private func usable(_ names: [String]) -> ServerCertificate? {
    guard let text = SystemFile.text(path),
      let found = ServerCertificate(pem: Array(text.utf8), names: names),
      found.missing.isEmpty, clock.now() < found.expiresAt - Self.renewal,
      found.expiresAt - clock.now() <= Self.lifetime,
      (try? TLSFiles(certificate: path, key: path).check()) != nil
    else { return nil }
    return found
  }
}
