import Synchronization

/// The configuration in force: as it was given at the start, with what an administrator has set on the page.
final class LiveConfiguration: Sendable {
  /// Made once for each change, because requests ask for them.
  private struct State {
    var configuration: Configuration
    var publicIP: String
    var publicURL: String
  }

  let given: Configuration
  private let detected: String
  private let state: Mutex<State>

  /// `detected` is the host's address, for when none is configured.
  init(_ given: Configuration, detected: String) {
    self.given = given
    self.detected = detected
    state = Mutex(Self.state(given, detected))
  }

  var configuration: Configuration { state.withLock { $0.configuration } }
  var publicIP: String { state.withLock { $0.publicIP } }
  var publicURL: String { state.withLock { $0.publicURL } }
  var isPublicURLGiven: Bool { state.withLock { $0.configuration.publicURL != nil } }
  var allowsPlainClients: Bool { state.withLock { $0.configuration.allowsPlainClients } }
  var mail: Configuration.MailSettings? { state.withLock { $0.configuration.mail } }

  /// Puts another configuration in force.
  func use(_ configuration: Configuration) {
    let next = Self.state(configuration, detected)
    state.withLock { $0 = next }
  }

  private static func state(_ configuration: Configuration, _ detected: String) -> State {
    let address = configuration.publicIP ?? detected
    return State(
      configuration: configuration, publicIP: address,
      publicURL: configuration.publicURL ?? url(configuration, address))
  }

  private static func url(_ configuration: Configuration, _ address: String) -> String {
    let scheme = configuration.hasTLS ? "https" : "http"
    let isWide = ["0.0.0.0", "::", "*"].contains(configuration.listenAddress)
    let name = isWide ? address : configuration.listenAddress
    return "\(scheme)://\(name.contains(":") ? "[\(name)]" : name):\(configuration.port)"
  }
}
