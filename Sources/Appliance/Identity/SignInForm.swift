import HTTP

/// What somebody sends to sign in.
struct SignInForm: Sendable {
  /// An e-mail address or a username, trimmed.
  let login: String
  /// No address and no username is longer, in bytes.
  static let longestLogin = 254
  let password: String
  /// Of the authenticator, or a recovery code; empty where none was given.
  let code: String
  /// Ends what is live on another workstation.
  let takeover: Bool
  /// Whether the browser keeps the session when it is closed.
  let remember: Bool
  /// `phone` or `workstation`, as the client sees itself; nil where it does not say.
  let device: String?

  static let schema = Schema.members(
    ["password": .string],
    optional: [
      "email": .described("this or `username`", .string), "username": .string, "code": .string,
      "takeover": .boolean, "remember": .boolean, "device": .enumeration(["workstation", "phone"]),
    ])

  /// Throws 400 where the name or the password is missing.
  init(_ body: JSONValue) throws(Failure) {
    login = (body["email"]?.string ?? body["username"]?.string ?? "").trimmed().composed
    password = body["password"]?.string ?? ""
    code = (body["code"]?.string ?? "").trimmed()
    takeover = body["takeover"]?.bool ?? false
    device = body["device"]?.string
    remember = body["remember"]?.bool ?? true
    guard !login.isEmpty, !password.isEmpty else { throw SignInRefusal.missing(login: login) }
    guard login.utf8.count <= Self.longestLogin else { throw SignInRefusal.loginTooLong }
  }
}
