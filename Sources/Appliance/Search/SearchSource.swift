import HTTP
import Store

/// Rows of one table that can be found.
///
/// Triggers of the table (`Migration.searched`) note the rows that changed; the index reads them by `rowSQL`.
struct SearchSource: Sendable {
  /// Which rows exist for somebody: a condition on the table's columns, with a value for each `?`. Nil: none.
  typealias Scope = @Sendable (Account, Int64) -> (sql: String, arguments: [Value])?

  /// The word of answers, such as `announcements`. Letters and hyphens.
  let kind: String
  /// What people call all of them: "Announcements".
  let label: Sentence
  let table: String
  /// Selects title and text of the row `?`; no row where it is not to be found.
  let rowSQL: String
  let scope: Scope
  /// Whether the source is searched at all: false where its part of the product is switched off.
  var isOn: @Sendable () -> Bool = { true }
  /// The page of a row.
  let link: @Sendable (Int64) -> String

  /// The kind as one word of the index.
  var word: String { kind.filter { $0 != "-" } }
}

/// Something that was found.
struct SearchHit: Sendable {
  let kind: String
  let id: Int64
  let title: String
  /// A part of the text, with what was found between U+0002 and U+0003.
  let snippet: String
  /// A path of the page.
  let link: String

  static let schema = Schema.members([
    "kind": .string, "id": .id, "title": .string,
    "snippet": .described("what was found stands between U+0002 and U+0003", .string), "link": .string,
    "label": .string,
  ])

  func write(to json: inout JSONWriter, label: String) {
    json.object { json in
      json.field("kind", kind)
      json.id("id", id)
      json.field("title", title)
      json.field("snippet", snippet)
      json.field("link", link)
      json.field("label", label)
    }
  }
}

/// What else can be found, by an index of its own: messages of the chat.
struct SearchProvider: Sendable {
  let kind: String
  let label: Sentence
  var isOn: @Sendable () -> Bool = { true }
  /// The newest that have the words and that the account may read, at most so many.
  let find: @Sendable (SearchWords, Account, Int) async throws -> [SearchHit]
}
