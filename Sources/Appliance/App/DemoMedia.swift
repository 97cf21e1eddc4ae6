import Glibc
import Store

/// Media of a fictional organisation: drawn pictures, computed sounds and a PDF file. Created once.
struct DemoMedia {
  private struct Example {
    let title: String
    let description: String
    let type: String
    let category: String
    let tags: String
    let file: String
    let content: [UInt8]
    /// Seconds.
    var duration: Int64 = 0
    var isFeatured = false
  }

  let appliance: Appliance

  func run() async throws {
    let owner = try await appliance.database.read { try Account.find(login: "claire", in: $0) }
    guard let owner else { return }
    for (age, example) in Self.examples.enumerated() { try await make(example, age: Int64(age), by: owner) }
  }

  private func make(_ example: Example, age: Int64, by owner: Account) async throws {
    let store = UploadStore(database: appliance.database, quotas: appliance.quotas)
    let url = try await store.keep(NewUpload(example.content, name: example.file), by: owner.id).fileUrl
    try await appliance.database.write { tx in
      let at = tx.now - (age * 5 + 2) * 86_400_000
      try tx.execute(
        """
        INSERT INTO contents (title, type, category, description, file_url, thumbnail_url, duration, view_count, rating,
          tags, is_popular, is_featured, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?)
        """, example.title, example.type, example.category, example.description, url,
        example.type == "image" ? url : "", example.duration, 4 + age * 3, example.tags, example.isFeatured,
        at, at)
      let id = tx.lastInsertedID
      guard let key = UploadedFile.key(in: url),
        let upload = try ResourceFiles.upload(key, for: owner, of: "contents", id, in: tx)
      else { return }
      for field in example.type == "image" ? ["fileUrl", "thumbnailUrl"] : ["fileUrl"] {
        try ResourceFiles.tie(upload, to: "contents", id, field, in: tx)
      }
    }
  }

  private static var examples: [Example] {
    [
      Example(
        title: "La maison au coucher du soleil", description: "Pour les affiches et les écrans d’accueil.",
        type: "image", category: "Communication", tags: "[\"affiche\",\"accueil\"]", file: "maison.png",
        content: DemoPicture.house.png, isFeatured: true),
      Example(
        title: "Plan du rez-de-chaussée",
        description: "Salles A, B et C, accueil et atelier. Le point vert est le point de rassemblement.",
        type: "image", category: "Sécurité", tags: "[\"plan\",\"évacuation\"]", file: "plan-rdc.png",
        content: DemoPicture.plan.png),
      Example(
        title: "Sonnerie de fin de cours", description: "Trois notes. À diffuser cinq minutes avant l’heure.",
        type: "audio", category: "Sons", tags: "[\"sonnerie\"]", file: "fin-de-cours.wav",
        content: DemoSound.chime.wav, duration: DemoSound.chime.seconds),
      Example(
        title: "Signal d’exercice d’évacuation", description: "Deux tons en alternance, pour les exercices.",
        type: "audio", category: "Sécurité", tags: "[\"évacuation\",\"exercice\"]", file: "evacuation.wav",
        content: DemoSound.signal.wav, duration: DemoSound.signal.seconds),
      Example(
        title: "Prendre en main le vidéoprojecteur", description: "Une page à garder près de l’appareil.",
        type: "document", category: "Matériel", tags: "[\"vidéoprojecteur\"]", file: "videoprojecteur.pdf",
        content: guide),
    ]
  }

  private static var guide: [UInt8] {
    var pdf = PDFText()
    pdf.title("Prendre en main le vidéoprojecteur")
    pdf.heading("Allumer")
    pdf.paragraph(
      "Appuyez une fois sur la touche ronde, puis attendez trente secondes que l’image soit stable.")
    pdf.heading("Brancher")
    pdf.paragraph(
      "Le câble HDMI est dans le tiroir du bureau. Choisissez l’entrée HDMI 1 avec la touche Source.")
    pdf.heading("Éteindre")
    pdf.paragraph("Appuyez deux fois sur la touche ronde. Ne débranchez pas avant l’arrêt du ventilateur.")
    return pdf.bytes
  }
}

/// A drawn picture of 320 × 200 pixels: the palette, and the palette's index of each pixel.
struct DemoPicture {
  private static let (width, height) = (320, 200)

