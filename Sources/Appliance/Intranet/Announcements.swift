import HTTP
import Store

/// Announcements. Public ones without an audience are also visible without sign-in.
enum Announcements {
  static let right = Permission.manageAnnouncements.rawValue
  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  private static let content = Column("content", .text(1...20_000, lines: true), fr: "Texte", en: "Text")
  private static let type = Column(
    "type",
    .choice([
      .init("info", Sentence(fr: "Information", en: "Information")),
      .init("important", Sentence(fr: "Important", en: "Important")),
      .init("event", Sentence(fr: "Événement", en: "Event")),
      .init("formation", Sentence(fr: "Formation", en: "Training")),
    ]), fr: "Type", en: "Type", initial: "info".value)
  private static let authorID = Column.stamp(
    "authorId", .reference(to: "users"), fr: "Auteur", en: "Author"
  ) { $0.id.value }
  private static let isImportant = Column(
    "isImportant", .flag, fr: "Importante", en: "Important", initial: false.value)
  private static let status = Column(
    "status",
    .choice([
      .init("published", Sentence(fr: "Publiée", en: "Published")),
      .init("draft", Sentence(fr: "Brouillon", en: "Draft")),
    ]), fr: "État", en: "Status", initial: "published".value)
  private static let publishAt = Column(
    "publishAt", .time, fr: "Publier le", en: "Publish on", initial: .null)
  private static let expiresAt = Column(
    "expiresAt", .time, fr: "Retirer le", en: "Remove on", initial: .null)
  private static let audience = Column("audience", .audience, fr: "Pour", en: "For", initial: "[]".value)
  private static let requiresConfirmation = Column(
    "requiresConfirmation", .flag, fr: "Demander une confirmation de lecture",
    en: "Ask for read confirmation", initial: false.value)
  /// When the audience was notified; null until the first publication.
  private static let announcedAt = Column.stamp(
    "announcedAt", .time, fr: "Annoncée le", en: "Announced at"
  ) { _ in .null }

  static let confirmations = ReadConfirmations.Subject(
    resource: "announcements", table: "announcements", edition: "announcements.edition", right: right,
    rowSQL: """
      SELECT requires_confirmation, edition, audience, title, '', \(isLive) FROM announcements WHERE id = ?3
      """)

  /// SQL: whether a row is published now. Arguments: the time in milliseconds, twice.
  private static let live =
    "(status = 'published' AND (publish_at IS NULL OR publish_at <= ?) AND (expires_at IS NULL OR expires_at > ?))"
  private static let isLive =
    "(status = 'published' AND (publish_at IS NULL OR publish_at <= ?1) AND (expires_at IS NULL OR expires_at > ?2))"

  private static let columns: [Column] = [
    title, content, type, authorID,
    .computed(
      "authorName", .text(0...200), fr: "Auteur", en: "Author", sql: personName("announcements.author_id")),
    Column("imageUrl", .file, fr: "Image", en: "Picture", initial: "".value),
    Column("icon", .text(0...16), fr: "Icône", en: "Icon", initial: "📢".value),
    isImportant,
    Column("isPinned", .flag, fr: "Épinglée", en: "Pinned", initial: false.value),
    Column(
      "isPublic", .flag, fr: "Visible sans connexion", en: "Visible without sign-in", initial: true.value),
    status, publishAt, expiresAt, audience, requiresConfirmation,
    Column("allowsComments", .flag, fr: "Commentaires", en: "Comments", initial: true.value),
    .stamp("edition", .number(1...(.max)), fr: "Édition", en: "Edition") { _ in 1.value },
    announcedAt, confirmations.count, confirmations.isAsked, confirmations.isConfirmed,
    Comments.count(of: "announcements"),
  ]

  /// SQL: an account's display name; a dash when the account is deleted.
  static func personName(_ id: String) -> String {
    "coalesce((SELECT CASE name WHEN '' THEN username ELSE name END FROM users WHERE users.id = \(id)), '—')"
  }

