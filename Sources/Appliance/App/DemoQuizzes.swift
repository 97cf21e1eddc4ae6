import HTTP
import Store

/// A quiz at the end of the demo's course, with attempts of its learners. Created once, after `DemoCourses`.
struct DemoQuizzes {
  let appliance: Appliance

  func run() async throws {
    let questions = QuizQuestion.numbered(try QuizQuestion.list(.array(Self.questions)))
    try await appliance.database.write { tx in
      guard let author = try Account.find(login: "claire", in: tx),
        let course = try tx.scalar(
          "SELECT id FROM courses WHERE author_id = ? ORDER BY id LIMIT 1", author.id)
      else { return }
      let at = tx.now - 18 * 86_400_000
      try tx.execute(
        """
        INSERT INTO quizzes (course_id, title, description, passing_score, time_limit, allow_retries, max_attempts,
          is_required, shuffles, negative, version, created_at, updated_at)
        VALUES (?, 'Avez-vous les bons réflexes ?', 'Sept questions pour vérifier l’essentiel.', 70, 10, 1, 3, 1, 1,
          0, 1, ?2, ?2)
        """, course, at)
      let id = tx.lastInsertedID
      try QuizVersion.write(questions, of: id, 1, by: author, in: tx)
      try EnrolmentProgress.compute(of: .course(course), in: tx)
      guard let lea = try Account.find(login: "lea", in: tx), let quiz = try Quiz.find(id, in: tx) else {
        return
      }
      try Self.attempt(quiz, by: lea, questions, in: tx)
    }
  }

  /// Too few of the questions are answered right.
  private static func attempt(
    _ quiz: Quiz, by person: Account, _ questions: [QuizQuestion], in tx: Transaction
  ) throws {
    let sitting = QuizSitting(quiz: quiz, learner: person.id, tx: tx)
    guard case .success(let open) = try sitting.start() else { return }
    let answers = open.layout.asked(of: questions).map { item, question -> JSONValue in
      switch (question.kind, question.right) {
      case (.text, .texts(let texts)): return .string(texts.first ?? "")
      case (.number, .number(let value, _)): return .number(value)
      case (.single, _): return item.shown(.index(0), to: question)
      case (.order, _), (.match, _): return .null
      default: return item.shownRight(question)
      }
    }
    _ = try sitting.submit(answers, attempt: open.id)
  }

  private static let questions: [JSONValue] = [
    [
      "type": "single", "text": "Quel signal demande d’évacuer ?",
      "options": ["Un coup bref", "Deux tons en alternance", "Une sonnerie de téléphone"], "correctAnswer": 1,
      "explanation": "Un coup bref est l’essai du mardi, à 10 h.",
    ],
    [
      "type": "multiple", "text": "Que faites-vous avant de sortir ?", "points": 2,
      "options": ["Fermer les fenêtres", "Verrouiller la porte", "Fermer la porte", "Prendre vos affaires"],
      "correctAnswer": [0, 2],
      "explanation": "Une porte fermée retient les fumées ; verrouillée, elle retarde les secours.",
    ],
    [
      "type": "boolean", "text": "En cas d’évacuation, l’ascenseur est le chemin le plus rapide.",
      "correctAnswer": false, "explanation": "Prenez toujours l’escalier.",
    ],
    [
      "type": "text", "text": "Où les personnes évacuées se retrouvent-elles ?",
      "correctAnswer": ["point vert", "au point vert", "le point vert", "point de rassemblement"],
      "explanation": "Le point vert est indiqué sur le plan de chaque étage.",
    ],
    [
      "type": "number", "text": "Quel numéro d’urgence appelez-vous ?",
      "correctAnswer": ["value": 112, "tolerance": 0], "explanation": "Puis l’accueil, au poste 18.",
    ],
    [
      "type": "order", "text": "Remettez l’alerte dans l’ordre.",
      "options": ["L’adresse", "Ce qui brûle", "S’il y a des blessés", "Votre nom"],
      "explanation": "L’adresse d’abord : les secours partent dès qu’ils la connaissent.",
    ],
    [
      "type": "match", "text": "Quel extincteur pour quel feu ?",
      "options": ["Bois et papier", "Feu électrique"],
      "correctAnswer": ["Eau", "CO₂"], "choices": ["Eau", "CO₂", "Aucun"],
      "explanation": "De l’eau sur une installation électrique expose à l’électrocution.",
    ],
  ]
}
