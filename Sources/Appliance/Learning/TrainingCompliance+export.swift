import HTTP
import Store

/// The report of a training as a table.
extension TrainingCompliance {
  private static let mostExported = 20_000
  private static let batch = 500

  private static let heading = [
    Sentence(fr: "Formation", en: "Training"), Sentence(fr: "Nom", en: "Name"),
    Sentence(fr: "Service", en: "Department"), Sentence(fr: "État", en: "Status"),
    Sentence(fr: "Terminée le", en: "Completed on"), Sentence(fr: "Valable jusqu’au", en: "Valid until"),
    Sentence(fr: "Score (%)", en: "Score (%)"),
  ]

  private static func word(_ state: State?) -> Sentence {
    switch state {
    case .done: Sentence(fr: "À jour", en: "Up to date")
    case .registered: Sentence(fr: "Inscrit", en: "Registered")
    case .waiting: Sentence(fr: "En attente", en: "Waiting")
    case .expired: Sentence(fr: "À renouveler", en: "Expired")
    case .late: Sentence(fr: "En retard", en: "Late")
    case .missing, nil: Sentence(fr: "Non inscrit", en: "Not registered")
    }
  }

  func table(_ state: State?, in language: Language, _ connection: Connection) throws -> CSVText {
    var csv = CSVText()
    csv.row(Self.heading.map { $0(language) })
    var (below, count): (Int64?, Int) = (.max, 0)
    while let start = below, count < Self.mostExported {
      let given = arguments + [start.value, (state?.rawValue ?? "").value]
      let page = try connection.page(Self.pageSQL, given, limit: Self.batch) { row in
        csv.row(cells(row, language))
      }
      count += page.rows.count
      below = page.next
    }
    return csv
  }

  private func cells(_ row: Row, _ language: Language) -> [String] {
    [
      training.title, row.text("name"), row.text("department"),
      Self.word(State(rawValue: row.text("state")))(language),
      row.optionalInt64("completion_date").map(RFC3339.text) ?? "",
      row.optionalInt64("valid_until").map(RFC3339.text) ?? "",
      row.optionalInt("score").map { String($0) } ?? "",
    ]
  }
}

extension TrainingsFeature {
  func exportCompliance(_ request: Request) async throws -> Response {
    let account = try request.account()
    let (id, state) = (try request.id(), try Self.state(request))
    let (now, language) = (clock.now(), request.language)
    let csv = try await database.read { connection in
      let training = try Training.visible(id, to: account, in: connection)
      guard training.isLed(by: account) else { throw Failure.forbidden }
      return try TrainingCompliance(training: training, now: now).table(state, in: language, connection)
    }
    return .attachment(csv.bytes, named: "training-\(id).csv")
  }
}
