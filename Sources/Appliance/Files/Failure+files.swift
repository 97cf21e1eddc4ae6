import HTTP

/// Errors of uploads, and of files attached to messages.
extension Failure {
  static let fileTypeNotAllowed = Failure(
    415, "FILE_TYPE_NOT_ALLOWED",
    Sentence(
      fr:
        "Type de fichier non accepté. Formats acceptés : images PNG, JPEG, GIF et WebP, PDF, vidéos MP4 et WebM, "
        + "audio MP3, WAV, M4A et Ogg, documents Office et OpenDocument, archives ZIP et gzip, texte en UTF-8.",
      en:
        "File type not accepted. Accepted formats: PNG, JPEG, GIF and WebP images, PDF, MP4 and WebM "
        + "videos, MP3, WAV, M4A and Ogg audio, Office and OpenDocument files, ZIP and gzip archives, and "
        + "UTF-8 text."))

  static let fileNotFound = Failure(
    400, "FILE_NOT_FOUND",
    Sentence(
      fr: "Fichier introuvable. Envoyez-le de nouveau.",
      en: "File not found. Upload it again."))

  static let tooManyFiles = Failure(
    400, "TOO_MANY_FILES",
    Sentence(
      fr: "\(ChatFiles.mostPerMessage) fichiers maximum par message.",
      en: "\(ChatFiles.mostPerMessage) files maximum per message."))
}
