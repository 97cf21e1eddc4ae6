import Testing

/// Polls until `condition` holds; records an issue when it does not within a minute.
func eventually(_ condition: () -> Bool, _ location: SourceLocation = #_sourceLocation) async {
  let end = ContinuousClock.now + .seconds(60)
  while !condition() {
    if ContinuousClock.now > end {
      Issue.record("it never happened", sourceLocation: location)
      return
    }
    await Task.yield()
  }
}
