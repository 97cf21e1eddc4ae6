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
      PasswordCostFeature(appliance),
      SessionsFeature(appliance),
      ProfileFeature(appliance),
      PasswordResetFeature(appliance),
      TokensFeature(appliance),
      TOTPFeature(appliance),
      SocketFeature(appliance),
      PresenceFeature(appliance),
      JobsFeature(appliance),
      MachinesFeature(appliance),
      MailFeature(appliance),
      MonitoringFeature(appliance),
      PeopleFeature(appliance),
      DirectoryFeature(appliance),
      PermissionsFeature(appliance),
      CategoriesFeature(appliance),
      AuditFeature(appliance),
      QuotasFeature(appliance),
      StorageFeature(appliance),
      LoadHistoryFeature(appliance),
      UploadsFeature(appliance),
      NotificationsFeature(appliance),
      ChannelsFeature(appliance),
      MessagesFeature(appliance),
      ChatFeature(appliance),
      SocketIO(appliance),
      WorkspaceChat(appliance),
      ControlFeature(appliance),
      ClientErrorsFeature(appliance),
    ]
  }

  /// Every route of the features, and the document that describes them.
  static func routes(of features: [any Feature]) -> [Route] {
    let document = Document(routes: features.flatMap(\.routes))
    let routes =
      document.routes + [
        .get("/api/openapi.json", .everyone, "Get this OpenAPI description") { request in
          .json(200, bytes: document.bytes(isTLS: request.isTLS))
        }
      ]
    document.complete(with: routes)
    return routes
  }

  /// The description of routes, written when it is first asked for: most starts never need it.
  private final class Document: Sendable {
    let routes: [Route]
    private let all: Mutex<[Route]>
    private let written = Mutex<[Bool: [UInt8]]>([:])

    init(routes: [Route]) {
      self.routes = routes
      all = Mutex(routes)
    }

    /// With the route that serves the description itself.
    func complete(with routes: [Route]) { all.withLock { $0 = routes } }

    /// With the name that the session's cookie has over this kind of connection.
    func bytes(isTLS: Bool) -> [UInt8] {
      written.withLock { written in
        let bytes =
          written[isTLS]
          ?? OpenAPI.document(
            routes: all.withLock { $0 }, title: "OBox", version: Version.text,
            cookie: SessionCookie.name(isTLS: isTLS))
        written[isTLS] = bytes
        return bytes
      }
    }
  }
}
