import CIcal

/// Reads one VEVENT. The caller holds the lock of libical.
struct ComponentReader {
  private static let mostExceptions = 1000

  private struct Time {
    let clock: WallClock
    let isDay: Bool
    let zone: Zone

    var moment: Int64 { zone.unlockedMoment(of: clock) }
  }

  let component: OpaquePointer
  let zone: Zone

  init(_ component: OpaquePointer, zone: Zone) {
    self.component = component
    self.zone = zone
  }

  /// Nil if the event has no start, or a recurrence that is not supported.
  func event() -> CalendarFile.Event? {
    guard let start = time(ICAL_DTSTART_PROPERTY) else { return nil }
    var event = CalendarFile.Event()
    event.uid = text(ICAL_UID_PROPERTY)
    event.title = text(ICAL_SUMMARY_PROPERTY)
    event.description = text(ICAL_DESCRIPTION_PROPERTY)
    event.location = text(ICAL_LOCATION_PROPERTY)
    event.start = start.moment
    event.isAllDay = start.isDay
    event.zone = start.zone
    event.end = end(of: start)
    event.replaces = time(ICAL_RECURRENCEID_PROPERTY)?.moment
    event.isCancelled = value(ICAL_STATUS_PROPERTY).uppercased() == "CANCELLED"
    let rule = value(ICAL_RRULE_PROPERTY)
    if !rule.isEmpty {
      guard let read = RecurrenceRule.unlocked(rule) else { return nil }
      event.rule = read
      event.exceptions = properties(ICAL_EXDATE_PROPERTY).prefix(Self.mostExceptions)
        .compactMap { time($0)?.moment }
    }
    return event
  }

  /// The end; for an all-day event its last day, because DTEND is exclusive.
  private func end(of start: Time) -> Int64? {
    var end: WallClock?
    var zone = start.zone
    if let given = time(ICAL_DTEND_PROPERTY) {
      end = given.clock
      zone = given.zone
    } else if let property = properties(ICAL_DURATION_PROPERTY).first,
      let value = icalproperty_get_value(property), icalvalue_isa(value) == ICAL_DURATION_VALUE
    {
      let seconds = Int64(icaldurationtype_as_int(icalvalue_get_duration(value)))
      end = WallClock(seconds: start.clock.seconds + max(0, seconds))
    }
    guard var clock = end, clock > start.clock || zone != start.zone else { return nil }
    if start.isDay { clock.seconds -= WallClock.day }
    let moment = zone.unlockedMoment(of: clock)
    return moment >= start.moment && WallClock(clock.icalTime) != nil ? moment : nil
  }

  private func time(_ kind: icalproperty_kind) -> Time? { properties(kind).first.flatMap(time) }

  private func time(_ property: OpaquePointer) -> Time? {
    guard let value = icalproperty_get_value(property) else { return nil }
    let read: icaltimetype
    switch icalvalue_isa(value) {
    case ICAL_DATE_VALUE: read = icalvalue_get_date(value)
    case ICAL_DATETIME_VALUE: read = icalvalue_get_datetime(value)
    default: return nil
    }
    guard let clock = WallClock(read) else { return nil }
    return Time(clock: clock, isDay: read.is_date != 0, zone: zone(of: property, isUTC: isUTC(property)))
  }

  private func isUTC(_ property: OpaquePointer) -> Bool {
    taken(icalproperty_get_value_as_string_r(property)).hasSuffix("Z")
  }

  private func zone(of property: OpaquePointer, isUTC: Bool) -> Zone {
    if isUTC { return .utc }
    let name = taken(icalproperty_get_parameter_as_string_r(property, "TZID"))
    return Zone.unlocked(ofFile: name) ?? zone
  }

  private func text(_ kind: icalproperty_kind) -> String {
    guard let property = properties(kind).first, let value = icalproperty_get_value(property) else {
      return ""
    }
    let kinds = [ICAL_TEXT_VALUE, ICAL_STRING_VALUE, ICAL_X_VALUE]
    guard kinds.contains(icalvalue_isa(value)), let text = icalvalue_get_text(value) else { return "" }
    return String(cString: text)
  }

  private func value(_ kind: icalproperty_kind) -> String {
    properties(kind).first.map { taken(icalproperty_get_value_as_string_r($0)) } ?? ""
  }

  private func properties(_ kind: icalproperty_kind) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    var next = icalcomponent_get_first_property(component, kind)
    while let property = next {
      found.append(property)
      next = icalcomponent_get_next_property(component, kind)
    }
    return found
  }

  /// Copies and frees a string that libical allocated.
  private func taken(_ buffer: UnsafeMutablePointer<CChar>?) -> String {
    guard let buffer else { return "" }
    defer { icalmemory_free_buffer(buffer) }
    return String(cString: buffer)
  }
}
