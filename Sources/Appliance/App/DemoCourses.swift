import HTTP
import Store

/// A course of a fictional organisation with five lessons, and how far people are. Created once.
struct DemoCourses {
  private struct Example {
    let title: String
    let description: String
    let content: String
    /// Minutes.
    let duration: Int64
    var isRequired = true
  }

  let appliance: Appliance

  func run() async throws {
    let people = try await appliance.database.read { connection in
      try ["claire", "lea", "sam"].compactMap { try Account.find(login: $0, in: connection) }
    }
    guard let author = people.first else { return }
    let store = UploadStore(database: appliance.database, quotas: appliance.quotas)
    let picture = try await store.keep(
      NewUpload(DemoPicture.plan.png, name: "plan-rdc.png"), by: author.id)
    let chime = try await store.keep(NewUpload(DemoSound.signal.wav, name: "signal.wav"), by: author.id)
    try await appliance.database.write { tx in
      let course = try Self.course(by: author, picture, in: tx)
      for (index, example) in Self.lessons(picture: picture.fileUrl).enumerated() {
        try Self.add(example, at: index + 1, sound: index == 1 ? chime : nil, to: course, by: author, in: tx)
      }
      // Lea is half-way, Sam has enrolled.
      for (index, person) in people.dropFirst().enumerated() {
        try Self.enrol(person, in: course, completing: index == 0 ? 2 : 0, in: tx)
      }
    }
  }

  private static func course(by author: Account, _ picture: UploadedFile, in tx: Transaction) throws -> Int64
  {
    let at = tx.now - 20 * 86_400_000
    try tx.execute(
      """
      INSERT INTO courses (title, description, category, difficulty, duration, thumbnail_url, author_id,
        is_published, is_mandatory, prerequisites, tags, valid_months, created_at, updated_at)
      VALUES (?, ?, 'compliance', 'beginner', 25, ?, ?, 1, 1, '[]', ?, 12, ?, ?)
      """, "Sécurité incendie : les bons réflexes",
      "Reconnaître l’alarme, évacuer, alerter et guider les secours. À suivre une fois par an.",
      picture.fileUrl, author.id, "[\"sécurité\",\"évacuation\"]", at, at)
    let course = tx.lastInsertedID
    try ResourceFiles.tie(picture.id, to: "courses", course, "thumbnailUrl", in: tx)
    return course
  }

  private static func add(
    _ example: Example, at place: Int, sound: UploadedFile?, to course: Int64, by author: Account,
    in tx: Transaction
  ) throws {
    try tx.execute(
      """
      INSERT INTO lessons (course_id, title, description, content, position, duration, video_url, document_url,
        is_required, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)
      """, course, example.title, example.description, example.content, place, example.duration,
      sound?.fileUrl ?? "", example.isRequired, tx.now - 19 * 86_400_000, tx.now - 19 * 86_400_000)
    let id = tx.lastInsertedID
    if let sound { try ResourceFiles.tie(sound.id, to: "lessons", id, "videoUrl", in: tx) }
    if let made = try Lessons.resource.row(id, as: author, in: tx) {
      try LessonFiles.tie(.init(.create, by: author, old: nil, new: made), in: tx)
    }
  }

  private static func enrol(
    _ person: Account, in course: Int64, completing count: Int, in tx: Transaction
  ) throws {
    let at = tx.now - 6 * 86_400_000
    try tx.execute(
      """
      INSERT INTO enrollments (course_id, user_id, status, progress, time_spent, last_active_at, created_at,
        updated_at) VALUES (?1, ?2, 'enrolled', 0, 0, ?3, ?3, ?3)
      """, course, person.id, at)
    let lessons = try tx.query(
      "SELECT id FROM lessons WHERE course_id = ? AND deleted_at IS NULL ORDER BY position", course
    ) { $0.int64(0) }
    for lesson in lessons.prefix(count) {
      guard let enrolment = try Enrolment.of(person.id, in: course, tx) else { return }
      try LessonVisit(enrolment: enrolment, lesson: lesson).note(in: tx)
      try EnrolmentProgress.complete(lesson, of: enrolment, in: tx)
    }
    try tx.execute("DELETE FROM lesson_visits WHERE user_id = ?", person.id)
  }

  private static func lessons(picture: String) -> [Example] {
    [
      Example(
        title: "Pourquoi cette formation", description: "Ce que vous saurez faire à la fin.",
        content: """
          Un départ de feu double de taille **toutes les trente secondes**. Les premiers gestes comptent plus que tout \
          le reste.

          À la fin de ce cours, vous saurez :

          - reconnaître l’alarme et la distinguer d’un essai ;
          - quitter le bâtiment par le bon chemin ;
          - alerter les secours avec les bonnes informations.
          """, duration: 4),
      Example(
        title: "Reconnaître l’alarme", description: "Le signal, et ce qu’il demande.",
        content: """
          Écoutez le signal ci-dessus : c’est le seul qui demande d’évacuer.

          | Signal | Sens | À faire |
          | --- | --- | --- |
          | Deux tons en alternance | Évacuation | Sortir immédiatement |
          | Un coup bref | Essai du mardi, 10 h | Rien |

          > En cas de doute, évacuez. Personne ne vous le reprochera.
          """, duration: 5),
      Example(
        title: "Évacuer", description: "Les chemins, le point de rassemblement, les personnes à aider.",
        content: """
          1. Arrêtez votre travail, laissez vos affaires.
          2. Fermez les fenêtres et la porte derrière vous, **sans verrouiller**.
          3. Prenez l’escalier, jamais l’ascenseur.
          4. Rejoignez le point vert du plan et signalez-vous.

          ![Plan du rez-de-chaussée avec le point de rassemblement](\(picture))
          """, duration: 6),
      Example(
        title: "Donner l’alerte", description: "Qui appeler, que dire.",
        content: """
          Appelez le **112** depuis n’importe quel téléphone, puis l’accueil au poste 18.

          Dites, dans cet ordre : l’adresse, ce qui brûle, s’il y a des blessés, votre nom. Ne raccrochez pas avant \
          qu’on vous le dise.
          """, duration: 5),
      Example(
        title: "Pour aller plus loin : les extincteurs", description: "Facultatif : les classes de feu.",
        content: """
          Un extincteur à **eau** éteint bois, papier et tissu ; un extincteur au **CO₂**, un feu électrique.

          Placez-vous dos à la sortie, visez la base des flammes et ne restez jamais seul.
          """, duration: 5, isRequired: false),
    ]
  }
}
