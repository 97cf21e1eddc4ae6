import TestSupport
import Testing

/// What every appliance of this process signals: a commit, a change of who is connected, an event of its host. A test
/// that waits for something else signals it too.
let anything = Changes()

/// Waits until `condition` holds, looking again at each change; records an issue when it does not within a minute.
func eventually(_ condition: () -> Bool, _ location: SourceLocation = #_sourceLocation) async {
  guard await !anything.wait(until: condition) else { return }
  Issue.record("it never happened", sourceLocation: location)
}
