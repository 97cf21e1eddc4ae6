import HTTP
import Store

/// A person's own link, in one of their categories.
struct Shortcut: Sendable {
  static let longestTitle = 200
  static let longestURL = 2000

  var id: Int64 = 0
  var title = ""
  var url = ""
  var category: Int64 = 0

  static let columns = "id, title, url, category_id"

  private static let fields: [(String, Schema, required: Bool)] = [
    ("id", .integer, required: true), ("title", .string, required: true),
    ("name", .described("the same as the title", .string), required: true), ("url", .string, required: true),
    ("category_id", .integer, required: true),
  ]
  static let schema = Schema.object(fields)
  static let answerSchema = Schema.object([("success", .boolean, required: true)] + fields)

  init() {}

  init(_ row: Row) {
    id = row.int64("id")
    title = row.text("title")
    url = row.text("url")
    category = row.int64("category_id")
  }

  /// Applies the fields of a request body; clients that change a link send the title as `name`. Throws 400.
  mutating func take(_ body: JSONValue) throws(Failure) {
    for field in ["title", "name"] {
      if let title = try PersonalRecords.name(field, of: body, most: Self.longestTitle) { self.title = title }
    }
    if let url = try PersonalRecords.text("url", of: body, most: Self.longestURL) {
      self.url = try Self.address(url)
    }
    if let id = try Reference("category_id", of: body).id { category = id }
    if title.isEmpty { throw PersonalRecords.required("title") }
    if url.isEmpty { throw PersonalRecords.required("url") }
    if category == 0 { throw PersonalRecords.required("category_id") }
  }

  /// A web address; `https://` is put before one without a scheme. Throws 400.
  private static func address(_ text: String) throws(Failure) -> String {
    let text = text.trimmed()
    let isWhole = text.hasByte(":") && text.firstRange(of: "://") != nil
    let address = isWhole || !text.hasByte(".") ? text : "https://" + text
    guard Column.isWebAddress(address), address.utf8.count <= longestURL else {
      throw PersonalRecords.wrong(
        "url", "NOT_AN_ADDRESS", fr: "Une adresse qui commence par https://.",
        en: "An address that begins with https://.")
    }
    return address
  }

  func writeFields(to json: inout JSONWriter) {
    json.field("id", id)
    json.field("title", title)
    json.field("name", title)
    json.field("url", url)
    json.field("category_id", category)
  }
}