  private let palette: [IndexedPNG.Color]
  private let index: @Sendable (_ x: Int, _ y: Int) -> UInt8

  var png: [UInt8] {
    var rows: [UInt8] = []
    for y in 0..<Self.height {
      rows.append(0)  // no filter
      for x in 0..<Self.width { rows.append(index(x, y)) }
    }
    return IndexedPNG(width: Self.width, height: Self.height, palette: palette, rows: rows).bytes
  }

  /// A house between hills, with the sun behind it.
  static let house = DemoPicture(
    palette: [
      (255, 214, 165), (255, 180, 120), (255, 244, 200), (92, 122, 108), (66, 92, 84), (236, 226, 210),
      (150, 66, 60), (255, 208, 96), (84, 66, 58),
    ]
  ) { x, y in
    if (150...164).contains(x), (128...158).contains(y) { return 8 }
    if (128...142).contains(x) || (176...190).contains(x), (118...132).contains(y) { return 7 }
    if (116...204).contains(x), (104...158).contains(y) { return 5 }
    if y > 70, y < 104, abs(x - 160) < (y - 66) * 3 / 2 { return 6 }
    if y * 6 > 980 - abs(x - 60) * 2 || y > 158 { return 4 }
    if y * 5 > 600 + abs(x - 250) { return 3 }
    let (dx, dy) = (x - 236, y - 78)
    if dx * dx + dy * dy < 34 * 34 { return 2 }
    return y < 60 ? 0 : 1
  }

  /// A floor plan: rooms with doors, and a dot outside where people meet.
  static let plan = DemoPicture(
    palette: [
      (250, 250, 247), (60, 64, 72), (214, 226, 240), (228, 238, 220), (245, 228, 208), (46, 150, 92),
    ]
  ) { x, y in
    let (dx, dy) = (x - 292, y - 172)
    if dx * dx + dy * dy < 100 { return 5 }
    guard (20...260).contains(x), (20...180).contains(y) else { return 0 }
    let isOuter = x < 24 || x > 256 || y < 24 || y > 176
    let isInner =
      (98...101).contains(y) || (y < 98 && ((98...101).contains(x) || (178...181).contains(x)))
      || (y > 101 && (158...161).contains(x))
    let isDoor =
      (60...76).contains(x) && (98...101).contains(y) || (130...146).contains(x) && (98...101).contains(y)
      || (210...226).contains(x) && (98...101).contains(y) || (126...150).contains(x) && y > 176
    if (isOuter || isInner) && !isDoor { return 1 }
    return y < 98 ? 2 : x < 158 ? 3 : 4
  }
}

/// A computed sound as a WAV file: 16 bits, one channel, 16,000 samples a second.
struct DemoSound {
  private static let rate = 16_000

  /// Frequency in Hz and start in tenths of a second of each note.
  private let notes: [(hertz: Double, start: Int)]
  /// How fast a note fades, per second.
  private let fading: Double
  let seconds: Int64

  static let chime = DemoSound(notes: [(659.3, 0), (523.3, 6), (392, 12)], fading: 2.5, seconds: 3)
  static let signal = DemoSound(
    notes: (0..<8).map { ($0 % 2 == 0 ? 880 : 660, $0 * 5) }, fading: 4, seconds: 4)

  var wav: [UInt8] {
    let samples = (0..<Self.rate * Int(seconds)).map(sample)
    let data = samples.flatMap { Self.little(UInt32(UInt16(bitPattern: $0)), 2) }
    let format =
      Self.little(16, 4) + Self.little(1, 2) + Self.little(1, 2) + Self.little(UInt32(Self.rate), 4)
      + Self.little(UInt32(Self.rate * 2), 4) + Self.little(2, 2) + Self.little(16, 2)
    let body =
      Array("WAVEfmt ".utf8) + format + Array("data".utf8) + Self.little(UInt32(data.count), 4) + data
    return Array("RIFF".utf8) + Self.little(UInt32(body.count), 4) + body
  }

  private func sample(_ number: Int) -> Int16 {
    let time = Double(number) / Double(Self.rate)
    let sum = notes.reduce(0.0) { sum, note in
      let since = time - Double(note.start) / 10
      return since < 0 ? sum : sum + sin(2 * .pi * note.hertz * since) * exp(-fading * since)
    }
    return Int16(max(-1, min(1, sum * 0.4)) * 32_000)
  }

  private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }
}
