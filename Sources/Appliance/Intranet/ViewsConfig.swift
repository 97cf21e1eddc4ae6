import HTTP
import Store

/// View settings of the older intranet's front end.
enum ViewsConfig {
  private static let viewID = Column("viewId", .text(1...100), fr: "Vue", en: "View").unique()

  static let resource = Resource(
    "views-config", table: "views_config", title: Sentence(fr: "Vues de l’intranet", en: "Intranet views"),
    noun: Sentence(fr: "une vue", en: "a view"),
    columns: [
      viewID,
      Column("title", .text(0...200), fr: "Titre", en: "Title", initial: "".value),
      Column(
        "description", .text(0...1_000, lines: true), fr: "Description", en: "Description", initial: "".value),
      Column(
        "layout",
        .choice([
          .init("grid", Sentence(fr: "Grille", en: "Grid")), .init("list", Sentence(fr: "Liste", en: "List")),
          .init("card", Sentence(fr: "Cartes", en: "Cards")),
          .init("table", Sentence(fr: "Tableau", en: "Table")),
        ]), fr: "Présentation", en: "Layout", initial: "grid".value),
      Column("isVisible", .flag, fr: "Visible", en: "Visible", initial: true.value),
      Column(
        "allowedRoles", .choices(Role.allCases.map { .init($0.rawValue) }), fr: "Rôles", en: "Roles",
        initial: "[\"employee\",\"moderator\",\"admin\"]".value),
      Column("customSettings", .object, fr: "Réglages", en: "Settings", initial: "{}".value),
    ]
  )
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right("admin"))
}
