import HTTP
import Store

/// A category of people, and the rights it gives to them while it is active.
struct EmployeeCategory: Sendable {
  let id: Int64
  var name: String
  var description: String
  /// `#RRGGBB`.
  var color: String
  var permissions: [Permission]
  var isActive: Bool
  let createdAt: Int64
  let updatedAt: Int64
  let members: Int64

  static let columns = """
    id, name, description, color, permissions, is_active, created_at, updated_at,
    (SELECT count(*) FROM users WHERE category_id = employee_categories.id)
    """

  init(_ row: Row) {
    id = row.int64(0)
    name = row.text(1)
    description = row.text(2)
    color = row.text(3)
    let words = Permission.words(row.text(4))
    permissions = Permission.allCases.filter { words.contains($0.rawValue) }
    isActive = row.bool(5)
    createdAt = row.int64(6)
    updatedAt = row.int64(7)
    members = row.int64(8)
  }

  static func find(_ id: Int64, in connection: Connection) throws -> EmployeeCategory? {
    try connection.first(
      "SELECT \(columns) FROM employee_categories WHERE id = ?", id, map: EmployeeCategory.init)
  }

  /// The people in it.
  func people(in connection: Connection) throws -> [Int64] {
    try connection.query("SELECT id FROM users WHERE category_id = ?", id, map: { $0.int64(0) })
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.id("id", id)
    json.field("name", name)
    json.field("description", description)
    json.field("color", color)
    json.field("permissions", .array(permissions.map { .string($0.rawValue) }))
    json.field("isActive", isActive)
    json.field("userCount", members)
    json.time("createdAt", createdAt)
    json.time("updatedAt", updatedAt)
    json.endObject()
  }

  static let unknown = Failure.invalid([
    FieldError(
      "categoryId", "UNKNOWN_CATEGORY",
      Sentence(fr: "Catégorie introuvable.", en: "Category not found."))
  ])
}
