import Store
import Testing

@testable import Appliance

/// Statements run by every request or every second must not scan a growing table.
@Suite struct QueryPlanTests {
  private static let queries: [(sql: String, arguments: Int)] = [
    (MachinesFeature.ownList, 3), (MachinesFeature.allList, 2), (MailFeature.ownList, 3),
    (MailFeature.allList, 2), (ClientErrorsFeature.againSQL, 1), (ClientErrorsFeature.listSQL, 2),
    (OutboxWorker.dueSQL, 1), (JobRunner.dueSQL, 2), (JobRunner.silentSQL, 1),
    (MachineView.select + " WHERE m.id = ?", 1), (JobQueue.unfinishedSQL, 1), (MachineView.jobsSQL, 0),
    ("SELECT \(Account.columns) FROM users WHERE email = ?", 1),
    ("SELECT \(Account.columns) FROM users WHERE username = ?", 1),
    ("SELECT id FROM sessions WHERE user_id = ?", 1), ("DELETE FROM jobs WHERE finished_at < ?", 1),
    ("DELETE FROM sessions WHERE expires_at <= ?", 1),
    ("SELECT user_id FROM tokens WHERE hash = ? AND purpose = 'verify-email' AND expires_at > ?", 2),
    ("SELECT count(*) FROM machines WHERE user_id = ?", 1), (ChannelView.mineSQL, 4),
    (ChannelView.publicSQL, 5), (ChannelView.oneSQL, 2), (ChannelMember.sql, 3),
    (ChannelMember.everyoneSQL, 3), (NewChannel.namedSQL, 1), (ChatSearch.Question.sql, 7),
    (ChatSearch.nextSQL, 2), (ChatSearch.earlierSQL, 2),
    (ChatSearch.Question.readSQL, 5), (SearchWords.endingsSQL, 3), (MessagesFeature.pinsSQL, 3),
    (Chat.backwardsSQL, 3), (Chat.forwardsSQL, 3),
    (ChatExport.sizesSQL, 3), (ChatExport.pageSQL, 4), (ChatRetention.limitedSQL, 0),
    (ChatRetention.oldSQL, 3), (ChatRetention.emptySQL, 1), (ChatRetention.leaderlessSQL, 1),
    (Download.sql, 2), (LoadSeries.sql, 4), (NotificationsFeature.listSQL, 3),
    (NotificationsFeature.unreadListSQL, 3), (Notifications.calledSQL, 2),
    (Occurrences.sql("events.id = 0", isMine: true, isOne: false), 5),
    (Occurrences.sql("1", isMine: false, isOne: true), 5), (EventsFeature.participantsSQL, 3),
    (EventsFeature.busySQL, 5), (EventParticipants.comingSQL, 2), (EventParticipants.remindedSQL, 2),
    (EventParticipants.firstWaitingSQL, 1), (EventReminders.dueSQL, 2), (EventReminders.waitingSQL, 0),
    (EventFile.listSQL("1"), 2), (EventFile.agendaSQL, 3), (EventFile.oneSQL, 1),
    (AgendaFeature.listSQL, 4), (ShortcutsFeature.listSQL, 2), (ShortcutsFeature.categoriesSQL, 2),
    (HomeSection.shortcutsSQL, 2),
    (Quotas.usedSQL, 1), (Quotas.bytesSQL, 1), (Quotas.storageSQL, 2),
    (InternalMessagesFeature.listSQL(), 4), (InternalMessagesFeature.unreadSQL, 1),
    (InternalMessage.oneSQL, 3),
    (InternalMessage.threadSQL, 4), (MessageDraft.listSQL, 3), (TidyMessages.oldSQL, 2),
    (ComplaintComment.listSQL, 4), (ComplaintEvent.listSQL, 3), (EscalateComplaints.dueSQL, 2),
    (ComplaintsFeature.overdueSQL, 1), (ComplaintsFeature.resolvedSQL, 1), (Complaint.oneSQL, 1),
  ]

  @Test(arguments: queries.indices) func `the statement uses an index`(index: Int) async throws {
    let (sql, count) = Self.queries[index]
    let bench = try JobBench()
    let plan = try await bench.database.read { connection in
      try connection.query(
        "EXPLAIN QUERY PLAN \(sql)", arguments: Array(repeating: 1, count: count), map: { $0.text(3) })
    }
    #expect(!plan.isEmpty)
    // "SCAN jobs USING INDEX …" is bounded by the index. So are lookups in virtual tables and results of
    // bounded subqueries.
    let bounded = [
      "jobs_unfinished", "event_participants_waiting", "VIRTUAL TABLE INDEX", "(subquery", "CONSTANT ROW",
      "SCAN words",
    ]
    let scans = plan.filter { step in step.hasPrefix("SCAN ") && !bounded.contains { step.contains($0) } }
    #expect(scans.isEmpty, "\(sql): \(plan)")
    try await bench.close()
  }
}
