import HTTP
import Store

/// The notifications of the signed-in person, and their preferences.
struct NotificationsFeature: Feature {
  let site: Site
  let log: Log
  let hub: Hub
  let outbox: Outbox
  let database: Database
  let notifications: Notifications

  private static let path = "/api/notifications"

  var routes: [Route] {
    let one = Self.path + "/:id"
    let wishes = Self.path + "/preferences"
    let schema = NotificationPreferences.schema
    let answer = NotificationPreferences.answerSchema
    return [
      .get(
        Self.path, .signedIn, "List your notifications; unread only with ?unread=1",
        response: .array(NotificationItem.schema), list
      ).reading(QueryParameter.paging + [.flag("unread", "1: unread ones only")]),
      .post(
        Self.path + "/read-all", .signedIn, "Mark all notifications as read", response: Self.unreadSchema,
        readAll),
      .patch(one + "/read", .signedIn, "Mark a notification as read", response: Self.unreadSchema, read),
      .put(one + "/read", .signedIn, "Mark a notification as read", response: Self.unreadSchema, read),
      .delete(
        one, .signedIn, "Delete a notification",
        response: Self.unreadSchema + Schema.members(["message": .string]),
        delete),
      .get(wishes, .signedIn, "Get your notification preferences", response: answer, preferences),
      .put(
        wishes, .signedIn, "Edit your notification preferences", request: schema, response: answer, prefer
      ).checkingKinds(),
      .patch(
        wishes, .signedIn, "Edit your notification preferences", request: schema, response: answer, prefer
      ).checkingKinds(),
    ]
  }

  var jobs: [any JobKind] {
    [
      NotificationDigest(site: site, database: database, hub: hub, outbox: outbox),
      TidyNotifications(database: database, notifications: notifications),
    ]
  }

  var frameHandlers: [String: FrameHandler] { ["MARK_NOTIFICATION_READ": mark] }

  static let listSQL = """
    \(NotificationItem.select) WHERE n.user_id = ? AND n.id < ? AND n.on_page = 1 ORDER BY n.id DESC LIMIT ?
    """
  static let unreadListSQL = """
    \(NotificationItem.select) WHERE n.user_id = ? AND n.id < ? AND n.on_page = 1 AND n.read_at IS NULL
    ORDER BY n.id DESC LIMIT ?
    """

  private func list(_ request: Request) async throws -> Response {
    let id = try request.account().id
    let page = try Paging(request)
    let sql = try request.query.flag("unread") ? Self.unreadListSQL : Self.listSQL
    let (found, unread) = try await database.read { connection in
      (
        try connection.page(sql, [id, page.before], limit: page.limit, map: NotificationItem.init(_:)),
        try Notifications.unread(of: id, in: connection)
      )
    }
    var response = Response.page(found) { item, json in
      guard let item else { return }
      json.object { json in
        item.writeFields(to: &json, in: request.language)
      }
    }
    response.add("X-Unread-Count", String(unread))
    return response
  }

  private func read(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account().id, try request.id())
    let unread = try await database.write { [notifications] tx in
      guard try notifications.read(id, by: account, in: tx) else { throw Failure.notFound }
      return try Notifications.unread(of: account, in: tx)
    }
    return Self.answer(unread)
  }

  private func readAll(_ request: Request) async throws -> Response {
    let account = try request.account().id
    let unread = try await database.write { [notifications] tx in
      try notifications.readAll(by: account, in: tx)
      return try Notifications.unread(of: account, in: tx)
    }
    return Self.answer(unread)
  }

  private func delete(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account().id, try request.id())
    let unread = try await database.write { [notifications] tx in
      guard try notifications.delete(id, of: account, in: tx) else { throw Failure.notFound }
      return try Notifications.unread(of: account, in: tx)
    }
    let sentence = Sentence(fr: "Notification supprimée.", en: "Notification deleted.")
    return Self.answer(unread, sentence(request.language))
  }

  private func preferences(_ request: Request) async throws -> Response {
    let account = try request.account()
    let found = try await database.read { try NotificationPreferences.find(account, in: $0) }
    return .json { found.write(to: &$0, in: request.language) }
  }

  private func prefer(_ request: Request) async throws -> Response {
    let account = try request.account()
    let body = try request.json()
    let kept = try await database.write { [notifications] tx in
      var preferences = try NotificationPreferences.find(account, in: tx)
      let changed = try preferences.apply(body)
      for kind in changed { try preferences.keep(kind, in: tx) }
      if !changed.isEmpty { try notifications.publishUnread([account.id], in: tx) }
      return preferences
    }
    return .json { kept.write(to: &$0, in: request.language) }
  }

  /// `MARK_NOTIFICATION_READ {id}` or `{id: "all"}`; all sockets of the person are told the change.
  private func mark(_ subscriber: Subscriber, _ payload: JSONValue) {
    guard let account = subscriber.account?.id else { return }
    guard !subscriber.isReadOnly else { return subscriber.refuse("FORBIDDEN") }
    let isAll = payload["id"]?.string == "all"
    let id = try? Reference("id", of: payload).id
    guard isAll || id != nil else { return subscriber.refuse(Self.unknown) }
    database.write({ [notifications] tx in
      if let id { return try notifications.read(id, by: account, in: tx) }
      try notifications.readAll(by: account, in: tx)
      return true
    }) { [log] result in
      switch result {
      case .success(true): break
      case .success(false): subscriber.refuse(Self.unknown)
      case .failure(let error):
        log.error("notifications") { $0.field("error", error) }
        subscriber.refuse("INTERNAL")
      }
    }
  }

  private static let unknown = "NOTIFICATION_NOT_FOUND"

  private static let unreadSchema = Schema.members(["success": .boolean, "unread": .integer])

  private static func answer(_ unread: Int, _ message: String? = nil) -> Response {
    .json { json in
      json.object { json in
        json.field("success", true)
        if let message { json.field("message", message) }
        json.field("unread", unread)
      }
    }
  }
}
