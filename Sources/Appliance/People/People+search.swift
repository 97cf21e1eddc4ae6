import HTTP
import Store

extension People {
  /// Search in people, by the fields that the directory shows.
  static let searchSource = SearchSource(
    kind: "people", label: Sentence(fr: "Personnes", en: "People"), table: "users",
    rowSQL: """
      SELECT name, username || char(10) || department || char(10) || position FROM users WHERE id = ?
      """,
    scope: { account, _ in (account.has(right: right) ? "1" : "is_active = 1 AND is_approved = 1", []) },
    link: { _ in "/directory" })
}
