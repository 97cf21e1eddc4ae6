import HTTP
import Store

/// A table as data: its columns, permissions, and exceptions from the plain form.
///
/// Provides only routes, which `ResourcesFeature` serves. In addition to its columns the table must have `id`
/// (AUTOINCREMENT), `created_at` and `updated_at`.
struct Resource: Sendable {
  enum Verb: String, Sendable, CaseIterable {
    case list, get, create, change, delete, restore
  }

  /// Limits the rows visible to an account at a time: a condition on the table's columns, with a value for
  /// each `?`.
  typealias Scope = @Sendable (Account?, Int64) -> (sql: String, arguments: [Value])

  /// Runs in the transaction of a change; may throw to refuse it.
  typealias Step = @Sendable (inout Change, Transaction) throws -> Void

  /// The last part of the path, such as `announcements`, unless it is served elsewhere.
  let name: String
  let table: String
  /// The page's title, such as "Announcements".
  let title: Sentence
  /// With its article: "une annonce", "an announcement".
  let noun: Sentence
  let columns: [Column]
  /// The path below `/api/` if it is not the name.
  private(set) var place: String?
  private(set) var access: [Verb: Access] = [:]
  private(set) var scope: Scope?
  private(set) var before: Step?
  private(set) var after: Step?
  private(set) var searched: [Column] = []
  /// SQL: text that is indexed for search in addition to the searched columns.
  private(set) var furtherText: String?
  private(set) var frame: String?
  private(set) var auditAction: Audit.Action?
  private(set) var order: Order?
  private(set) var further: [Route] = []
  private(set) var module: Module?
  private(set) var isRestorable = false
  /// The page of a row; nil for the generated page of the table.
  private(set) var link: (@Sendable (Int64) -> String)?

  /// The order of a list other than newest first. The column must be a number or time that is never null.
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

  var path: String { "/api/\(place ?? name)" }

  /// Serves it at another path below `/api/`.
  func served(at place: String) -> Resource { changed { $0.place = place } }

  /// Allows verbs to those who have `access`. A verb that nobody is allowed has no route. Writing always
  /// requires an account.
  func allowing(_ verbs: Verb..., to access: Access) -> Resource {
    changed { resource in for verb in verbs { resource.access[verb] = access } }
  }

  /// Limits all verbs to the rows that `scope` returns.
  func scoped(_ scope: @escaping Scope) -> Resource { changed { $0.scope = scope } }

  /// Runs before the row is written; may throw to refuse the change.
  func before(_ step: @escaping Step) -> Resource { changed { $0.before = step } }

  /// Runs after the row is written, in the same transaction.
  func after(_ step: @escaping Step) -> Resource { changed { $0.after = step } }

  /// Enables `?q=` on these columns, ignoring case and accents.
  func searchable(_ columns: Column...) -> Resource { changed { $0.searched = columns } }

  /// Adds text to the row's entry in `/api/search`, as SQL: the text of its file. `?q=` of the list ignores
  /// it.
  func finding(in sql: String) -> Resource { changed { $0.furtherText = sql } }

  /// Publishes changes as `{verb, id}`, without the row's content, to the open pages of those who may see the
  /// row.
  func publishing(_ frame: String) -> Resource { changed { $0.frame = frame } }

  /// Sets the resource's own action in the audit log.
  func audited(as action: Audit.Action) -> Resource { changed { $0.auditAction = action } }

  func ordered(by column: Column, ascending: Bool = true) -> Resource {
    changed { $0.order = Order(column: column, isAscending: ascending) }
  }

  /// Its routes and search results are unavailable while an administrator has disabled the module.
  func belonging(to module: Module) -> Resource { changed { $0.module = module } }

  /// Deleted rows can be restored for 30 days by those who may delete. The table must have `deleted_at` and
  /// `deleted_by`.
  func restorable() -> Resource { changed { $0.isRestorable = true } }

  /// Sets the page that shows a row, if it has its own.
  func linked(_ link: @escaping @Sendable (Int64) -> String) -> Resource { changed { $0.link = link } }

  /// Adds routes below its path.
  func adding(_ routes: Route...) -> Resource { adding(routes) }
  func adding(_ routes: [Route]) -> Resource { changed { $0.further += routes } }

  private func changed(_ body: (inout Resource) -> Void) -> Resource {
    var resource = self
    body(&resource)
    return resource
  }
}

extension Resource {
  /// A change of one row: `old` is nil on creation, `new` on deletion.
  struct Change: Sendable {
    let verb: Verb
    let actor: Account
    let old: Record?
    var new: Record?
    /// Ids that `before` passes to `after`.
    var affected: [Int64] = []

    init(_ verb: Verb, by actor: Account, old: Record?, new: Record?) {
      self.verb = verb
      self.actor = actor
      self.old = old
      self.new = new
    }

    /// The id of the row.
    var id: Int64 { new?.id ?? old?.id ?? 0 }
  }
}
