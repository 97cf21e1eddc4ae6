import HTTP
import Store

/// The organisation's links. Personal links are shortcuts.
enum Links {
  private static let title = Column("title", .text(1...100), fr: "Titre", en: "Title")
  private static let description = Column(
    "description", .text(0...500), fr: "Description", en: "Description", initial: "".value)
  private static let position = Column(
    "position", .number(0...1_000_000), fr: "Position", en: "Position", initial: 0.value)
  private static let audience = Column("audience", .audience, fr: "Pour", en: "For", initial: "[]".value)

  static let resource = Resource(
    "links", table: "links", title: Sentence(fr: "Liens", en: "Links"),
    noun: Sentence(fr: "un lien", en: "a link"),
    columns: [
      title,
      Column("url", .text(1...2000), fr: "Adresse", en: "Address").formatted(.webAddress),
      description,
      Column("icon", .text(0...16), fr: "Icône", en: "Icon", initial: "🔗".value),
      Column("category", .text(0...100), fr: "Catégorie", en: "Category", initial: "".value),
      position, audience,
    ]
  )
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right("moderator"))
  .scoped { account, _ in
    guard let account else { return ("id = 0", []) }
    return account.has(right: "moderator") ? ("1", []) : Readership.condition(for: account)
  }
  .searchable(title, description)
  .ordered(by: position)
  .linked { _ in "/links" }
  .publishing("LINKS_CHANGED")
}
