import HTTP
import Store

/// Categories of contents.
enum Categories {
  private static let name = Column("name", .text(1...100), fr: "Nom", en: "Name").unique()
  private static let sortOrder = Column(
    "sortOrder", .number(0...1_000_000), fr: "Position", en: "Position", initial: 0.value)

  static let resource = Resource(
    "categories", table: "categories",
    title: Sentence(fr: "Catégories de contenus", en: "Content categories"),
    noun: Sentence(fr: "une catégorie", en: "a category"),
    columns: [
      name,
      Column(
        "description", .text(0...1000, lines: true), fr: "Description", en: "Description", initial: "".value),
      Column("icon", .text(0...16), fr: "Icône", en: "Icon", initial: "📁".value),
      Column("color", .color, fr: "Couleur", en: "Color", initial: "#3B82F6".value),
      Column("isVisible", .flag, fr: "Visible", en: "Visible", initial: true.value),
      sortOrder,
    ]
  )
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right("admin"))
  .scoped { account, _ in account?.role == .admin ? ("1", []) : ("is_visible = 1", []) }
  .searchable(name)
  .ordered(by: sortOrder)
  .publishing("CATEGORIES_CHANGED")
}
