import HTTP
import Synchronization

extension Appliance {
  /// The features of this server, in start order, with their dependencies; created anew by each call. A new
  /// feature is one line here.
  func makeFeatures() -> [any Feature] {
    let opening = SessionOpening(site: site, database: database, sessions: sessions)
    let proof = PasswordProof(database: database, passwords: passwords, attempts: attempts)
    let links = AccountLinks(site: site, outbox: outbox)
    let mailLink = MailLinkJob(database: database, queue: jobs, links: links)
    let health = Health(healthChecks)
    return [
      StatusFeature(site: site, clock: clock, database: database, host: host, settings: settings),
      FormerDatabaseFeature(database: database, clock: clock),
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
      ConsolesFeature(machines, sockets: sockets),
      MailFeature(site: site, database: database, vault: vault, outbox: outbox, worker: mailer),
      MonitoringFeature(statistics, metrics: metrics(health), hub: hub, loop: loop),
      HealthFeature(
        clock: clock, log: log, hub: hub, loop: loop, health: health, report: report(health, isRunning: true),
        isWatching: runsPeriodicJobs),
      PeopleFeature(database: database, sessions: sessions, queue: jobs, people: people),
      PeopleImportFeature(database: database, sessions: sessions, passwords: passwords, people: people),
      DirectoryFeature(database: database, people: people),
      PermissionsFeature(database: database, sessions: sessions),
      ResourcesFeature(
        resources: tables, services: .init(database: database, hub: hub, settings: settings), clock: clock),
      ReadersFeature(database: database),
      ScheduledAnnouncements(services: intranet, log: log, isChecking: runsPeriodicJobs),
      DocumentsFeature(services: intranet, settings: settings, log: log),
      OlderSearches(clock: clock, database: database, settings: settings, tables: olderSearches),
      DemoFeature(appliance: self),
      HomeFeature(clock: clock, database: database, sections: homeSections),
      StatsFeature(clock: clock, database: database, hub: hub),
      AnalyticsFeature(clock: clock, database: database),
      SystemSettingsFeature(database: database, settings: settings, hub: hub),
      ConfigurationFeature(
        site: site, clock: clock, database: database, hub: hub, attempts: attempts, outbox: outbox,
        stored: PageSettings(vault: vault), certificates: certificates),
      AuditFeature(database: database),
      QuotasFeature(database: database, quotas: quotas),
      StorageFeature(database: database),
      LoadHistoryFeature(
        clock: clock, log: log, database: database, resources: resources, host: host, loop: loop,
        isRecording: runsPeriodicJobs),
      UploadsFeature(
        site: site, clock: clock, log: log, database: database, quotas: quotas,
        isReadable: ResourceFiles(tables, further: fileReaders).isReadable),
      SearchFeature(
        clock: clock, database: database,
        indexer: SearchIndexer(index: SearchIndex(sources: searchSources), database: database, log: log),
        providers: [chat.searchProvider(database)], isIndexing: runsPeriodicJobs),
      NotificationsFeature(
        site: site, log: log, hub: hub, outbox: outbox, database: database, notifications: notifications),
      ChannelsFeature(
        clock: clock, database: database, sessions: sessions, hub: hub, queue: jobs,
        notifications: notifications, chat: chat),
      MessagesFeature(
        clock: clock, log: log, database: database, sessions: sessions, chat: chat,
        isIndexing: runsPeriodicJobs),
      ChatFeature(log: log, database: database, sockets: sockets, chat: chat),
      EventsFeature(
        database: database, clock: clock, hub: hub, settings: settings, notifications: notifications,
        site: site),
      CalendarFeedFeature(
        database: database, clock: clock, settings: settings, site: site, sources: [.trainings(settings)]),
      AgendaFeature(database: database, hub: hub), ShortcutsFeature(database: database, hub: hub),
      TrainingsFeature(
        database: database, clock: clock, hub: hub, settings: settings, notifications: notifications,
        site: site),
      CoursesFeature(database: database, clock: clock, hub: hub, settings: settings),
      LearningFeature(
        database: database, clock: clock, hub: hub, settings: settings, notifications: notifications),
      QuizzesFeature(database: database, clock: clock, hub: hub, settings: settings),
      CourseArchivesFeature(
        site: site, database: database, clock: clock, hub: hub, settings: settings, quotas: quotas),
      CertificatesFeature(
        site: site, database: database, clock: clock, hub: hub, settings: settings,
        notifications: notifications, press: CertificatePress(log: log), attempts: attempts),
      internalMessages, complaints,
      ForumFeature(
        database: database, hub: hub, settings: settings, quotas: quotas, notifications: notifications,
        site: site, outbox: outbox),
      SocketIO(sockets: sockets),
      WorkspaceChat(
        database: database, log: log, clock: clock, sockets: sockets, sessions: sessions, chat: chat,
        inbox: internalMessages.inbox),
      ControlFeature(
        site: site, log: log, database: database, sessions: sessions, passwords: passwords,
        commands: commands(health, isRunning: true)),
      ClientErrorsFeature(clock: clock, database: database),
      BackupsFeature(backups, isPlanning: runsPeriodicJobs),
    ]
  }

