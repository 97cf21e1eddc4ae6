import HTTP

extension Password {
  /// Throws 400 naming `field` where a person may not use this password.
  static func check(_ password: String, of account: Account, field: String) throws(Failure) {
    let person = [account.name, account.username, account.email ?? ""]
    guard let problem = problem(password, person: person) else { return }
    throw .invalid([FieldError(field, problem.code, problem.sentence)])
  }
}
