import HTTP
import Synchronization

extension Appliance {
  /// What this server does, in the order it starts, and what each part of it uses: made anew by each call. A new feature
  /// is one line here.
  func makeFeatures() -> [any Feature] {
    let opening = SessionOpening(site: site, database: database, sessions: sessions)
    let proof = PasswordProof(database: database, passwords: passwords, attempts: attempts)
    let links = AccountLinks(site: site, outbox: outbox)
    let mailLink = MailLinkJob(database: database, queue: jobs, links: links)
    return [
      StatusFeature(site: site, clock: clock, database: database, host: host),
      SetupFeature(
        site: site, clock: clock, database: database, sessions: sessions, passwords: passwords,
        attempts: attempts, opening: opening),
      SignInFeature(
        database: database, vault: vault, sessions: sessions, passwords: passwords, attempts: attempts,
        opening: opening),
      RegisterFeature(
        site: site, database: database, sessions: sessions, passwords: passwords, attempts: attempts,
        notifications: notifications, mailLink: mailLink, opening: opening),
      SettingsFeature(database: database, sessions: sessions),
      PasswordCostFeature(log: log, database: database, passwords: passwords),
      SessionsFeature(database: database, sessions: sessions),
      ProfileFeature(
        database: database, sessions: sessions, passwords: passwords, attempts: attempts, outbox: outbox,
        links: links, proof: proof),
      PasswordResetFeature(
        clock: clock, database: database, sessions: sessions, passwords: passwords, attempts: attempts,
        outbox: outbox, mailLink: mailLink),
      TokensFeature(database: database, sessions: sessions, proof: proof),
      TOTPFeature(
        site: site, database: database, vault: vault, sessions: sessions, attempts: attempts, proof: proof),
      SocketFeature(sockets: sockets),
      PresenceFeature(sockets),
      JobsFeature(database: database, queue: jobs),
      MachinesFeature(machines, resources: resources, quotas: quotas, deletePerson: deletePerson),
      MailFeature(site: site, database: database, vault: vault, outbox: outbox, worker: mailer),
      MonitoringFeature(statistics, metrics: metrics, hub: hub, loop: loop),
      PeopleFeature(database: database, sessions: sessions, queue: jobs, people: people),
      DirectoryFeature(database: database, people: people),
      PermissionsFeature(database: database, sessions: sessions),
      ResourcesFeature(
        resources: tables, services: .init(database: database, hub: hub, settings: settings), clock: clock),
      ReadersFeature(database: database),
      SystemSettingsFeature(database: database, settings: settings, hub: hub),
      AuditFeature(database: database),
      QuotasFeature(database: database, quotas: quotas),
      StorageFeature(database: database),
      LoadHistoryFeature(
        clock: clock, log: log, database: database, resources: resources, host: host, loop: loop),
      UploadsFeature(
        site: site, clock: clock, log: log, database: database, quotas: quotas,
        isReadable: ResourceFiles(tables).isReadable),
      SearchFeature(
        clock: clock, database: database,
        indexer: SearchIndexer(index: SearchIndex(sources: searchSources), database: database, log: log),
        providers: [chat.searchProvider(database)]),
      NotificationsFeature(
        site: site, log: log, hub: hub, outbox: outbox, database: database, notifications: notifications),
      ChannelsFeature(
        clock: clock, database: database, sessions: sessions, hub: hub, queue: jobs,
        notifications: notifications, chat: chat),
      MessagesFeature(clock: clock, log: log, database: database, sessions: sessions, chat: chat),
      ChatFeature(log: log, database: database, sockets: sockets, chat: chat),
      SocketIO(sockets: sockets),
      WorkspaceChat(
        database: database, log: log, clock: clock, sockets: sockets, sessions: sessions, chat: chat),
      ControlFeature(
        site: site, log: log, database: database, sessions: sessions, passwords: passwords),
      ClientErrorsFeature(clock: clock, database: database),
    ]
  }

  /// The tables that are data. A new one is one line here.
  var tables: [Resource] {
    [
      EmployeeCategories.resource(sessions), Categories.resource, Contents.resource,
      LearningResources.resource,
      ViewsConfig.resource,
    ]
  }

  /// What can be found. A table that is data is found by its `searchable` columns.
  var searchSources: [SearchSource] {
    [People.searchSource, MachineView.searchSource] + tables.compactMap { $0.searchSource(settings) }
  }

  private var people: People {
    People(
      site: site, database: database, sessions: sessions, passwords: passwords, outbox: outbox,
      notifications: notifications, links: PasswordLink(site: site, outbox: outbox),
      deletion: PersonDeletion(queue: jobs))
  }

  private var deletePerson: DeletePerson {
    DeletePerson(
      database: database, sessions: sessions, outbox: outbox, notifications: notifications,
      deletion: machines.deletion)
  }

  private var mailer: OutboxWorker? {
    site.configuration.mail.map { settings in
      OutboxWorker(
        clock: clock, log: log, database: database, vault: vault, outbox: outbox, settings: settings)
    }
  }

  var statistics: StatisticsReader {
    StatisticsReader(
      site: site, database: database, resources: resources, host: host, forwarding: forwarding)
  }

  private var metrics: Metrics {
    Metrics(
      clock: clock, database: database, hub: hub, resources: resources, requests: requests, host: host)
  }
}

/// The routes of the features, and the document that describes them.
enum Features {
  /// Every route of the features, and the document that describes them.
  static func routes(of features: [any Feature]) -> [Route] {
    let document = Document(routes: features.flatMap(\.routes))
    let routes =
      document.routes + [
        .get("/api/openapi.json", .everyone, "Get this OpenAPI description", response: anyDocument) {
          request in
          .json(200, bytes: document.bytes(isTLS: request.isTLS))
        }
      ]
    document.complete(with: routes)
    return routes
  }

  /// OpenAPI's own schema is published elsewhere.
  private static let anyDocument = Schema.described("OpenAPI 3.1", .map(.any))

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
