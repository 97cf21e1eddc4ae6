import HTTP

/// Messages over HTTP: history, one's own words, search, pins.
struct MessagesFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }
}
