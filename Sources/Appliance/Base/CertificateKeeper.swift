import HTTP
import Synchronization
import Threads

/// The certificate that the server uses: makes and renews its own, and takes files that another program has renewed.
final class CertificateKeeper: Sendable {
  private static let pause = Duration.seconds(600)

  private struct State {
    var certificate: ServerCertificate?
    var server: Server?
  }

  private let log: Log
  private let files: TLSFiles?
  private let own: OwnCertificate?
  private let reading = WorkQueue("certificate", waiting: 4)
  private let checks = RepeatedTask()
  private let state = Mutex(State())

  init(_ site: Site, clock: Clock, log: Log, names: (@Sendable () -> HostNames)? = nil) {
    self.log = log
    files = site.tlsFiles
    own = site.configuration.hasOwnCertificate ? OwnCertificate(site, clock: clock, names: names) : nil
  }

  /// The certificate in use; nil without TLS.
  var certificate: ServerCertificate? { state.withLock { $0.certificate } }
  var isOwn: Bool { own != nil }

  /// Before the server starts.
  func prepare() async throws {
    if let found = try await current() { state.withLock { $0.certificate = found } }
  }

  func start(_ server: Server, isRepeating: Bool) {
    state.withLock { $0.server = server }
    guard files != nil, isRepeating else { return }
    checks.start("certificate", every: Self.pause, log) { [self] in try await check() }
  }

  func stop() async {
    await checks.stop()
    reading.stop()
    state.withLock { $0.server = nil }
  }

  /// Gives the server another certificate if there is one. Open connections keep theirs.
  func check() async throws {
    guard let found = try await current() else { return }
    let (known, server) = state.withLock { ($0.certificate, $0.server) }
    guard found.fingerprint != known?.fingerprint, let server else { return }
    try await server.reloadTLS()
    state.withLock { $0.certificate = found }
    log.info("certificate") { line in
      line.field("message", "new certificate in use")
      line.field("sha256", found.fingerprint)
    }
  }

  private func current() async throws -> ServerCertificate? {
    guard let files else { return nil }
    return try await reading.perform { [own] in
      if let own { return try own.ensure().certificate }
      return SystemFile.text(files.certificate).flatMap { ServerCertificate(pem: Array($0.utf8)) }
    }
  }
}
