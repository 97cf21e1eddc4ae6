import HTTP

/// What one was told, and how one wants to be told.
struct NotificationsFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
