import HTTP
import Synchronization

/// The list of what this server does, in the order it starts. A new feature is one line here.
enum Features {
  static func all(_ appliance: Appliance) -> [any Feature] {
    [
      StatusFeature(appliance),
      SetupFeature(appliance),
      SignInFeature(appliance),
      RegisterFeature(appliance),
      SettingsFeature(appliance),
      SocketFeature(appliance),
      PresenceFeature(appliance),
      JobsFeature(appliance),
      MachinesFeature(appliance),
      MailFeature(appliance),
      MonitoringFeature(appliance),

    ]
  }

  /// Every route of the features, and the document that describes them.
  static func routes(of features: [any Feature]) -> [Route] {
    let routes = features.flatMap(\.routes)
    let document = Document(routes: routes)
    return routes + [
      .get("/api/openapi.json", .everyone, "This description of the API") { _ in
        .json(200, bytes: document.bytes)
      }
    ]
  }

  /// The description of routes, written when it is first asked for: most starts never need it.
  private final class Document: Sendable {
    private let routes: [Route]
    private let written = Mutex<[UInt8]?>(nil)

    init(routes: [Route]) { self.routes = routes }

    var bytes: [UInt8] {
      written.withLock { written in
        let bytes = written ?? OpenAPI.document(routes: routes, title: "OBox", version: Version.text)
        written = bytes
        return bytes
      }
    }
  }
}
