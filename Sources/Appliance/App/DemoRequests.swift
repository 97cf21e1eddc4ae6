import HTTP
import Store

/// Requests of the demo, in every status, with comments.
struct DemoRequests {
  private struct Demand {
    let from: String
    let title: String
    let description: String
    let category: String
    let priority: String
    /// How long ago it was submitted, in hours.
    let hours: Int64
    var assignee: String?
    var states: [ComplaintStatus] = []
    /// Comments as (username, text); a text that starts with "!" is internal.
    var comments: [(String, String)] = []
  }

  let appliance: Appliance

  private static let demands = [
    Demand(
      from: "ines", title: "La porte de l’accueil ne ferme plus",
      description: "Depuis lundi, la porte principale reste entrouverte et il fait froid à l’accueil.",
      category: "facilities", priority: "medium", hours: 300, assignee: "yann",
      states: [.inProgress, .resolved, .closed],
      comments: [
        ("yann", "Le ferme-porte est commandé, livraison mercredi."), ("yann", "Réparé ce matin."),
        ("ines", "Merci, elle ferme bien !"),
      ]),
    Demand(
      from: "lea", title: "Imprimante du 2e étage en panne",
      description: "Elle affiche « erreur 49 » à chaque impression recto verso.", category: "it",
      priority: "medium",
      hours: 60, assignee: "hugo", states: [.inProgress, .resolved],
      comments: [
        ("hugo", "Peux-tu essayer avec le nouveau pilote ?"),
        ("hugo", "!Le contrat de maintenance expire en mars."),
        ("lea", "Cela fonctionne, merci."),
      ]),
    Demand(
      from: "sam", title: "More memory for the Linux lab machines",
      description: "The container lab needs 4 GB for each of the 18 machines, only for next week.",
      category: "it",
      priority: "high", hours: 20, assignee: "admin", states: [.inProgress],
      comments: [("admin", "I am checking what the host has left; answer tomorrow morning.")]),
    Demand(
      from: "lea", title: "Bureau trop bas",
      description: "Mon bureau est trop bas, j’ai mal au dos. Serait-il possible d’en avoir un réglable ?",
      category: "hr", priority: "low", hours: 26),
    Demand(
      from: "paul", title: "Fuite d’eau près de la baie réseau",
      description: "De l’eau goutte du plafond à un mètre de la baie, salle C012.", category: "facilities",
      priority: "urgent", hours: 10),
    Demand(
      from: "sofia", title: "Accès au compte des réseaux sociaux",
      description: "J’ai besoin d’un accès partagé avec Inès pour publier les photos.", category: "other",
      priority: "medium", hours: 3),
  ]

  func run() async throws {
    let complaints = appliance.complaints
    try await appliance.database.write { tx in
      for demand in Self.demands { try insert(demand, complaints, in: tx) }
    }
  }

  private func insert(_ demand: Demand, _ complaints: ComplaintsFeature, in tx: Transaction) throws {
    guard let submitter = try Account.find(login: demand.from, in: tx) else { return }
    let start = tx.now - demand.hours * 3_600_000
    let assignee = try demand.assignee.flatMap { try Account.find(login: $0, in: tx) }
    let status = demand.states.last ?? .open
    try tx.execute(
      """
      INSERT INTO complaints (submitter_id, submitter_name, is_anonymous, assigned_to_id, title, description, category,
        priority, status, due_at, resolved_at, closed_at, created_at, updated_at)
      VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, submitter.id, submitter.name, assignee?.id, demand.title, demand.description, demand.category,
      demand.priority, status.rawValue, start + complaints.time(for: demand.priority),
      status.isPending ? nil : start + 20 * 3_600_000, status == .closed ? start + 30 * 3_600_000 : nil,
      start, tx.now)
    let id = tx.lastInsertedID
    try ComplaintEvent.note("submitted", of: id, by: submitter, at: start, in: tx)
    try follow(demand, id, from: start, assignee, in: tx)
  }

  /// Adds its status changes and comments, one hour apart.
  private func follow(
    _ demand: Demand, _ id: Int64, from start: Int64, _ assignee: Account?, in tx: Transaction
  ) throws {
    let claire = try Account.find(login: "claire", in: tx)
    var time = start + 1_800_000
    if let assignee {
      try ComplaintEvent.note("assignedToId", to: assignee.name, of: id, by: claire, at: time, in: tx)
    }
    var old = ComplaintStatus.open
    for status in demand.states {
      time += 1_800_000
      try ComplaintEvent.note(
        "status", from: old.rawValue, to: status.rawValue, of: id, by: assignee, at: time, in: tx)
      old = status
    }
    time = start + 2_700_000
    for (username, text) in demand.comments {
      let isInternal = text.hasBytes(prefix: "!")
      let author = try Account.find(login: username, in: tx)
      let comment = try ComplaintsFeature.insert(
        isInternal ? String(text.dropFirst()) : text, isInternal: isInternal, on: id, by: author, in: tx)
      try tx.execute("UPDATE complaint_comments SET created_at = ? WHERE id = ?", time, comment)
      time += 1_800_000
    }
  }
}
