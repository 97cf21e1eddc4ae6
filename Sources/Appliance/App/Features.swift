import HTTP

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

    ]
  }

  /// Every route of the features, and the document that describes them.
  static func routes(of features: [any Feature]) -> [Route] {
    let routes = features.flatMap(\.routes)
    let document = OpenAPI.document(routes: routes, title: "OBox", version: Version.text)
    return routes + [
      .get("/api/openapi.json", .everyone, "This description of the API") { _ in
        .json(200, bytes: document)
      }
    ]
  }
}
