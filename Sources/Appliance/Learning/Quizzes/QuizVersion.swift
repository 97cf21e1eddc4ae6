import HTTP
import Store

/// The questions of a quiz at one time. A version that attempts refer to is kept, so that each can be read as it was
/// taken.
enum QuizVersion {
  static func questions(of quiz: Int64, _ version: Int64, in connection: Connection) throws -> [QuizQuestion]
  {
    let text = try connection.first(
      "SELECT questions FROM quiz_versions WHERE quiz_id = ? AND version = ?", quiz, version
    ) { $0.text(0) }
    return QuizQuestion.stored(text ?? "[]")
  }

  /// Writes the questions of a version, ends the one before unless it has attempts, and attaches the pictures. Throws
  /// 400 when a picture neither belongs to the author of the change nor is attached already.
  static func write(
    _ questions: [QuizQuestion], of quiz: Int64, _ version: Int64, by author: Account, in tx: Transaction
  ) throws {
    let text = QuizQuestion.stored(questions)
    guard text.utf8.count <= mostBytes else { throw tooLong }
    try tx.claimSpace()
    try tx.execute(
      "INSERT INTO quiz_versions (quiz_id, version, question_count, questions) VALUES (?, ?, ?, ?)", quiz,
      version, questions.count, text)
    try tx.execute(
      """
      DELETE FROM quiz_versions WHERE quiz_id = ?1 AND version = ?2 AND NOT EXISTS (
        SELECT 1 FROM quiz_attempts AS a WHERE a.quiz_id = ?1 AND a.version = ?2)
      """, quiz, version - 1)
    try tiePictures(questions, of: quiz, by: author, in: tx)
  }

  /// Attaches the pictures of all versions that are kept.
  private static func tiePictures(
    _ questions: [QuizQuestion], of quiz: Int64, by author: Account, in tx: Transaction
  ) throws {
    let name = Quizzes.resource.name
    var uploads: Set<Int64> = []
    for (index, question) in questions.enumerated() {
      guard let key = UploadedFile.key(in: question.imageURL) else { continue }
      guard let upload = try ResourceFiles.upload(key, for: author, of: name, quiz, in: tx) else {
        throw Failure.invalid([notFound(index)])
      }
      uploads.insert(upload)
    }
    let texts = try tx.query("SELECT questions FROM quiz_versions WHERE quiz_id = ?", quiz) { $0.text(0) }
    for key in texts.flatMap({ LessonFiles.keys(in: $0) }) {
      if let upload = try tx.scalar(
        """
        SELECT u.id FROM uploads AS u JOIN resource_files AS f
          ON f.upload_id = u.id AND f.resource = 'quizzes' AND f.row_id = ?
        WHERE u.key = ?
        """, quiz, key)
      {
        uploads.insert(upload)
      }
    }
    try Resource.untieFiles(name, quiz, in: tx)
    for upload in uploads { try ResourceFiles.tie(upload, to: name, quiz, "picture-\(upload)", in: tx) }
  }

  private static let mostBytes = 512 << 10

  private static func notFound(_ index: Int) -> FieldError {
    FieldError(
      "questions[\(index)].imageUrl", "FILE_NOT_FOUND",
      Sentence(fr: "Image introuvable. Envoyez-la de nouveau.", en: "Picture not found. Upload it again."))
  }

  private static let tooLong = Failure.invalid([
    FieldError(
      "questions", "TOO_LONG",
      Sentence(
        fr: "Ces questions sont trop longues ensemble. Répartissez-les en plusieurs quiz.",
        en: "These questions are too long together. Split them into several quizzes."))
  ])
}
