import HTTP
import Store

/// The device a person works at: a browser, or a client that sends a name.
struct Workstation: Sendable {
  static func cookie(isTLS: Bool) -> String { isTLS ? "__Host-obox_workstation" : "obox_workstation" }
  static let header = "x-workstation-id"
  /// Lifetime of the cookie: 400 days, the maximum that browsers allow.
  static let cookieSeconds = 400 * 24 * 3600

  let id: Int64
  let name: String
  /// A cookie to set, if the browser has none yet.
  let newToken: String?

  /// How a request identifies its workstation, before the database is read.
  enum Mark: Sendable {
    case named([UInt8])
    /// The workstation of the session whose Bearer token was sent.
    case ofSession(Int64)
    case none
  }

  /// The cookie, else the header, else the session of the Bearer token.
  static func mark(_ request: Request, sessions: Sessions) -> Mark {
    if let hash = request.cookie(cookie(isTLS: request.isTLS)).flatMap({ Token.hash($0, for: .workstation) })
    {
      return .named(hash)
    }
    // Combined with the client's network, so that nobody can claim a guessed name from elsewhere.
    if let name = request.headers[header], (8...200).contains(name.utf8.count) {
      var digest = Digest()
      Array("workstation:\(name)@\(request.place)".utf8).withUnsafeBytes { digest.update($0) }
      return .named(digest.finished())
    }
    if let signedIn = request.signedIn, signedIn.isInteractive,
      let entry = sessions.entry(signedIn.sessionID), entry.workstationID != 0
    {
      return .ofSession(entry.workstationID)
    }
    return .none
  }

  /// The workstation for a mark, created if new.
  static func find(_ mark: Mark, agent: String, in tx: Transaction) throws -> Workstation {
    switch mark {
    case .named(let hash):
      let found = try tx.first("SELECT id, name FROM workstations WHERE token_hash = ?", hash) { row in
        Workstation(id: row.int64(0), name: row.text(1), newToken: nil)
      }
      if let found {
        try tx.execute("UPDATE workstations SET seen_at = ? WHERE id = ?", tx.now, found.id)
        return found
      }
      return try make(hash, token: nil, agent: agent, in: tx)
    case .ofSession(let id):
      let found = try tx.first("SELECT name FROM workstations WHERE id = ?", id) { row in
        Workstation(id: id, name: row.text(0), newToken: nil)
      }
      if let found { return found }
      return try find(.none, agent: agent, in: tx)
    case .none:
      let token = Token(for: .workstation)
      return try make(token.hash, token: token.text, agent: agent, in: tx)
    }
  }

  private static func make(
    _ hash: [UInt8], token: String?, agent: String, in tx: Transaction
  ) throws -> Workstation {
    let name = name(ofAgent: agent)
    try tx.execute(
      "INSERT INTO workstations (token_hash, name, created_at, seen_at) VALUES (?, ?, ?, ?)",
      hash, name, tx.now, tx.now)
    return Workstation(id: tx.lastInsertedID, name: name, newToken: token)
  }

  /// Records that the person has signed in at this workstation.
  func becomeKnown(to user: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT INTO known_workstations (user_id, workstation_id, seen_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at
      """, user, id, tx.now)
  }

  /// Identifies the workstation of this mark if the person has signed in there before; nil otherwise.
  static func known(_ mark: Mark, to user: Int64, in connection: Connection) throws -> String? {
    let id: Int64? =
      switch mark {
      case .none: nil
      case .ofSession(let id):
        try connection.scalar(
          "SELECT workstation_id FROM known_workstations WHERE user_id = ? AND workstation_id = ?", user, id)
      case .named(let hash):
        try connection.scalar(
          """
          SELECT workstation_id FROM known_workstations JOIN workstations ON workstations.id = workstation_id
          WHERE user_id = ? AND token_hash = ?
          """, user, hash)
      }
    return id.map(String.init)
  }

  static func name(_ id: Int64, in connection: Connection) throws -> String {
    try connection.first("SELECT name FROM workstations WHERE id = ?", id, map: { $0.text(0) }) ?? ""
  }

  func cookieHeader(isTLS: Bool) -> (name: String, value: String)? {
    newToken.map { token in
      let secure = isTLS ? "; Secure" : ""
      return (
        "Set-Cookie",
        "\(Self.cookie(isTLS: isTLS))=\(token); Path=/; Max-Age=\(Self.cookieSeconds); HttpOnly; SameSite=Lax\(secure)"
      )
    }
  }

  /// A default name derived from the User-Agent, such as `Firefox · Linux`.
  static func name(ofAgent agent: String) -> String {
    let browsers = [
      ("Edg/", "Edge"), ("OPR/", "Opera"), ("Electron/", "Workspace"), ("Firefox/", "Firefox"),
      ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python"),
    ]
    let systems = [
      ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
      ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]
    let found = [browsers, systems].compactMap { table in table.first { agent.contains($0.0) }?.1 }
    return found.isEmpty ? "OBox" : found.joined(separator: " · ")
  }
}
