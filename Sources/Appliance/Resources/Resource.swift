import HTTP
import Store

/// A table as data: its columns, who may do what, and the few things that its plain form lacks.
///
/// It gives routes, the one thing that the server knows; `ResourcesFeature` serves them all. Beside its columns the table
/// has `id` (AUTOINCREMENT), `created_at` and `updated_at`.
struct Resource: Sendable {
  enum Verb: String, Sendable, CaseIterable {
    case list, get, create, change, delete, restore
  }

  /// Which rows exist for somebody: a condition on the table's columns, with a value for each `?`.
  typealias Scope = @Sendable (Account?, Int64) -> (sql: String, arguments: [Value])

  /// Runs in the transaction of a change; throwing refuses the change.
  typealias Step = @Sendable (inout Change, Transaction) throws -> Void

  /// The last part of the path, such as `announcements`.
  let name: String
  let table: String
  /// Of the page, such as "Announcements".
  let title: Sentence
  /// With its article: "une annonce", "an announcement".
  let noun: Sentence
  let columns: [Column]
  private(set) var access: [Verb: Access] = [:]
  private(set) var scope: Scope?
  private(set) var before: Step?
  private(set) var after: Step?
  private(set) var searched: [Column] = []
  private(set) var frame: String?
  private(set) var auditAction: Audit.Action?
  private(set) var order: Order?
  private(set) var further: [Route] = []
  private(set) var module: Module?
  private(set) var isRestorable = false
  /// The page of a row; nil: the generated page of the table.
  private(set) var link: (@Sendable (Int64) -> String)?

  /// The order of a list, where it is not the newest first. The column is a number or a time that is never null.
  struct Order: Sendable {
    let column: Column
    let isAscending: Bool
  }

  init(_ name: String, table: String, title: Sentence, noun: Sentence, columns: [Column]) {
    self.name = name
    self.table = table
    self.title = title
    self.noun = noun
    self.columns = columns
  }

  var path: String { "/api/\(name)" }

  /// Gives a verb to those who have `access`. A verb that nobody was given has no route. Writing needs an account,
  /// whatever the access.
  func allowing(_ verbs: Verb..., to access: Access) -> Resource {
    changed { resource in for verb in verbs { resource.access[verb] = access } }
  }

  /// Only the rows that `scope` gives exist for somebody, in every verb.
  func scoped(_ scope: @escaping Scope) -> Resource { changed { $0.scope = scope } }

  /// Runs before the row is written, and may refuse.
  func before(_ step: @escaping Step) -> Resource { changed { $0.before = step } }

  /// Runs after the row was written, in the same transaction.
  func after(_ step: @escaping Step) -> Resource { changed { $0.after = step } }

  /// `?q=` finds text in these columns, without regard to case and accents.
  func searchable(_ columns: Column...) -> Resource { changed { $0.searched = columns } }

  /// Tells the open pages of those who may see the row: `{verb, id}`, nothing of the row itself.
  func publishing(_ frame: String) -> Resource { changed { $0.frame = frame } }

  /// The word in the audit log, where it has one of its own.
  func audited(as action: Audit.Action) -> Resource { changed { $0.auditAction = action } }

  func ordered(by column: Column, ascending: Bool = true) -> Resource {
    changed { $0.order = Order(column: column, isAscending: ascending) }
  }

  /// Its routes and what is found of it are gone while an administrator has switched the module off.
  func belonging(to module: Module) -> Resource { changed { $0.module = module } }

  /// A deleted row can be brought back for 30 days by those who may delete: the table has `deleted_at` and
  /// `deleted_by`.
  func restorable() -> Resource { changed { $0.isRestorable = true } }

  /// The page that shows a row, where it has one of its own.
  func linked(_ link: @escaping @Sendable (Int64) -> String) -> Resource { changed { $0.link = link } }

  /// Routes of its own, below its path.
  func adding(_ routes: Route...) -> Resource { changed { $0.further += routes } }

  private func changed(_ body: (inout Resource) -> Void) -> Resource {
    var resource = self
    body(&resource)
    return resource
  }
}

extension Resource {
  /// What is done to one row: the row before, which a create has not, and after, which a delete has not.
  struct Change: Sendable {
    let verb: Verb
    let actor: Account
    let old: Record?
    var new: Record?
    /// What `before` found out and `after` needs: ids of other rows.
    var affected: [Int64] = []

    init(_ verb: Verb, by actor: Account, old: Record?, new: Record?) {
      self.verb = verb
      self.actor = actor
      self.old = old
      self.new = new
    }

    /// The row that is meant, whichever there is.
    var id: Int64 { new?.id ?? old?.id ?? 0 }
  }
}
