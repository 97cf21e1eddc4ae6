import HTTP

/// The live side of the chat: what comes and goes over sockets.
struct ChatFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
