import HTTP
import Store

/// Read confirmations of rows that require them: one per account and edition.
struct ReadConfirmations: Sendable {
  /// A resource whose rows can be confirmed, with its SQL.
  struct Subject: Sendable {
    let resource: String
    let table: String
    /// SQL: the current edition of a row.
    let edition: String
    /// The right to see the report and send reminders.
    let right: String
    /// SQL: the audience of a row.
    var audience = "audience"
    /// Selects six columns of the row `?3` at the time `?1` and `?2`: whether it requires confirmation, its
    /// edition, its audience, its title, the label of its version, and whether it is published.
    let rowSQL: String

    private var mine: String {
      "FROM read_confirmations AS c WHERE c.resource = '\(resource)' AND c.row_id = \(table).id"
        + " AND c.edition = \(edition)"
    }

    /// The number of confirmations of the current edition.
    var count: Column {
      .computed(
        "confirmedCount", .number(0...(.max)), fr: "Lectures confirmées", en: "Confirmed",
        sql: "(SELECT count(*) \(mine))")
    }

    /// Whether the reading account is asked to confirm it: the row requires it, and is for this account.
    var isAsked: Column {
      .personal(
        "isConfirmationAsked", .flag, fr: "Confirmation demandée", en: "Confirmation asked",
        sql:
          "(\(table).requires_confirmation = 1 AND EXISTS (SELECT 1 FROM users AS reader WHERE reader.id = ?"
          + " AND \(Readership.includesSQL(audience, "reader"))))")
    }

    /// Whether the reading account has confirmed it.
    var isConfirmed: Column {
      .personal(
        "isConfirmed", .flag, fr: "Lecture confirmée", en: "Read confirmed",
        sql: "EXISTS (SELECT 1 \(mine) AND c.user_id = ?)")
    }
  }

  /// The columns of a row that confirmations need.
  struct Standing: Sendable {
    let isAsked: Bool
    let edition: Int64
    let audience: String
    let title: String
    let version: String
    let isReadable: Bool

    init(_ row: Row) {
      isAsked = row.bool(0)
      edition = row.int64(1)
      audience = row.text(2)
      title = row.text(3)
      version = row.text(4)
      isReadable = row.bool(5)
    }
  }

  let subject: Subject
  let resource: Resource
  let services: IntranetServices

  init(_ subject: Subject, of resource: Resource, services: IntranetServices) {
    self.subject = subject
    self.resource = resource
    self.services = services
  }

  var routes: [Route] {
    let one = resource.path + "/:id"
    let manager = Access.right(subject.right)
    return [
      .post(
        one + "/confirm", .signedIn, "Confirm having read \(resource.noun(.en))",
        request: .object([("edition", .integer, required: false)]), response: .done, confirm),
      .post(
        one + "/seen", .signedIn, "Mark your notifications about \(resource.noun(.en)) as read",
        response: .done, seen),
      .get(
        one + "/confirmations", manager, "List who has confirmed and who has not", response: Self.schema,
        report
      ).reading(QueryParameter.paging + [Self.stateParameter]),
      .get(one + "/confirmations.csv", manager, "Export who has confirmed and who has not", exportCSV)
        .reading(Self.stateParameter).producing("text/csv"),
      .get(one + "/confirmations.pdf", manager, "Print who has confirmed and who has not", exportPDF)
        .reading(Self.stateParameter).producing("application/pdf"),
      .post(
        one + "/remind", manager, "Remind those who have not confirmed",
        response: .object([
          ("success", .boolean, required: true), ("message", .string, required: true),
          ("count", .integer, required: true),
        ]), remind),
    ]
  }

  /// Starts a new edition, which everyone must confirm again.
  var askAgain: Route {
    .post(
      resource.path + "/:id/ask-again", .right(subject.right), "Ask everyone to confirm again",
      response: .done
    ) { request in
      let id = try request.id()
      try await services.database.change(.resourceChanged, on: nil, by: request) { tx in
        let actor = try Privilege.actor(request, right: subject.right, in: tx)
        let standing = try self.standing(of: id, for: actor, in: tx)
        guard standing.isAsked else { throw Self.notAsked }
        try tx.execute(
          "UPDATE \(subject.table) SET edition = edition + 1, updated_at = max(updated_at + 1, ?) WHERE id = ?",
          tx.now, id)
        try Audit.record(
          .resourceChanged, actor: actor, on: .init(type: resource.name, id: id, name: standing.title),
          request: request, details: "change edition", in: tx)
        if standing.isReadable {
          try tell(Readership.members(of: standing.audience, in: tx), id, standing, by: actor.id, in: tx)
        }
        try publish("change", id, in: tx)
      }
      return .done(
        Sentence(fr: "Une nouvelle confirmation est demandée.", en: "A new confirmation is asked for."),
        for: request)
    }
  }