  static func resource(_ services: IntranetServices) -> Resource {
    let whole = table.before(prepare).after { change, tx in try follow(change, services.notifications, tx) }
    let readers = ReadConfirmations(confirmations, of: table, services: services)
    let comments = Comments(
      resource: table, right: right, services: services,
      openSQL: "SELECT allows_comments, author_id, title FROM announcements WHERE id = ?")
    return whole.adding(readers.routes + [readers.askAgain] + comments.routes)
  }

  private static let table = Resource(
    "announcements", table: "announcements", title: Sentence(fr: "Annonces", en: "Announcements"),
    noun: Sentence(fr: "une annonce", en: "an announcement"), columns: columns
  )
  .allowing(.list, .get, to: .everyone)
  .allowing(.create, .change, .delete, to: .right(right))
  .scoped { account, now in
    if account?.has(right: right) == true { return ("1", []) }
    return readers(account, now)
  }
  .searchable(title, content)
  .belonging(to: .announcements)
  .publishing("NEW_ANNOUNCEMENT")
  .restorable()
  .linked { "/announcements/\($0)" }

  /// Condition: published announcements for the account's audiences; without an account, only public ones for
  /// everyone.
  static func readers(_ account: Account?, _ now: Int64) -> (sql: String, arguments: [Value]) {
    guard let account else {
      return ("\(live) AND is_public = 1 AND audience = '[]'", [now.value, now.value])
    }
    let (sql, arguments) = Readership.condition(for: account)
    return ("\(live) AND \(sql)", [now.value, now.value] + arguments)
  }

  /// Sets `announcedAt` when an announcement is published for the first time.
  private static func prepare(_ change: inout Resource.Change, _ tx: Transaction) {
    guard var new = change.new, new[announcedAt] == .null, new.text(status) == "published",
      new.int64(publishAt) ?? 0 <= tx.now, new.int64(expiresAt) ?? .max > tx.now
    else { return }
    new[announcedAt] = tx.now.value
    change.new = new
  }

  private static func follow(
    _ change: Resource.Change, _ notifications: Notifications, _ tx: Transaction
  ) throws {
    guard let new = change.new, let old = change.old else {
      if let new = change.new, new[announcedAt] != .null { try announce(new, notifications, in: tx) }
      if change.new == nil { try notifications.settle("announcements:\(change.id)", in: tx) }
      return
    }
    let isNews = old[announcedAt] == .null
    let isAskedNow = new.bool(requiresConfirmation) && !old.bool(requiresConfirmation)
    if new[announcedAt] != .null, isNews || isAskedNow { try announce(new, notifications, in: tx) }
  }

  /// Notifies the audience.
  private static func announce(_ row: Record, _ notifications: Notifications, in tx: Transaction) throws {
    let kind: Notice.Kind =
      row.bool(requiresConfirmation)
      ? .confirmationWanted : row.bool(isImportant) ? .importantAnnouncement : .announcement
    try notifications.notify(
      Readership.members(of: row.text(audience), in: tx),
      of: Notice(
        kind: kind, subject: "announcements:\(row.id)", link: "/announcements/\(row.id)",
        actor: row.int64(authorID), details: ["name": row.text(title)]), in: tx)
  }
}

/// Scheduled announcements.
extension Announcements {
  static let dueSQL = """
    SELECT id FROM announcements WHERE announced_at IS NULL AND status = 'published' AND publish_at <= ?
      AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > ?) LIMIT 50
    """

  /// Announces up to 50 scheduled announcements that are due. Returns whether more may remain.
  static func announceDue(_ services: IntranetServices) async throws -> Bool {
    let now = services.clock.now()
    let isDue = try await services.database.read { try $0.scalar(dueSQL, now, now) != nil }
    guard isDue else { return false }
    return try await services.database.write { tx in
      let due = try tx.query(dueSQL, tx.now, tx.now) { $0.int64(0) }
      for id in due {
        try tx.execute("UPDATE announcements SET announced_at = ? WHERE id = ?", tx.now, id)
        guard let row = try table.row(id, as: nil, in: tx) else { continue }
        try announce(row, services.notifications, in: tx)
        let audience = try table.audience(of: id, services.hub, at: tx.now, in: tx)
        table.tell("publish", id, to: audience, services.hub, in: tx)
      }
      return due.count == 50
    }
  }
}
