import HTTP
import Store

/// Writes notifications in the transaction that causes them, and publishes them to open pages after the
/// commit.
final class Notifications: Sendable {
  /// Time a notification must be unread before it is mailed: 10 minutes, in milliseconds.
  static let mailDelay: Int64 = 10 * 60 * 1000

  let hub: Hub

  init(hub: Hub) {
    self.hub = hub
  }

  /// Notifies people. The actor, and people who disabled this kind, are skipped.
  ///
  /// While a notification with the same subject and kind is unread, the new one replaces it and increments
  /// its count, so that the list stays newest first. The number of statements does not depend on the number
  /// of people. With a step (in milliseconds) their time is rounded down to it, and a mail is due at its end.
  func notify(
    _ people: some Sequence<Int64>, of notice: Notice, roundedTo step: Int64? = nil, in tx: Transaction
  ) throws {
    var receivers = Set(people)
    if let actor = notice.actor { receivers.remove(actor) }
    guard !receivers.isEmpty else { return }
    let ways = notice.kind.ways
    let time = step.map { tx.now - tx.now % $0 } ?? tx.now
    let written = try tx.query(
      Self.insertSQL, Self.list(receivers), notice.kind.rawValue, notice.subject, notice.actor,
      notice.detailsJSON, notice.link, time, ways.page, ways.email, time + (step ?? Self.mailDelay),
      notice.message
    ) { row in
      Written(id: row.int64(0), person: row.int64(1), count: row.int(2), isOnPage: row.bool(3))
    }
    guard let first = written.map(\.id).min() else { return }
    if written.contains(where: { $0.count > 1 }) {
      try tx.execute(
        Self.replaceSQL, notice.subject, notice.kind.rawValue, first, Self.list(written.map(\.person)))
    }
    try publish(written.filter(\.isOnPage), notice, at: time, in: tx)
  }

  /// Marks a person's notifications on a subject as read because they have seen it, for instance the channel.
  func seen(_ subject: String, by person: Int64, in tx: Transaction) throws {
    let changed = try tx.execute(Self.seenSQL, tx.now, subject, person)
    if changed > 0 { try publishUnread([person], in: tx) }
  }

  /// Marks everyone's notifications on a subject as read because it is done.
  func settle(_ subject: String, in tx: Transaction) throws {
    try publishUnread(tx.query(Self.settleSQL, tx.now, subject) { $0.int64(0) }, in: tx)
  }

  /// Gives unread notifications on a subject to another one; those that have a counterpart there are read.
  func rename(_ subject: String, to other: String, in tx: Transaction) throws {
    try tx.execute(Self.renameSQL, subject, other)
    try settle(subject, in: tx)
  }

  /// Deletes everyone's notifications on the subjects of something that was deleted. Their subjects must be in
  /// the index that `forgetSQL` uses.
  func forget(_ subjects: [String], in tx: Transaction) throws {
    var people: [Int64] = []
    for subject in subjects { people += try tx.query(Self.forgetSQL, subject) { $0.int64(0) } }
    try publishUnread(people, isChanged: true, in: tx)
  }

  /// Sends people's open pages the unread count. `isChanged`: the remaining notifications have changed, too.
  func publishUnread(_ people: [Int64], isChanged: Bool = false, in tx: Transaction) throws {
    guard !people.isEmpty else { return }
    let told = try tx.query(Self.toldSQL, Self.list(Set(people)), "", false) { row in
      (person: row.int64(0), unread: row.int(1))
    }
    tx.afterCommit { [hub] in
      for (person, unread) in told where hub.isPresent(person) {
        hub.send(Frame(text: Self.unreadFrame(unread, isChanged)), to: [person])
      }
    }
  }

  static func unread(of person: Int64, in connection: Connection) throws -> Int {
    try Int(connection.scalar(unreadSQL, person) ?? 0)
  }

  private struct Written: Sendable {
    let id: Int64
    let person: Int64
    let count: Int
    let isOnPage: Bool
  }

  /// Computes the counts even for people without an open page, since one may open before the commit.
  private func publish(_ written: [Written], _ notice: Notice, at time: Int64, in tx: Transaction) throws {
    guard !written.isEmpty else { return }
    let name = try notice.actor.flatMap { actor in
      try tx.first("SELECT name FROM users WHERE id = ?", actor) { $0.text(0) }
    }
    let told = try tx.query(
      Self.toldSQL, Self.list(written.map(\.person)), notice.kind.rawValue, notice.kind.ways.browser
    ) { row in
      (row.int64(0), (unread: row.int(1), inBrowser: row.bool(2)))
    }
    let states = Dictionary(told) { first, _ in first }
    tx.afterCommit { [hub] in
      for one in written {
        let sockets = hub.sockets(of: one.person)
        guard !sockets.isEmpty, let state = states[one.person] else { continue }
        let item = NotificationItem(
          id: one.id, of: notice, actorName: name, count: one.count, createdAt: time)
        var frames: [Language: Frame] = [:]
        for socket in sockets where socket.account != nil {
          let language = socket.language
          let frame =
            frames[language] ?? Frame(text: Self.frame(item, state.unread, state.inBrowser, language))
          frames[language] = frame
          socket.socket.send(frame)
        }
      }
    }
  }

  private static func frame(
    _ item: NotificationItem, _ unread: Int, _ isInBrowser: Bool, _ language: Language
  ) -> [UInt8] {
    Frames.encode("NOTIFICATION") { json in
      json.object { json in
        item.writeFields(to: &json, in: language)
        json.field("unread", unread)
        json.field("browser", isInBrowser)
        json.field("language", language.rawValue)
      }
    }
  }

  private static func unreadFrame(_ unread: Int, _ isChanged: Bool) -> [UInt8] {
    Frames.encode("NOTIFICATIONS") { json in
      json.object { json in
        json.field("unread", unread)
        if isChanged { json.field("changed", true) }
      }
    }
  }

  /// Ids as a JSON array, for a single `?`.
  static func list(_ ids: some Sequence<Int64>) -> String {
    "[" + ids.map(String.init).joined(separator: ",") + "]"
  }
}
