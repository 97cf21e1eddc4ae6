import HTTP
import Store

/// Recommended documents, videos, links and tools, each for a minimum role.
enum LearningResources {
  private static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  private static let description = Column(
    "description", .text(0...5_000, lines: true), fr: "Description", en: "Description", initial: "".value)

  static let resource = Resource(
    "resources", table: "resources", title: Sentence(fr: "Ressources", en: "Resources"),
    noun: Sentence(fr: "une ressource", en: "a resource"),
    columns: [
      title, description,
      Column(
        "type",
        .choice([
          .init("document", Sentence(fr: "Document", en: "Document")),
          .init("video", Sentence(fr: "Vidéo", en: "Video")), .init("link", Sentence(fr: "Lien", en: "Link")),
          .init("tool", Sentence(fr: "Outil", en: "Tool")),
        ]), fr: "Type", en: "Type", initial: "document".value),
      Column("category", .text(0...100), fr: "Catégorie", en: "Category", initial: "".value),
      Column("url", .file, fr: "Adresse", en: "Address", initial: "".value),
      Column("downloadUrl", .file, fr: "Téléchargement", en: "Download", initial: "".value),
      Column("thumbnailUrl", .file, fr: "Vignette", en: "Thumbnail", initial: "".value),
      Column("tags", .tags, fr: "Mots-clés", en: "Tags", initial: "[]".value),
      Column("isPublic", .flag, fr: "Visible", en: "Visible", initial: true.value),
      Column(
        "requiredRole",
        .choice([
          .init("employee", Sentence(fr: "Tout le monde", en: "Everyone")),
          .init("moderator", Sentence(fr: "Modérateurs", en: "Moderators")),
          .init("admin", Sentence(fr: "Administrateurs", en: "Administrators")),
        ]), fr: "Pour", en: "For", initial: "employee".value),
    ]
  )
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right("moderator"))
  .scoped { account, _ in
    switch account?.role {
    case .admin?: ("1", [])
    case .moderator?: ("required_role <> 'admin'", [])
    default: ("required_role = 'employee' AND is_public = 1", [])
    }
  }
  .searchable(title, description)
  .belonging(to: .content)
  .publishing("RESOURCES_CHANGED")
}
