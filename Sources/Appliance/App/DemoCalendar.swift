import HTTP
import ICalendar
import Store

/// Creates events around today, once.
struct DemoCalendar {
  private struct Made {
    let title: String
    let description: String
    let type: String
    let location: String
    /// Days from today.
    let day: Int64
    let start: Int64
    let minutes: Int64
    var rule = ""
    var isAllDay = false
    var places: Int64?
    /// Answers by username.
    var answers: [(String, EventParticipants.Answer)] = []
  }

  let appliance: Appliance

  private static let zone = Zone("Europe/Paris") ?? .utc

  private static let events = [
    Made(
      title: "Point hebdomadaire", description: "Tour de table, machines en cours, questions.",
      type: "meeting",
      location: "Salle Ada", day: -27, start: 9 * 60 + 30, minutes: 45, rule: "FREQ=WEEKLY",
      answers: [("lea", .yes), ("sam", .maybe)]),
    Made(
      title: "TP réseau : adresses, ports et pare-feu",
      description: "Préparez deux machines : une passerelle et un client.", type: "training",
      location: "Labo 2", day: 2, start: 14 * 60, minutes: 180, places: 12,
      answers: [("lea", .yes), ("sam", .none)]),
    Made(
      title: "Sécurité : phishing et mots de passe", description: "Formation courte, ouverte à tous.",
      type: "training", location: "Amphi", day: 6, start: 10 * 60, minutes: 90, places: 1,
      answers: [("sam", .yes), ("lea", .waiting)]),
    Made(
      title: "Petit-déjeuner d’équipe", description: "Viennoiseries offertes ☕", type: "social",
      location: "Cuisine du 2ᵉ", day: 1, start: 8 * 60 + 30, minutes: 45, answers: [("lea", .yes)]),
    Made(
      title: "Maintenance de l’hôte", description: "Les machines sont redémarrées dans la matinée.",
      type: "other",
      location: "", day: 9, start: 0, minutes: 0, isAllDay: true),
    Made(
      title: "Revue de projet", description: "Démonstration de fin de mois.", type: "meeting",
      location: "Salle Grace", day: -13, start: 15 * 60, minutes: 60, rule: "FREQ=MONTHLY",
      answers: [("sam", .yes), ("lea", .maybe)]),
  ]

  func run() async throws {
    try await appliance.database.write { tx in
      guard let ada = try Account.find(login: "admin", in: tx),
        let lea = try Account.find(login: "lea", in: tx)
      else { return }
      let today = Self.zone.wallClock(at: tx.now).dayNumber
      for event in Self.events { try add(event, today, by: ada, in: tx) }
      try addLinks(for: lea, in: tx)
      try addAgenda(for: lea, today, in: tx)
    }
  }

  /// The day itself, or the Monday after a weekend. Day 0 of 1970 was a Thursday.
  private static func workday(from day: Int64) -> Int64 {
    switch ((day + 3) % 7 + 7) % 7 {
    case 5: day + 2
    case 6: day + 1
    default: day
    }
  }

  private func add(
    _ event: Made, _ today: Int64, by ada: Account, in tx: Transaction
  ) throws {
    let day = event.isAllDay ? today + event.day : Self.workday(from: today + event.day)
    let start = WallClock(seconds: day * WallClock.day + event.start * 60)
    let end = WallClock(seconds: start.seconds + event.minutes * 60)
    try tx.execute(
      """
      INSERT INTO events (title, description, date, end_date, location, type, organizer_id, all_day, time_zone,
        recurrence, places, reminder, audience, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 15, '[]', ?, ?)
      """, event.title, event.description, Self.zone.moment(of: start), Self.zone.moment(of: end),
      event.location,
      event.type, ada.id, event.isAllDay, Self.zone.name, event.rule, event.places, tx.now, tx.now)
    let id = tx.lastInsertedID
    try EventSpan.write(id, in: tx)
    for (username, answer) in event.answers {
      guard let person = try Account.find(login: username, in: tx) else { continue }
      try tx.execute(
        """
        INSERT INTO event_participants (event_id, user_id, answer, is_invited, answered_at, created_at)
        VALUES (?, ?, ?, 1, ?, ?)
        """, id, person.id, answer.rawValue, answer == .none ? nil : tx.now, tx.now)
    }
  }

  private func addLinks(for lea: Account, in tx: Transaction) throws {
    let shared = [
      ("Documentation Debian", "https://www.debian.org/doc/", "📘", "Outils"),
      ("Manuel de cloud-init", "https://cloudinit.readthedocs.io/", "☁️", "Outils"),
      ("Règles de l’ANSSI", "https://cyber.gouv.fr/", "🛡️", "Sécurité"),
    ]
    for (position, link) in shared.enumerated() {
      try tx.execute(
        """
        INSERT INTO links (title, url, description, icon, category, position, audience, created_at, updated_at)
        VALUES (?, ?, '', ?, ?, ?, '[]', ?, ?)
        """, link.0, link.1, link.2, link.3, position + 1, tx.now, tx.now)
    }
    try tx.execute(
      "INSERT INTO shortcut_categories (user_id, name, created_at) VALUES (?, 'Au quotidien', ?)", lea.id,
      tx.now)
    let category = tx.lastInsertedID
    let own = [("Horaires de train", "https://www.sncf-connect.com/"), ("Météo", "https://meteofrance.com/")]
    for (position, link) in own.enumerated() {
      try tx.execute(
        """
        INSERT INTO shortcuts (user_id, category_id, title, url, position, created_at) VALUES (?, ?, ?, ?, ?, ?)
        """, lea.id, category, link.0, link.1, position + 1, tx.now)
    }
  }

  private func addAgenda(for lea: Account, _ today: Int64, in tx: Transaction) throws {
    let entries: [(String, Int64, Int64, Int64)] = [
      ("Dentiste", 2, 13 * 60 + 30, 60), ("Rendre le rapport de stage", 5, 17 * 60, 30),
    ]
    for (title, day, minute, length) in entries {
      let start = WallClock(seconds: (today + day) * WallClock.day + minute * 60)
      let end = WallClock(seconds: start.seconds + length * 60)
      try tx.execute(
        """
        INSERT INTO agenda_events (user_id, title, start_text, end_text, start_at, end_at, color, description, all_day,
          created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, '#8B5CF6', '', 0, ?, ?)
        """, lea.id, title, start.text, end.text, start.seconds, end.seconds, tx.now, tx.now)
    }
  }
}