  private var backups: Backups {
    Backups(
      site: site, clock: clock, log: log, database: database, queue: jobs, notifications: notifications,
      definitions: { [machines] in await machines.definitions() },
      serve: { try await BackupTrial(folder: $0).run() }, cost: backupCost)
  }

  /// The tables served as resources. A new one is one line here.
  var tables: [Resource] {
    [
      EmployeeCategories.resource(sessions), Categories.resource, Contents.resource(database),
      LearningResources.resource,
      ViewsConfig.resource, Announcements.resource(intranet),
      Documents.resource(intranet),
      Events.resource(notifications), Links.resource, Trainings.resource(notifications),
      Courses.table(notifications),
      Lessons.resource, ForumCategories.resource,
    ]
  }

  var intranet: IntranetServices {
    IntranetServices(
      database: database, hub: hub, clock: clock, queue: jobs, notifications: notifications, quotas: quotas)
  }

  /// The tables with a search of their own, as the older intranet's front end asks for them.
  private var olderSearches: [(word: String, resource: Resource)] {
    let words = ["contents": "content", "documents": "documents", "announcements": "announcements"]
    return tables.compactMap { resource in words[resource.name].map { ($0, resource) } }
  }

  /// What the home page shows, in its order.
  var homeSections: [HomeSection] {
    [
      .attention, .toConfirm(settings), .announcements(settings), .notifications, .messages(settings),
      .requests(settings), .forum(settings), .courses(settings), .dueCourses(settings), .events(settings),
      .trainings(settings),
      .machines, .links,
    ]
  }

  /// The sources of the search. A resource is searched by its `searchable` columns.
  var searchSources: [SearchSource] {
    [
      People.searchSource, MachineView.searchSource, InternalMessage.searchSource(settings),
      ComplaintQuestion.searchSource(settings),
    ]
      + ForumSearch.sources(settings)
      + (tables + [Quizzes.resource]).compactMap { $0.searchSource(settings) }
  }

  /// Who may read the files of rows that are no resources, by the name that their files are tied to.
  private var fileReaders: [String: ResourceFiles.Reader] {
    InternalMessage.fileReaders.merging(Complaint.fileReaders) { _, new in new }
      .merging(["document-versions": Documents.versionReader]) { _, new in new }
      .merging(ProfilePicture.readers) { _, new in new }
      .merging(Quizzes.fileReaders) { _, new in new }
      .merging(ForumPost.fileReaders) { _, new in new }
      .merging(SystemSettings.fileReaders) { _, new in new }
  }

  var complaints: ComplaintsFeature {
    ComplaintsFeature(
      clock: clock, database: database, hub: hub, settings: settings, quotas: quotas,
      notifications: notifications, attempts: attempts, anonymousFiles: anonymousFiles)
  }

  private var internalMessages: InternalMessagesFeature {
    InternalMessagesFeature(
      database: database, hub: hub, settings: settings, quotas: quotas, notifications: notifications)
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

  private var mailer: OutboxWorker {
    OutboxWorker(site: site, clock: clock, log: log, database: database, vault: vault, outbox: outbox)
  }

  var statistics: StatisticsReader {
    StatisticsReader(
      site: site, database: database, resources: resources, host: host, forwarding: forwarding)
  }

  private func metrics(_ health: Health) -> Metrics {
    Metrics(
      clock: clock, database: database, hub: hub, resources: resources, requests: requests, host: host,
      health: health)
  }
}

/// The routes of the features, including their OpenAPI document.
enum Features {
  /// Every route of the features, including their OpenAPI document.
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

  /// The OpenAPI document, written on first request, since most starts never need it.
  private final class Document: Sendable {
    let routes: [Route]
    private let all: Mutex<[Route]>
    private let written = Mutex<[Bool: [UInt8]]>([:])

    init(routes: [Route]) {
      self.routes = routes
      all = Mutex(routes)
    }

    /// Sets the routes to describe, including the document's own.
    func complete(with routes: [Route]) { all.withLock { $0 = routes } }

    /// The document with the session cookie's name, which depends on TLS.
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
