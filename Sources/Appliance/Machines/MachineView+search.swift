import HTTP
import Store

extension MachineView {
  /// Search in machines: by their owner and by administrators.
  static let searchSource = SearchSource(
    kind: "machines", label: Sentence(fr: "Machines", en: "Machines"), table: "machines",
    rowSQL: "SELECT name, os_type || ' ' || version FROM machines WHERE id = ?",
    scope: { account, _ in account.role == .admin ? ("1", []) : ("user_id = ?", [account.id.value]) },
    link: { "/machines/\($0)" })
}
