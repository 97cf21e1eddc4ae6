import HTTP
import ICalendar
import Store
import Typesetting

/// What anyone who has the number of a certificate gets: whether it is valid, and the paper itself.
extension CertificatesFeature {
  private static let ending = ".pdf"
  private static let type = "application/pdf"

  var verifyingRoutes: [Route] {
    [
      .get(
        Certificate.path + ":code", .everyone,
        "Verify a certificate by its number, or get it as a PDF with `.pdf` behind the number",
        response: Certificate.verification, verify
      ).reading(
        QueryParameter("lang", .words(Language.self), "the language of the PDF"),
        .flag("download", "1: to be saved as a file")
      ).producing(Self.type)
    ]
  }

  private func verify(_ request: Request) async throws -> Response {
    var typed = request.parameter("code")
    let isFile = typed.lowercased().hasSuffix(Self.ending)
    if isFile { typed = String(typed.dropLast(Self.ending.count)) }
    let found = try await found(CertificateCode(typed: typed), request)
    if isFile || Self.wantsFile(request) { return try await file(found, request) }
    let now = clock.now()
    var response = Response.json { found.writeVerification(at: now, to: &$0) }
    response.add("Cache-Control", "no-store")
    response.add("Vary", "Accept")
    return response
  }

  /// Wrong numbers that a network may ask for without a wait: many may share its address.
  private static let freeGuesses = 20

  /// Whoever asks for numbers that do not exist has to wait, and is told nothing meanwhile. A right number forgives no wrong
  /// ones, or a certificate of one's own would make guessing free.
  private func found(_ code: CertificateCode?, _ request: Request) async throws -> Certificate {
    let key = "certificate:\(request.place)"
    try attempts.check(key)
    guard let code else { throw Self.unknown }
    guard let found = try await database.read({ try Certificate.find(code, in: $0) }) else {
      attempts.fail(key, free: Self.freeGuesses)
      throw Self.unknown
    }
    return found
  }

  private static func wantsFile(_ request: Request) -> Bool {
    request.headers.all("Accept").contains { header in
      header.split(byte: ",").contains { String($0).trimmed().lowercased().hasPrefix(type) }
    }
  }

  private func file(_ certificate: Certificate, _ request: Request) async throws -> Response {
    guard certificate.revokedAt == nil else { throw Self.revoked }
    let language = request.query["lang"].flatMap(Language.init) ?? request.language
    let content = try await content(of: certificate, in: language)
    let bytes = try await press.pdf(content, lane: request.place)
    let name = Sentence(fr: "Certificat", en: "Certificate")(language)
    let isSaved = try request.query.flag("download")
    return Response(
      contentType: Self.type,
      headers: [
        ("Cache-Control", "private, no-store"), ("Vary", "Accept, Accept-Language"),
        (
          "Content-Disposition",
          FileName("\(name) \(certificate.title)".prefix(utf8: 120) + Self.ending)
            .disposition(isInline: !isSaved)
        ),
      ], body: .bytes(bytes))
  }

  private func content(of certificate: Certificate, in language: Language) async throws
    -> CertificatePaper.Content
  {
    func day(_ moment: Int64) -> String {
      DayWords.sentence(Training.clock(moment)).map { $0(language) } ?? ""
    }
    return CertificatePaper.Content(
      language: language, kind: certificate.kind, organisation: certificate.organisation,
      logo: try await logo(), name: certificate.name, title: certificate.title, number: certificate.code,
      completedOn: day(certificate.completedAt), issuedOn: day(certificate.issuedAt),
      issuedAt: Zone.utc.wallClock(at: certificate.issuedAt).text + "Z",
      validUntil: certificate.validUntil.map(day), score: certificate.score,
      address: "\(site.publicURL)/certificates/\(certificate.code)")
  }

  /// The logo of the organisation, as it is now.
  private func logo() async throws -> Picture? {
    guard let key = UploadedFile.key(in: settings.text(SystemSettings.organisationLogo)) else { return nil }
    let found = try await database.read { try Download.attached(key, in: $0) }
    guard let file = found?.file, file.size <= SystemSettings.largestLogo else { return nil }
    let bytes = try await UploadStore.bytes(of: file.id, in: database)
    return Picture(file.type == "image/png" ? .png : .jpeg, bytes, width: file.width, height: file.height)
  }

  static let unknown = Failure(
    404, "UNKNOWN_CERTIFICATE",
    Sentence(
      fr: "Aucun certificat ne porte ce numéro. Vérifiez-le sur le document.",
      en: "There is no certificate with this number. Check it on the document."))
  private static let revoked = Failure(
    410, "CERTIFICATE_REVOKED",
    Sentence(fr: "Ce certificat a été révoqué.", en: "This certificate has been revoked."))
}
