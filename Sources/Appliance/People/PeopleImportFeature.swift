import HTTP
import Store

/// Import of accounts from a spreadsheet, and export of all.
struct PeopleImportFeature: Feature {
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  let people: People

  var routes: [Route] {
    let path = "/api/admin/users"
    let access = Access.right(People.right)
    let body = Schema.members(
      ["csv": .described("the table, its first row naming the columns", .string)],
      optional: ["apply": .described("false: only tell what would happen", .boolean)])
    return [
      .post(
        path + "/import", access, "Create many users from a CSV table, or preview it", request: body,
        response: PeopleImport.schema, bodyLimit: 1 << 20, load),
      .get(path + "/export", access, "Download all users as CSV", export).producing("text/csv"),
    ]
  }

  private func load(_ request: Request) async throws -> Response {
    let body = try request.json()
    var read = try PeopleImport(body["csv"]?.string ?? "", language: request.language)
    let applies = body["apply"]?.bool == true
    if applies {
      read = try await apply(read, request)
    } else {
      read = try await database.read { [read] connection in
        var read = read
        try read.compare(in: connection)
        return read
      }
    }
    let (shown, language) = (read, request.language)
    return .json(applies ? 201 : 200) { shown.write(to: &$0, applied: applies, in: language) }
  }

  /// Creates the accounts in one transaction; people without a password are invited by mail.
  private func apply(_ read: PeopleImport, _ request: Request) async throws -> PeopleImport {
    var hashes: [Int: String] = [:]
    for row in read.rows where row.outcome == .create && !row.account.password.isEmpty {
      hashes[row.line] = try await passwords.hashed(row.account.password, lane: request.place)
    }
    let made = hashes
    return try await database.change(.userCreated, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: People.right, in: tx)
      var read = read
      try read.compare(in: tx)
      try tx.claimSpace()
      // People with a username come first, so that it is not generated for somebody else.
      let rows = read.rows.filter { $0.outcome == .create }
      for row in rows.filter({ !$0.account.username.isEmpty }) + rows.filter(\.account.username.isEmpty) {
        let account = try row.account.insert(hash: made[row.line], in: tx)
        try Audit.record(
          .userCreated, actor: actor, subject: account, request: request, details: account.role.rawValue,
          in: tx)
        if made[row.line] == nil {
          try people.links.invite(account, by: actor, in: tx)
          try Audit.record(.userInvited, actor: actor, subject: account, request: request, in: tx)
        }
        try sessions.refresh(account.id, in: tx)
      }
      return read
    }
  }

  static let exportSQL = """
    SELECT id, name, username, email, role, department, position, phone, is_active FROM users
    WHERE id > ? ORDER BY id LIMIT ?
    """
  private static let batch = 500

  private func export(_ request: Request) async throws -> Response {
    let isFrench = request.language == .fr
    var csv = CSVText()
    csv.row(
      isFrench
        ? ["Nom", "Identifiant", "Email", "Rôle", "Service", "Fonction", "Téléphone", "Actif"]
        : ["Name", "Username", "Email", "Role", "Department", "Position", "Phone", "Active"])
    var last: Int64 = 0
    while true {
      let start = last
      let rows = try await database.read { connection in
        try connection.query(Self.exportSQL, start, Self.batch) { row in
          (
            id: row.int64("id"),
            cells: ["name", "username", "email", "role", "department", "position", "phone", "is_active"].map {
              row.text($0)
            }
          )
        }
      }
      for row in rows { csv.row(row.cells) }
      guard rows.count == Self.batch, let end = rows.last else { break }
      last = end.id
    }
    return .attachment(csv.bytes, named: "obox-users.csv")
  }
}
