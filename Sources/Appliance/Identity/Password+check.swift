import HTTP

extension Password {
  /// Throws 400 naming `field` when the password is not acceptable for this person.
  static func check(_ password: String, of account: Account, field: String) throws(Failure) {
    let person = [account.name, account.username, account.email ?? ""]
    guard let problem = problem(password, person: person) else { return }
    throw .invalid([FieldError(field, problem.code, problem.sentence)])
  }
}
