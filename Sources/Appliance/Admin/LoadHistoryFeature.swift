import HTTP

/// The loads of the last day, of the host and of each machine.
struct LoadHistoryFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