  private func confirm(_ request: Request) async throws -> Response {
    let (id, account) = (try request.id(), try request.account())
    let seen = try request.json()["edition"]?.int64
    try await services.database.write { tx in
      let standing = try self.standing(of: id, for: account, in: tx)
      guard standing.isAsked, standing.isReadable else { throw Self.notAsked }
      guard seen == nil || seen == standing.edition else { throw Self.changed }
      guard Readership.includes(account, in: standing.audience) else { throw Self.notForYou }
      try tx.execute(
        """
        INSERT OR IGNORE INTO read_confirmations (resource, row_id, edition, user_id, version, confirmed_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """, subject.resource, id, standing.edition, account.id, standing.version, tx.now)
      try services.notifications.seen(noticeSubject(id), by: account.id, in: tx)
      try publish("confirm", id, in: tx)
    }
    return .done(Sentence(fr: "Lecture confirmée.", en: "Read confirmed."), for: request)
  }

  /// Marks notifications as read; one that asks for a confirmation stays unread until the row is confirmed.
  private func seen(_ request: Request) async throws -> Response {
    let (id, account) = (try request.id(), try request.account())
    try await services.database.write { tx in
      let standing = try self.standing(of: id, for: account, in: tx)
      let isConfirmed = try tx.scalar(
        "SELECT 1 FROM read_confirmations WHERE resource = ? AND row_id = ? AND edition = ? AND user_id = ?",
        subject.resource, id, standing.edition, account.id)
      if !standing.isAsked || isConfirmed != nil {
        try services.notifications.seen(noticeSubject(id), by: account.id, in: tx)
      }
      try services.notifications.seen(noticeSubject(id) + ":comments", by: account.id, in: tx)
    }
    return .done(Sentence(fr: "Lu.", en: "Read."), for: request)
  }

  private func remind(_ request: Request) async throws -> Response {
    let id = try request.id()
    let count = try await services.database.change(.resourceChanged, on: nil, by: request) { tx in
      let actor = try Privilege.actor(request, right: subject.right, in: tx)
      let standing = try self.standing(of: id, for: actor, in: tx)
      guard standing.isAsked, standing.isReadable else { throw Self.notAsked }
      let waiting = try tx.query(
        Self.waitingSQL, standing.audience, standing.audience, subject.resource, id, standing.edition
      ) { $0.int64(0) }
      try tell(waiting, id, standing, by: nil, in: tx)
      return waiting.count
    }
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.field("message", Sentence(fr: "Rappel envoyé.", en: "Reminder sent.")(request.language))
        json.field("count", count)
      }
    }
  }

  static let waitingSQL = """
    SELECT id FROM (\(Readership.membersSQL)) AS member WHERE NOT EXISTS (
      SELECT 1 FROM read_confirmations AS c
      WHERE c.resource = ? AND c.row_id = ? AND c.edition = ? AND c.user_id = member.id)
    """

  func tell(
    _ people: [Int64], _ id: Int64, _ standing: Standing, by actor: Int64?, in tx: Transaction
  ) throws {
    try services.notifications.notify(
      people,
      of: Notice(
        kind: .confirmationWanted, subject: noticeSubject(id), link: "/\(resource.name)/\(id)", actor: actor,
        details: ["name": standing.title]), in: tx)
  }

  /// Tells the open pages of everyone who can see the row to reload it.
  private func publish(_ verb: String, _ id: Int64, in tx: Transaction) throws {
    let audience = try resource.audience(of: id, services.hub, at: tx.now, in: tx)
    resource.tell(verb, id, to: audience, services.hub, in: tx)
  }

  /// Throws 404 if the row does not exist or the account may not see it.
  func standing(of id: Int64, for account: Account, in connection: Connection) throws -> Standing {
    let now = services.clock.now()
    guard try resource.isVisible(id, to: account, at: now, in: connection) else { throw Failure.notFound }
    let found = try connection.first(subject.rowSQL, now, now, id, map: Standing.init)
    guard let found else { throw Failure.notFound }
    return found
  }

  private func noticeSubject(_ id: Int64) -> String { "\(resource.name):\(id)" }

  private static let notAsked = Failure(
    409, "NOT_ASKED",
    Sentence(fr: "Aucune confirmation de lecture n’est demandée.", en: "No read confirmation is asked for."))

  private static let notForYou = Failure(
    403, "NOT_IN_AUDIENCE",
    Sentence(
      fr: "Cette confirmation n’est demandée qu’aux destinataires.",
      en: "Only the audience is asked for this confirmation."))

  private static let changed = Failure(
    409, "CHANGED_MEANWHILE",
    Sentence(
      fr: "Une nouvelle version vient de paraître. Lisez-la, puis confirmez.",
      en: "A new version has just come out. Read it, then confirm."))
}
