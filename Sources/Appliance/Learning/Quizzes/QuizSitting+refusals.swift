import HTTP

extension QuizSitting {
  static func tooManyAnswers(_ count: Int) -> FieldError {
    FieldError(
      "answers", "TOO_MANY",
      Sentence(fr: "Ce quiz a \(count) questions.", en: "This quiz has \(count) questions."))
  }

  /// Names the attempt, which was marked with what had been saved.
  static func timeOver(_ attempt: Int64?) -> Failure {
    Failure(
      409, "TIME_OVER",
      Sentence(
        fr: "Le temps est écoulé. Les réponses enregistrées jusque-là ont été notées.",
        en: "The time is over. The answers saved until then have been marked."),
      details: attempt.map { [("attemptId", .string(String($0)))] } ?? [])
  }

  static let refusalSchema = Schema.failure + .members([:], optional: ["attemptId": .id])

  static let noQuestions = Failure(
    409, "NO_QUESTIONS",
    Sentence(fr: "Ce quiz n’a pas encore de questions.", en: "This quiz has no questions yet."))
  static let alreadyPassed = Failure(
    409, "ALREADY_PASSED",
    Sentence(fr: "Vous avez déjà réussi ce quiz.", en: "You have already passed this quiz."))
  static let noAttemptsLeft = Failure(
    409, "NO_ATTEMPTS_LEFT",
    Sentence(
      fr: "Vous avez utilisé toutes vos tentatives. Adressez-vous à votre formateur.",
      en: "You have used all your attempts. Ask your trainer."))
  static let notStarted = Failure(
    409, "NOT_STARTED", Sentence(fr: "Commencez d’abord le quiz.", en: "Start the quiz first."))
  static let noOpenAttempt = Failure(
    409, "NO_OPEN_ATTEMPT",
    Sentence(
      fr: "Cette tentative est déjà terminée, peut-être sur un autre appareil.",
      en: "This attempt has already ended, perhaps on another device."))
}
