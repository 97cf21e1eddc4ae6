import HTTP
import Store

/// `/api/readers`: the possible audiences of a row, and the names of selected ones.
struct ReadersFeature: Feature {
  let database: Database

  private static let most = 12

  private struct Reader: Sendable {
    let target: String
    let kind: String
    let label: Sentence
  }

  private static let schema = Schema.array(
    .members([
      "target": .string, "kind": .enumeration(["department", "role", "category", "user"]), "label": .string,
    ]))

  var routes: [Route] {
    [
      .get("/api/readers", .signedIn, "List whom something can be for", response: Self.schema, list).reading(
        .init("q", .string, "only those with this text"),
        .init("targets", .string, "these targets, as a JSON array: `[\"user:7\",\"department:Sales\"]`"))
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    _ = try request.account()
    let wanted = try request.query["targets"].map(Self.targets)
    let pattern = SearchPattern(request.query["q"])
    let readers = try await database.read { connection in
      if let wanted { return try Self.named(wanted.prefix(500), in: connection) }
      return try Self.found(pattern, in: connection)
    }
    return .json { json in
      json.array { json in
        for reader in readers {
          json.object { json in
            json.field("target", reader.target)
            json.field("kind", reader.kind)
            json.field("label", reader.label(request.language))
          }
        }
      }
    }
  }

  private static func targets(_ text: String) throws(Failure) -> [String] {
    guard let list = JSONValue(parsing: text)?.array else {
      throw .invalid([
        FieldError(
          "targets", "NOT_A_LIST",
          Sentence(fr: "Une liste JSON est attendue.", en: "A JSON list is expected."))
      ])
    }
    return list.compactMap(\.string)
  }

  static let departmentsSQL = """
    SELECT DISTINCT department FROM users WHERE department <> '' AND is_active = 1 AND holds(?, department)
    ORDER BY department LIMIT ?
    """
  static let categoriesSQL = """
    SELECT id, name FROM employee_categories WHERE is_active = 1 AND holds(?, name) ORDER BY name LIMIT ?
    """
  static let peopleSQL = """
    SELECT id, coalesce(nullif(name, ''), username) FROM users
    WHERE is_active = 1 AND is_approved = 1 AND holds(?1, name, username)
    ORDER BY instr(' ' || fold(name) || ' ' || fold(username), ' ' || ?1) = 0, id DESC LIMIT ?2
    """

  private static let personSQL =
    "SELECT coalesce(nullif(name, ''), username) FROM users WHERE id = ? AND is_approved = 1"

  private static func found(_ pattern: SearchPattern?, in connection: Connection) throws -> [Reader] {
    let needle = pattern?.needle ?? ""
    var readers = try connection.query(departmentsSQL, needle, most) { row in
      Reader(target: "department:" + row.text(0), kind: "department", label: same(row.text(0)))
    }
    readers += roles.filter { role in
      needle.isEmpty
        || [role.label(.fr), role.label(.en)].contains { Folding.fold($0).hasBytes(prefix: needle) }
    }
    readers += try connection.query(categoriesSQL, needle, most) { row in
      Reader(target: "category:\(row.int64(0))", kind: "category", label: same(row.text(1)))
    }
    if pattern != nil {
      readers += try connection.query(peopleSQL, needle, most) { row in
        Reader(target: "user:\(row.int64(0))", kind: "user", label: same(row.text(1)))
      }
    }
    return Self.arranged(readers, needle)
  }

  /// Those whose name starts with the text first, then those with a word that does.
  private static func arranged(_ readers: [Reader], _ needle: String) -> [Reader] {
    func rank(_ reader: Reader) -> Int {
      let name = Folding.fold(reader.label(.fr))
      return name.hasBytes(prefix: needle) ? 0 : (" " + name).firstRange(of: " " + needle) != nil ? 1 : 2
    }
    let ranks = readers.map(rank)
    return (0...2).flatMap { wanted in zip(readers, ranks).filter { $0.1 == wanted }.map(\.0) }
  }

  /// The names of targets, in order; deleted ones are omitted.
  private static func named(_ targets: some Sequence<String>, in connection: Connection) throws -> [Reader] {
    try targets.compactMap { target in
      let parts = target.split(byte: ":", maxSplits: 1)
      guard Readership.isTarget(target), let kind = parts.first.map({ String($0) }), let rest = parts.last
      else {
        return nil
      }
      switch kind {
      case "department": return Reader(target: target, kind: kind, label: same(String(rest)))
      case "role": return roles.first { $0.target == target }
      default:
        let sql = kind == "user" ? personSQL : "SELECT name FROM employee_categories WHERE id = ?"
        let name = try connection.first(sql, Int64(digits: rest) ?? 0, map: { $0.text(0) })
        return name.map { Reader(target: target, kind: kind, label: same($0)) }
      }
    }
  }

  private static func same(_ text: String) -> Sentence { Sentence(fr: text, en: text) }

  private static let roles = [
    Reader(target: "role:employee", kind: "role", label: Sentence(fr: "Membres", en: "Members")),
    Reader(target: "role:moderator", kind: "role", label: Sentence(fr: "Modérateurs", en: "Moderators")),
    Reader(target: "role:admin", kind: "role", label: Sentence(fr: "Administrateurs", en: "Administrators")),
  ]
}
