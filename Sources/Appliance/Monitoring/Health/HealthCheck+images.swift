import HTTP

extension HealthCheck {
  /// Whether there are images for new machines, and none is left out.
  static func images(_ library: ImageLibrary) -> HealthCheck {
    HealthCheck("images", Sentence(fr: "Images système", en: "System images")) {
      let skipped: [ImageLibrary.Skipped]
      do { skipped = try await library.scan().skipped } catch ImageLibrary.Problem.noFolder { skipped = [] }
      if let first = skipped.first { return left(out: skipped.count, first) }
      let count = try await library.images().count
      return count == 0 ? noImages(in: library.folder) : offered(count)
    }
  }

  private static func offered(_ count: Int) -> HealthFinding {
    .ok(
      Sentence(
        fr: count == 1 ? "1 image proposée." : "\(count) images proposées.",
        en: count == 1 ? "1 image available." : "\(count) images available."))
  }

  private static func noImages(in folder: String) -> HealthFinding {
    .attention(
      Sentence(
        fr: "Aucune image : aucune machine ne peut être créée.",
        en: "No images: no machines can be created."),
      advice: Sentence(
        fr: "Copiez une image cloud dans \(folder), par exemple debian/12.qcow2.",
        en: "Copy a cloud image into \(folder), for example as debian/12.qcow2."))
  }

  private static func left(out count: Int, _ first: ImageLibrary.Skipped) -> HealthFinding {
    HealthFinding.attention(
      Sentence(
        fr: count == 1
          ? "1 fichier ignoré : \(first.path)." : "\(count) fichiers ignorés, dont \(first.path).",
        en: count == 1 ? "1 file skipped: \(first.path)." : "\(count) files skipped, including \(first.path)."
      ),
      advice: first.sentence
    ).on(page: "/host")
  }
}
