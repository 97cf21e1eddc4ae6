import HTTP

/// The Workspace chat for an older client: its words, translated.
struct WorkspaceChat: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
