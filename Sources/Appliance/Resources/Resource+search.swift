import HTTP
import Store

extension Resource {
  /// Its source for `/api/search`; nil when none of its columns is searched. The table must have the triggers
  /// of `Migration.searched`, under `name`.
  func searchSource(_ settings: SystemSettings) -> SearchSource? {
    guard let heading = searched.first, let access = access[.list] ?? access[.get] else { return nil }
    let rest = searched.dropFirst().map(\.sqlExpression) + [furtherText].compactMap(\.self)
    let text = rest.isEmpty ? "''" : rest.joined(separator: " || char(10) || ")
    let live = conditions().map { " AND \($0)" }.joined()
    return SearchSource(
      kind: name, label: title, table: table,
      rowSQL: "SELECT \(heading.sqlExpression), \(text) FROM \(table) WHERE id = ?\(live)",
      scope: { [scope] account, now in
        guard access.admits(account) else { return nil }
        return scope?(account, now) ?? ("1", [])
      },
      isOn: { [module] in module.map(settings.isOn) ?? true },
      link: link ?? { [name] _ in "/tables/\(name)" })
  }
}
