import HTTP

/// The body of a sign-in request.
struct SignInForm: Sendable {
  /// An e-mail address or a username, trimmed.
  let login: String
  /// Maximum bytes of an address or username.
  static let longestLogin = 254
  let password: String
  /// A code of the authenticator or a recovery code; empty when not given.
  let code: String
  /// Whether to end live sessions on other workstations.
  let takeover: Bool
  /// Whether the browser keeps the session after it is closed.
  let remember: Bool
  /// `phone` or `workstation`, as stated by the client; nil when not stated.
  let device: String?

  static let schema = Schema.members(
    ["password": .string],
    optional: [
      "email": .described("this or `username`", .string), "username": .string, "code": .string,
      "takeover": .boolean, "remember": .boolean, "device": .enumeration(["workstation", "phone"]),
    ])

  /// Throws 400 when the login or the password is missing.
  init(_ body: JSONValue) throws(Failure) {
    login = (body["email"]?.string ?? body["username"]?.string ?? "").trimmed().composed
    password = body["password"]?.string ?? ""
    code = (body["code"]?.string ?? "").trimmed()
    takeover = body["takeover"]?.bool ?? false
    device = body["device"]?.string
    remember = body["remember"]?.bool ?? true
    guard !login.isEmpty, !password.isEmpty else { throw Failure.missingCredentials(login: login) }
    guard login.utf8.count <= Self.longestLogin else { throw Failure.loginTooLong }
  }
}
