import HTTP
import Store

/// Categories of people. An active category grants its permissions to its people. Changes apply to open
/// sessions at once.
enum EmployeeCategories {
  private static let right = Permission.manageEmployeeCategories.rawValue
  private static let name = Column("name", .text(1...100), fr: "Nom", en: "Name").unique()
  private static let permissions = Column(
    "permissions", .choices(Permission.allCases.map { .init($0.rawValue, $0.label) }), fr: "Droits",
    en: "Permissions", initial: "[]".value)
  static let peopleSQL = "SELECT id FROM users WHERE category_id = ?"

  /// The permissions of a category, active or not; nil when it does not exist.
  static func permissions(of id: Int64, in connection: Connection) throws -> Set<String>? {
    try connection.first("SELECT permissions FROM employee_categories WHERE id = ?", id) {
      Permission.words($0.text(0))
    }
  }

  static let unknown = Failure.invalid([
    FieldError(
      "categoryId", "UNKNOWN_CATEGORY", Sentence(fr: "Catégorie introuvable.", en: "Category not found."))
  ])

  static func resource(_ sessions: Sessions) -> Resource {
    Resource(
      "employee-categories", table: "employee_categories",
      title: Sentence(fr: "Catégories d’utilisateurs", en: "User categories"),
      noun: Sentence(fr: "une catégorie d’utilisateurs", en: "a user category"),
      columns: [
        name,
        Column(
          "description", .text(0...1000, lines: true), fr: "Description", en: "Description", initial: "".value
        ),
        Column("color", .color, fr: "Couleur", en: "Color", initial: "#10B981".value),
        permissions,
        Column("isActive", .flag, fr: "Active", en: "Active", initial: true.value),
        .computed(
          "userCount", .number(0...(.max)), fr: "Utilisateurs", en: "Users",
          sql: "(SELECT count(*) FROM users WHERE category_id = employee_categories.id)"),
      ]
    )
    .allowing(.list, .get, to: .signedIn)
    .allowing(.create, .change, .delete, to: .right(right))
    .searchable(name)
    .audited(as: .categoryChanged)
    .before { change, tx in
      let words = [change.old, change.new].flatMap { $0?.words(permissions) ?? [] }
      try Privilege.check(change.actor, gives: Set(words))
      change.affected = try tx.query(peopleSQL, change.id) { $0.int64(0) }
    }
    .after { change, tx in
      for person in change.affected { try sessions.refresh(person, in: tx) }
    }
  }
}
