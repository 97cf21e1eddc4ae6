/// Where an upgrade of an existing database is: each is reported before its work begins.
public enum UpgradeStep: String, Sendable, CaseIterable {
  case copying, migrating, checking, keeping, replacing, replaced
}
