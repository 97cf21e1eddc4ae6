import HTTP

/// Channels and their members.
struct ChannelsFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
