import Glibc
import HTTP
import Store

/// `obox user create`: creates an account, with or without a running daemon.
struct CreateUserCommand {
  static let syntax = CommandSyntax(
    name: "user create", summary: "Create an account.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .value("username", "NAME", "Username.", required: true),
      .value("email", "ADDRESS", "Email address."),
      .value("name", "NAME", "Full name."),
      .value("role", "ROLE", "employee, moderator or admin (default: employee)."),
      .flag("password-stdin", "Read the password from standard input."),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let role = arguments["role"] ?? "employee"
    guard Role(rawValue: role) != nil else {
      throw CommandFailure("--role \(role): unknown role; use employee, moderator or admin", status: 2)
    }
    guard arguments.has("password-stdin") else {
      throw CommandFailure(
        "--password-stdin is required; the password is read from standard input", status: 2)
    }
    var question: [String: JSONValue] = ["command": .string(Self.syntax.name), "role": .string(role)]
    for option in ["username", "email", "name"] {
      question[option] = arguments[option].map { JSONValue.string($0) }
    }
    question["password"] = .string(readLine(strippingNewline: true) ?? "")
    let account: NewAccount
    do throws(Failure) {
      account = try Self.account(.object(question))
    } catch {
      throw CommandFailure(Self.words(error), status: 2)
    }
    let site = try SiteOptions.site(arguments)
    try await ControlSocket.ask(.object(question), of: site) {
      try await create(account, site)
      Terminal.write("account \(account.username) created (\(role))\n")
    }
  }

  /// The account described by a request. Throws validation errors.
  static func account(_ question: JSONValue) throws(Failure) -> NewAccount {
    var account = NewAccount(question, language: .fr)
    if account.name.isEmpty { account.name = account.username }
    account.role = question["role"]?.string.flatMap(Role.init) ?? .employee
    try account.check(needsEmail: false, needsUsername: true)
    return account
  }

  /// Inserts the account and an audit entry; returns its id.
  static func insert(_ account: NewAccount, hash: String, in tx: Transaction) throws -> Int64 {
    let made = try account.insert(hash: hash, in: tx)
    try Audit.record(
      .userCreated, actor: nil, subject: made, request: nil, details: "\(made.role.rawValue), command line",
      in: tx)
    return made.id
  }

  private func create(_ account: NewAccount, _ site: Site) async throws {
    let database = try Database.open(
      path: site.databasePath, readers: 1, migrations: Migration.all, clock: Clock.system.now, log: { _ in })
    do {
      let hash = try await PasswordHasher().hash(account.password)
      try await database.write { tx in _ = try Self.insert(account, hash: hash, in: tx) }
      await database.close()
    } catch {
      await database.close()
      guard let failure = error as? Failure else { throw error }
      throw CommandFailure(Self.words(failure))
    }
  }

  static func words(_ failure: Failure) -> String {
    guard let first = failure.errors.first else { return failure.sentence(.en) }
    return "--\(first.field): \(first.sentence(.en))"
  }
}

/// `obox user list`: lists the accounts.
struct ListUsersCommand {
  static let syntax = CommandSyntax(
    name: "user list", summary: "List accounts.", options: [SiteOptions.data, SiteOptions.config])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let site = try SiteOptions.site(arguments)
    try await ControlSocket.ask(["command": .string(Self.syntax.name)], of: site) {
      let database = try Database.open(
        path: site.databasePath, readers: 1, migrations: Migration.all, clock: Clock.system.now, log: { _ in }
      )
      let lines = try await database.read { try Self.lines(in: $0) }
      await database.close()
      for line in lines { Terminal.write(line + "\n") }
    }
  }

  /// One line per account: id, username, role, address, state and name, separated by tabs.
  static func lines(in connection: Connection) throws -> [String] {
    try connection.query("SELECT \(Account.columns) FROM users ORDER BY id") { row in
      let account = Account(row)
      return [
        String(account.id), account.username, account.role.rawValue, account.email ?? "-",
        account.isActive ? "active" : "deactivated", account.name,
      ].joined(separator: "\t")
    }
  }
}
