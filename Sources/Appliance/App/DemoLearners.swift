import Store

/// Further courses, and people at every stage of them, for the pages of learners, trainers and managers. Created once,
/// after `DemoQuizzes`.
struct DemoLearners {
  private static let day = Training.day

  private struct Made {
    let title: String
    let description: String
    let category: String
    let lessons: [(title: String, text: String)]
    /// Days from today; nil for one that is not mandatory.
    var due: Int64?
    var isNext = false
    /// By username: how many lessons are completed, and how many days ago the last one was.
    var learners: [(name: String, lessons: Int, daysAgo: Int64)] = []
  }

  let appliance: Appliance

  private static let courses = [
    Made(
      title: "Mots de passe : l’essentiel",
      description: "Des mots de passe longs, différents, et bien gardés.",
      category: "technical",
      lessons: [
        ("Long plutôt que compliqué", "Quatre mots sans rapport valent mieux que `P@ssw0rd1`."),
        ("Un gestionnaire", "Un coffre chiffré retient tout. **Un seul** mot de passe à connaître."),
      ], due: -3,
      learners: [
        ("lea", 2, 40), ("hugo", 2, 75), ("nadia", 2, 12), ("marc", 2, 130), ("sofia", 2, 5), ("sam", 1, 6),
        ("paul", 1, 25),
      ]),
    Made(
      title: "Reconnaître un courriel piégé", description: "Cinq signes qui ne trompent pas.",
      category: "technical",
      lessons: [
        ("L’expéditeur", "Lisez l’adresse, pas le nom affiché."),
        ("Les liens", "Survolez avant de cliquer : où mène-t-il vraiment ?"),
      ], isNext: true, learners: [("hugo", 1, 2), ("marc", 2, 20)]),
    Made(
      title: "Animer une visioconférence", description: "Préparer, donner la parole, conclure à l’heure.",
      category: "soft-skills",
      lessons: [
        ("Avant", "Un ordre du jour de trois lignes, envoyé la veille."),
        ("Pendant", "Annoncez qui parle ensuite."), ("Après", "Trois décisions, trois noms, trois dates."),
      ], learners: [("lea", 1, 1), ("sofia", 1, 22), ("ines", 3, 60), ("yann", 0, 3)]),
  ]

  func run() async throws {
    try await appliance.database.write { tx in
      guard let author = try Account.find(login: "claire", in: tx),
        let fire = try tx.scalar("SELECT id FROM courses WHERE author_id = ? ORDER BY id LIMIT 1", author.id)
      else { return }
      try setDue(12, of: fire, in: tx)
      try useUp("nadia", in: fire, tx)
      var before: Int64?
      for made in Self.courses { before = try add(made, after: before, by: author, in: tx) }
    }
  }

  private func setDue(_ days: Int64, of course: Int64, in tx: Transaction) throws {
    try tx.execute(
      "UPDATE courses SET is_mandatory = 1, due_date = ? WHERE id = ?", tx.now + days * Self.day, course)
    try CourseWarning.plan(Course.find(course, in: tx), in: tx)
  }

  /// Somebody who needs another attempt at the quiz of a course.
  private func useUp(_ username: String, in course: Int64, _ tx: Transaction) throws {
    guard let person = try Account.find(login: username, in: tx),
      let id = try tx.scalar("SELECT id FROM quizzes WHERE course_id = ? LIMIT 1", course),
      let quiz = try Quiz.find(id, in: tx)
    else { return }
    try enrol(person.id, in: course, at: tx.now - 9 * Self.day, tx)
    try complete(10, of: course, by: person.id, at: tx.now - 2 * Self.day, tx)
    for _ in 0..<quiz.mostAttempts {
      let sitting = QuizSitting(quiz: quiz, learner: person.id, tx: tx)
      guard case .success(let open) = try sitting.start() else { return }
      _ = try sitting.submit([], attempt: open.id)
    }
  }

  private func add(_ made: Made, after before: Int64?, by author: Account, in tx: Transaction) throws -> Int64
  {
    let at = tx.now - 150 * Self.day
    let prerequisites = made.isNext ? before.map { "[\"\($0)\"]" } : nil
    try tx.execute(
      """
      INSERT INTO courses (title, description, category, difficulty, duration, thumbnail_url, author_id,
        is_published, is_mandatory, prerequisites, tags, created_at, updated_at)
      VALUES (?, ?, ?, 'beginner', 15, '', ?, 1, 0, ?, '[]', ?6, ?6)
      """, made.title, made.description, made.category, author.id, prerequisites ?? "[]", at)
    let course = tx.lastInsertedID
    for (index, lesson) in made.lessons.enumerated() {
      try tx.execute(
        """
        INSERT INTO lessons (course_id, title, description, content, position, duration, video_url, document_url,
          is_required, created_at, updated_at) VALUES (?, ?, '', ?, ?, 5, '', '', 1, ?5, ?5)
        """, course, lesson.title, lesson.text, index + 1, at)
    }
    if let due = made.due { try setDue(due, of: course, in: tx) }
    for one in made.learners {
      guard let person = try Account.find(login: one.name, in: tx) else { continue }
      let last = tx.now - one.daysAgo * Self.day
      try enrol(person.id, in: course, at: last - 2 * Self.day, tx)
      try complete(one.lessons, of: course, by: person.id, at: last, tx)
    }
    return course
  }

  private func enrol(_ person: Int64, in course: Int64, at time: Int64, _ tx: Transaction) throws {
    try tx.execute(
      """
      INSERT OR IGNORE INTO enrollments (course_id, user_id, status, progress, time_spent, last_active_at, created_at,
        updated_at) VALUES (?1, ?2, 'enrolled', 0, 0, ?3, ?3, ?3)
      """, course, person, time)
  }

  /// Completes the first lessons at a time that has passed.
  private func complete(_ count: Int, of course: Int64, by person: Int64, at time: Int64, _ tx: Transaction)
    throws
  {
    let lessons = try tx.query(
      "SELECT id FROM lessons WHERE course_id = ? AND deleted_at IS NULL ORDER BY position", course
    ) { $0.int64(0) }.prefix(count)
    guard let enrolment = try Enrolment.of(person, in: course, tx), let last = lessons.last else { return }
    for lesson in lessons { try EnrolmentProgress.complete(lesson, of: enrolment, in: tx) }
    try tx.execute(
      "UPDATE lesson_progress SET completed_at = ?, time_spent = 240000 WHERE enrollment_id = ?", time,
      enrolment.id)
    try tx.execute(
      """
      UPDATE enrollments SET started_at = ?1, last_active_at = ?1, progressed_at = ?1, last_lesson_id = ?2,
        time_spent = ?3, completed_at = iif(completed_at IS NULL, NULL, ?1),
        status = iif(completed_at IS NULL, 'in-progress', status) WHERE id = ?4
      """, time, last, lessons.count * 240_000, enrolment.id)
  }
}
