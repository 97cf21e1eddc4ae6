import HTTP
import Store

/// Keeps in the audit log which sign-ins were refused.
struct SignInAudit: Sendable {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  /// The same handler; its refusals are written down. What was typed as a name is not: it may have been the
  /// password.
  func watching(_ signIn: @escaping Handler) -> Handler {
    { [appliance] request in
      do {
        return try await signIn(request)
      } catch let failure as Failure where Self.isRefusal(failure) {
        let body = try? request.json()
        let login = (body?["email"]?.string ?? body?["username"]?.string ?? "").trimmed()
        try await appliance.database.write { tx in
          try Audit.record(
            .signInRefused, actor: nil, subject: try Account.find(login: login, in: tx), request: request,
            outcome: .refused, code: failure.code, in: tx)
        }
        throw failure
      }
    }
  }

  /// Being asked for the second step is none.
  private static func isRefusal(_ failure: Failure) -> Bool {
    [401, 403, 409].contains(failure.status) && failure.code != "TOTP_REQUIRED"
  }
}
