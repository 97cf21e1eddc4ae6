import HTTP
import Store

/// The columns of a request that people write.
enum ComplaintFields {
  static let title = Column("title", .text(1...200), fr: "Objet", en: "Title")
  static let description = Column(
    "description", .text(1...10_000, lines: true), fr: "Description", en: "Description")
  static let category = Column(
    "category",
    .choice([
      .init("hr", Sentence(fr: "Ressources humaines", en: "Human resources")),
      .init("it", Sentence(fr: "Informatique", en: "IT")),
      .init("facilities", Sentence(fr: "Locaux et matériel", en: "Facilities")),
      .init("other", Sentence(fr: "Autre", en: "Other")),
    ]), fr: "Catégorie", en: "Category", initial: "other".value)
  static let priority = Column(
    "priority",
    .choice([
      .init("low", Sentence(fr: "Basse", en: "Low")), .init("medium", Sentence(fr: "Normale", en: "Medium")),
      .init("high", Sentence(fr: "Haute", en: "High")),
      .init("urgent", Sentence(fr: "Urgente", en: "Urgent")),
    ]), fr: "Priorité", en: "Priority", initial: "medium".value)

  /// Used only to validate values, as resources do. The routes are in `ComplaintsFeature`.
  static let form = Resource(
    "complaints", table: "complaints", title: Sentence(fr: "Demandes", en: "Requests"),
    noun: Sentence(fr: "une demande", en: "a request"), columns: [title, description, category, priority])

  static func choices(_ column: Column) -> [String] {
    if case .choice(let choices) = column.kind { choices.map(\.word) } else { [] }
  }

  private static func members(isNew: Bool) -> [(String, Schema, required: Bool)] {
    form.columns.map { ($0.name, $0.bodySchema, required: isNew && $0.initial == nil) } + [
      (
        "assignedToId",
        .described("\"\" is none; only those who handle requests set it", .optional(.reference)),
        required: false
      ),
      ("files", AttachedFiles.bodySchema, required: false),
    ]
  }

  static let newSchema = Schema.object(
    members(isNew: true) + [
      (
        "isAnonymous",
        .described("nobody can find out who submitted it; where the settings allow it", .boolean),
        required: false
      )
    ])
  static let changeSchema = Schema.object(
    members(isNew: false) + [("status", ComplaintStatus.schema, required: false)])
}
