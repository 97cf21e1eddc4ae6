import HTTP
import Store

/// Creates many accounts from a spreadsheet's table: first a preview, then all or none.
struct PeopleImport: Sendable {
  static let mostRows = 500
  /// Maximum number of accounts with a password in the table, since each must be hashed.
  private static let mostPasswords = 100

  enum Outcome: String, Sendable, CaseIterable {
    case create
    /// The address is in use already; the row is skipped.
    case exists
    case error
  }

  struct Row: Sendable {
    let line: Int
    var account: NewAccount
    var outcome = Outcome.create
    var message: Sentence?
  }

  private(set) var rows: [Row] = []

  /// The accepted names of each column, folded.
  private static let names: [(field: String, words: Set<String>)] = [
    ("name", ["nom", "name", "nom complet", "full name"]), ("first", ["prenom", "first name", "firstname"]),
    ("last", ["nom de famille", "last name", "lastname", "surname"]),
    ("email", ["email", "e mail", "mail", "courriel", "adresse e mail", "email address"]),
    ("username", ["identifiant", "username", "login"]), ("password", ["mot de passe", "password"]),
    ("department", ["service", "departement", "department", "classe", "class", "groupe", "group"]),
    ("position", ["fonction", "poste", "position", "title", "job title"]),
    ("phone", ["telephone", "tel", "phone", "mobile"]),
  ]

  /// Parses the table. Throws 400 when it is malformed, or has no column that identifies people.
  init(_ text: String, language: Language) throws(Failure) {
    guard let table = CSVTable(text, mostRows: Self.mostRows + 1) else { throw Self.unreadable }
    guard let head = table.rows.first, table.rows.count > 1 else { throw Self.empty }
    let fields = head.cells.map { Self.field($0) }
    guard fields.contains("email") || fields.contains("username") else { throw Self.noColumns }
    for row in table.rows.dropFirst() {
      var body: [String: JSONValue] = [:]
      for (field, cell) in zip(fields, row.cells) { if let field { body[field] = .string(cell) } }
      let parts = [body["first"]?.string, body["last"]?.string ?? body["name"]?.string]
      if fields.contains("first") { body["name"] = .string(parts.compactMap(\.self).joined(separator: " ")) }
      rows.append(Self.checked(Row(line: row.line, account: NewAccount(.object(body), language: language))))
    }
    refuseRepetitions()
  }

  private static func field(_ title: String) -> String? {
    let folded = SearchTokens(title).document
    return names.first { $0.words.contains(folded) }?.field
  }

  private static func checked(_ row: Row) -> Row {
    var row = row
    let hasPassword = !row.account.password.isEmpty
    do throws(Failure) {
      try row.account.check(
        needsEmail: !hasPassword, needsUsername: row.account.email == nil, needsPassword: hasPassword)
    } catch {
      row.outcome = .error
      row.message = error.errors.first?.sentence ?? error.sentence
    }
    return row
  }

  private mutating func refuseRepetitions() {
    var seen: Set<String> = []
    var passwords = 0
    for index in rows.indices where rows[index].outcome == .create {
      let account = rows[index].account
      let keys = [account.email, account.username.isEmpty ? nil : account.username.lowercased()].compactMap(
        \.self)
      if !seen.isDisjoint(with: keys) { refuse(index, Self.twice) }
      seen.formUnion(keys)
      passwords += account.password.isEmpty ? 0 : 1
      if passwords > Self.mostPasswords { refuse(index, Self.manyPasswords) }
    }
  }

  private mutating func refuse(_ index: Int, _ message: Sentence) {
    rows[index].outcome = .error
    rows[index].message = message
  }

  /// Marks the rows of people who have an account already.
  mutating func compare(in connection: Connection) throws {
    for index in rows.indices where rows[index].outcome == .create {
      let account = rows[index].account
      if let email = account.email, try connection.scalar("SELECT 1 FROM users WHERE email = ?", email) != nil
      {
        rows[index].outcome = .exists
      } else if !account.username.isEmpty,
        try connection.scalar("SELECT 1 FROM users WHERE username = ?", account.username) != nil
      {
        if account.email == nil { rows[index].outcome = .exists } else { refuse(index, Self.usernameTaken) }
      }
    }
  }

  func count(_ outcome: Outcome) -> Int { rows.count { $0.outcome == outcome } }

  static let schema = Schema.members([
    "success": .boolean, "applied": .boolean, "create": .integer, "exists": .integer, "error": .integer,
    "rows": .array(
      .members([
        "line": .integer, "name": .string, "email": .string, "username": .string, "department": .string,
        "position": .string, "phone": .string, "outcome": .words(Outcome.self), "message": .string,
      ])),
  ])

  func write(to json: inout JSONWriter, applied: Bool, in language: Language) {
    json.object { json in
      json.field("success", true)
      json.field("applied", applied)
      json.field("create", count(.create))
      json.field("exists", count(.exists))
      json.field("error", count(.error))
      json.array("rows") { json in
        for row in rows {
          json.object { json in
            json.field("line", row.line)
            json.field("name", row.account.name)
            json.field("email", row.account.email ?? "")
            json.field("username", row.account.username)
            json.field("department", row.account.department)
            json.field("position", row.account.position)
            json.field("phone", row.account.phone)
            json.field("outcome", row.outcome.rawValue)
            json.field("message", row.message?(language) ?? "")
          }
        }
      }
    }
  }
}

extension PeopleImport {
  private static func invalid(_ code: String, fr: String, en: String) -> Failure {
    .invalid([FieldError("csv", code, Sentence(fr: fr, en: en))])
  }

  private static let unreadable = invalid(
    "INVALID_CSV", fr: "Fichier CSV illisible, ou de plus de \(mostRows) lignes. Vérifiez les guillemets.",
    en: "The CSV file cannot be read, or has more than \(mostRows) rows. Check the quotes.")
  private static let empty = invalid(
    "EMPTY_CSV", fr: "Le fichier ne contient que l’en-tête, ou rien.",
    en: "The file has no rows below its header.")
  private static let noColumns = invalid(
    "NO_COLUMNS", fr: "La première ligne doit nommer les colonnes, dont « email » ou « identifiant ».",
    en: "The first row must name the columns, one of them \"email\" or \"username\".")
  private static let twice = Sentence(
    fr: "Cette personne figure deux fois dans le fichier.", en: "This person is in the file twice.")
  private static let manyPasswords = Sentence(
    fr: "\(mostPasswords) mots de passe au plus par fichier. Invitez les autres par e-mail.",
    en: "At most \(mostPasswords) passwords per file. Invite the others by email.")
  private static let usernameTaken = Sentence(
    fr: "Cet identifiant est déjà utilisé.", en: "This username is already taken.")
}
