import HTTP

/// The learners of a course as a table.
enum LearnerTable {
  static let heading = [
    Sentence(fr: "Nom", en: "Name"), Sentence(fr: "Identifiant", en: "Username"),
    Sentence(fr: "Service", en: "Department"), Sentence(fr: "État", en: "Status"),
    Sentence(fr: "Progression (%)", en: "Progress (%)"), Sentence(fr: "Leçon", en: "Lesson"),
    Sentence(fr: "Dernière activité", en: "Last active"), Sentence(fr: "Temps (min)", en: "Time (min)"),
    Sentence(fr: "Score (%)", en: "Score (%)"), Sentence(fr: "Quiz", en: "Quizzes"),
    Sentence(fr: "Terminé le", en: "Completed on"), Sentence(fr: "Relancé le", en: "Reminded on"),
  ]

  static func cells(of learner: CourseLearner, in language: Language) -> [String] {
    [
      learner.name, learner.username, learner.department, word(learner.state)(language),
      String(learner.progress), learner.lesson ?? "", learner.lastActiveAt.map(RFC3339.text) ?? "",
      String(learner.timeSpent / Enrolment.minute), learner.score.map { String($0) } ?? "",
      learner.quizzes.map(text).joined(separator: ", "), learner.completedAt.map(RFC3339.text) ?? "",
      learner.remindedAt.map(RFC3339.text) ?? "",
    ]
  }

  /// `Safety 80 % (2/3)`: the best score, and how many of the attempts are used.
  private static func text(_ quiz: CourseLearner.Quiz) -> String {
    let score = quiz.bestScore.map { "\($0)\u{a0}%" } ?? "–"
    return "\(quiz.title) \(score) (\(quiz.attempts)/\(quiz.allowed))"
  }

  static func word(_ state: LearnerState) -> Sentence {
    switch state {
    case .done: Sentence(fr: "Terminé", en: "Completed")
    case .underway: Sentence(fr: "En cours", en: "In progress")
    case .notStarted: Sentence(fr: "Pas commencé", en: "Not started")
    case .late: Sentence(fr: "En retard", en: "Late")
    case .stuck: Sentence(fr: "Bloqué", en: "Stuck")
    }
  }
}
