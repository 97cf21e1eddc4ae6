import HTTP

/// Why an archive is not read.
extension Failure {
  static let notAnArchive = Failure(
    400, "NOT_AN_ARCHIVE",
    Sentence(
      fr: "Ce fichier n’est pas une archive ZIP, ou il est endommagé.",
      en: "This file is not a ZIP archive, or it is damaged."))

  static let encryptedArchive = Failure(
    400, "ARCHIVE_ENCRYPTED",
    Sentence(
      fr: "Cette archive est protégée par un mot de passe. Créez-la sans mot de passe.",
      en: "This archive is protected by a password. Create it without one."))

  static func unsafeArchive(_ name: String) -> Failure {
    Failure(
      400, "ARCHIVE_UNSAFE",
      Sentence(
        fr: "Cette archive contient un lien ou un chemin non autorisé : « \(shown(name)) ».",
        en: "This archive has a link or a path that is not allowed: “\(shown(name))”."))
  }

  static func twiceInArchive(_ name: String) -> Failure {
    Failure(
      400, "ARCHIVE_UNSAFE",
      Sentence(
        fr: "Cette archive contient deux fois « \(shown(name)) ».",
        en: "This archive has “\(shown(name))” twice."))
  }

  static func tooManyEntries(_ most: Int) -> Failure {
    Failure(
      413, "ARCHIVE_TOO_LARGE",
      Sentence(
        fr: "Une archive a au plus \(most) fichiers.", en: "An archive has at most \(most) files."))
  }

  /// `most` in bytes.
  static func archiveTooLarge(_ most: Int) -> Failure {
    Failure(
      413, "ARCHIVE_TOO_LARGE",
      Sentence(
        fr: "Décompressée, cette archive dépasse \(most >> 20) Mo.",
        en: "Unpacked, this archive is larger than \(most >> 20) MB."))
  }

  static let noUnpacker = Failure(
    503, "NOT_INSTALLED",
    Sentence(
      fr:
        "Ce serveur ne peut pas lire les archives. Un administrateur doit y installer le paquet libarchive-tools.",
      en:
        "This server cannot read archives. An administrator has to install the package libarchive-tools on it."
    ))

  /// A name from an archive, to be shown.
  private static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(80).map {
      $0.isASCII && $0.value >= 32 && $0 != "\u{7F}" ? $0 : "?"
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
