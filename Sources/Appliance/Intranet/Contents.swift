import HTTP
import Store

/// The media library: videos, pictures, documents and sounds.
enum Contents {
  private static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  private static let description = Column(
    "description", .text(0...5_000, lines: true), fr: "Description", en: "Description", initial: "".value)

  /// Counts one view of a media item per call.
  private static func view(_ database: Database) -> Route {
    .post("/api/contents/:id/view", .signedIn, "Count a view of a media item", response: .done) { request in
      let id = try request.id()
      let isThere = try await database.write { tx in
        try tx.execute("UPDATE contents SET view_count = view_count + 1 WHERE id = ?", id) == 1
      }
      guard isThere else { throw Failure.notFound }
      return .done(Sentence(fr: "Vue comptée.", en: "View counted."), for: request)
    }
  }

  static func resource(_ database: Database) -> Resource {
    Resource(
      "contents", table: "contents", title: Sentence(fr: "Médiathèque", en: "Media library"),
      noun: Sentence(fr: "un média", en: "a media item"),
      columns: [
        title,
        Column(
          "type",
          .choice([
            .init("video", Sentence(fr: "Vidéo", en: "Video")),
            .init("image", Sentence(fr: "Image", en: "Picture")),
            .init("document", Sentence(fr: "Document", en: "Document")),
            .init("audio", Sentence(fr: "Audio", en: "Audio")),
          ]), fr: "Type", en: "Type", initial: "document".value),
        Column("category", .text(0...100), fr: "Catégorie", en: "Category", initial: "".value),
        description,
        Column("fileUrl", .file, fr: "Fichier", en: "File", initial: "".value),
        Column("thumbnailUrl", .file, fr: "Vignette", en: "Thumbnail", initial: "".value),
        Column("duration", .number(0...10_000_000), fr: "Durée (s)", en: "Duration (s)", initial: 0.value),
        .stamp("viewCount", .number(0...(.max)), fr: "Vues", en: "Views") { _ in 0.value },
        Column("rating", .number(0...5), fr: "Note", en: "Rating", initial: 0.value),
        Column("tags", .tags, fr: "Mots-clés", en: "Tags", initial: "[]".value),
        Column("isPopular", .flag, fr: "Populaire", en: "Popular", initial: false.value),
        Column("isFeatured", .flag, fr: "À la une", en: "Featured", initial: false.value),
      ]
    )
    .allowing(.list, .get, to: .signedIn)
    .allowing(.create, .change, .delete, to: .right("moderator"))
    .searchable(title, description)
    .belonging(to: .content)
    .publishing("CONTENTS_CHANGED")
    .linked { "/media/\($0)" }
    .adding(view(database))
  }
}
