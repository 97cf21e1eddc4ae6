import HTTP
import Store

/// Revoking, by whoever manages trainings.
extension CertificatesFeature {
  private static let longestReason = 500

  var managingRoutes: [Route] {
    let revocation = Certificate.path + ":code/revocation"
    return [
      .get(
        "/api/certificates", .right(Courses.right), "List everyone's certificates, newest first",
        response: .array(Certificate.schema)
      ) { try await list($0, of: nil) }.reading(
        Self.filters + [QueryParameter("code", .string, "only the one with this number")]),
      .put(
        revocation, .right(Courses.right), "Revoke a certificate; its verification says so at once",
        request: .members(["reason": .text(1...Self.longestReason)]), response: Certificate.schema, revoke),
      .delete(
        revocation, .right(Courses.right), "Make a revoked certificate valid again",
        response: Certificate.schema, reinstate),
    ]
  }

  private func revoke(_ request: Request) async throws -> Response {
    let reason = try request.json()["reason"]?.string?.trimmed() ?? ""
    guard !reason.isEmpty, reason.fits(Self.longestReason) else { throw Self.noReason }
    return try await change(request, "revoke", tells: true) { certificate, tx in
      guard !certificate.isTakenBack else { throw Self.takenBack }
      try tx.execute(
        """
        UPDATE certificates SET revoked_at = coalesce(revoked_at, ?), reason = ?, renew_at = NULL, is_new = 0
        WHERE id = ?
        """, tx.now, reason, certificate.id)
    }
  }

  private func reinstate(_ request: Request) async throws -> Response {
    try await change(request, "reinstate", tells: false) { certificate, tx in
      guard !certificate.isTakenBack else { throw Self.takenBack }
      // As if it had never been revoked: its person is still reminded of its end.
      try tx.execute(
        """
        UPDATE certificates SET revoked_at = NULL, reason = '', renew_at = iif(kind = 'course', valid_until - ?, NULL)
        WHERE id = ? AND revoked_at IS NOT NULL
        """, Training.renewal, certificate.id)
    }
  }

  private func change(
    _ request: Request, _ details: String, tells: Bool,
    _ body: @escaping @Sendable (Certificate, Transaction) throws -> Void
  ) async throws -> Response {
    let code = CertificateCode(typed: request.parameter("code"))
    let (changed, now) = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: Courses.right, in: tx)
      guard let code, let before = try Certificate.find(code, in: tx) else { throw Self.unknown }
      try body(before, tx)
      try Audit.record(
        .resourceChanged, actor: actor, on: .init(type: "certificates", id: before.id, name: before.title),
        request: request, details: details, in: tx)
      guard let after = try Certificate.find(code, in: tx) else { throw Self.unknown }
      if tells, before.revokedAt == nil, let person = after.person {
        try notifications.notify([person], of: after.notice("revoked", by: actor.id), in: tx)
      }
      return (after, tx.now)
    }
    return .json { changed.write(at: now, to: &$0) }
  }

  private static let takenBack = Failure(
    409, "COMPLETION_TAKEN_BACK",
    Sentence(
      fr: "Présence annulée : notez-la de nouveau pour délivrer un autre certificat.",
      en: "The attendance of this training was taken back. Record it again to issue another certificate."))
  private static let noReason = Failure.invalid([
    FieldError(
      "reason", "REQUIRED",
      Sentence(
        fr: "Indiquez le motif, en \(longestReason) caractères au plus.",
        en: "Give the reason, in at most \(longestReason) characters."))
  ])
}
