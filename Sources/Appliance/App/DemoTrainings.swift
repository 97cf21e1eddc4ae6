import ICalendar
import Store

/// Creates trainings around today, once.
struct DemoTrainings {
  private struct Made {
    let title: String
    let description: String
    let category: String
    var difficulty = "beginner"
    let location: String
    /// Days from today.
    let day: Int64
    /// Minutes after midnight, and length.
    let start: Int64
    let minutes: Int64
    var places: Int64?
    var isMandatory = false
    var validMonths: Int64?
    /// By username.
    var registered: [String] = []
    var waiting: [String] = []
    /// With the score.
    var completed: [(String, Int64)] = []
  }

  let appliance: Appliance

  private static let zone = Zone("Europe/Paris") ?? .utc

  private static let trainings = [
    Made(
      title: "Gestes de premiers secours",
      description: "Alerter, masser, défibriller : une demi-journée avec les pompiers.", category: "safety",
      location: "Salle Ada", day: 12, start: 9 * 60, minutes: 210, places: 10, isMandatory: true,
      validMonths: 24, registered: ["sam"]),
    Made(
      title: "Linux : premiers pas", description: "Le terminal, les fichiers, les droits.",
      category: "technical", location: "Labo 1", day: -20, start: 14 * 60, minutes: 180, places: 12,
      completed: [("lea", 92), ("sam", 78)]),
    Made(
      title: "Linux : services et réseau",
      description: "systemd, journaux, adresses et pare-feu. Apportez une machine de l’intranet.",
      category: "technical", difficulty: "intermediate", location: "Labo 2", day: 5, start: 14 * 60,
      minutes: 180,
      places: 2, registered: ["sam", "claire"]),
    Made(
      title: "Animer une réunion", description: "Préparer, cadrer, conclure.", category: "management",
      location: "Salle Grace", day: 8, start: 10 * 60, minutes: 120, places: 1, registered: ["claire"],
      waiting: ["lea"]),
    Made(
      title: "Données personnelles : les bons réflexes", description: "Ce que le RGPD change au quotidien.",
      category: "compliance", location: "Amphi", day: -3, start: 11 * 60, minutes: 60, isMandatory: true,
      validMonths: 12, completed: [("claire", 100), ("lea", 85)]),
  ]

  func run() async throws {
    try await appliance.database.write { tx in
      guard let claire = try Account.find(login: "claire", in: tx) else { return }
      let today = Self.zone.wallClock(at: tx.now).dayNumber
      for training in Self.trainings { try add(training, today, by: claire, in: tx) }
    }
  }

  private func add(_ made: Made, _ today: Int64, by claire: Account, in tx: Transaction) throws {
    let start = WallClock(seconds: (today + made.day) * WallClock.day + made.start * 60)
    let end = Self.zone.moment(of: WallClock(seconds: start.seconds + made.minutes * 60))
    // Who takes part in a training does not give it.
    let isHers = !(made.registered + made.completed.map(\.0)).contains("claire")
    try tx.execute(
      """
      INSERT INTO trainings (title, description, category, difficulty, duration, instructor_id, external_instructor,
        start_date, end_date, location, max_participants, is_mandatory, is_active, is_visible, thumbnail_url,
        document_urls, valid_months, reminder, audience, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, '', '[]', ?, 1440, '[]', ?, ?)
      """, made.title, made.description, made.category, made.difficulty, made.minutes,
      isHers ? claire.id : nil,
      isHers ? "" : "Cabinet Horizon", Self.zone.moment(of: start), end, made.location, made.places,
      made.isMandatory, made.validMonths, tx.now, tx.now)
    guard let training = try Training.find(tx.lastInsertedID, in: tx) else { return }
    try TrainingSpan.write(training, in: tx)
    for username in made.registered + made.waiting {
      try add(username, to: training, "registered", isWaiting: made.waiting.contains(username), in: tx)
    }
    for (username, score) in made.completed {
      try add(username, to: training, "completed", score: score, in: tx)
    }
    try TrainingParticipants.writeValidity(of: training, in: tx)
  }

  private func add(
    _ username: String, to training: Training, _ status: String, isWaiting: Bool = false, score: Int64? = nil,
    in tx: Transaction
  ) throws {
    guard let person = try Account.find(login: username, in: tx) else { return }
    let completion = status == "completed" ? training.over : nil
    try tx.execute(
      """
      INSERT INTO training_participants (training_id, user_id, status, is_waiting, attended, registered_at,
        completion_date, score, feedback, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)
      """, training.id, person.id, status, isWaiting, completion.map { _ in true }, tx.now, completion, score,
      tx.now,
      tx.now)
  }
}
