import unittest

from test_library import Library as LibraryTest

# A connection that notes what is sent, and tabs that note what they are told.
BOARD = """
  const { Switchboard } = await import('/lib/tabs/switchboard.js')
  const { createStore } = await import('/lib/store.js')
  const sent = []
  const told = {}
  let hear
  const connection = createStore({ state: 'idle', attempts: 0 })
  const board = new Switchboard(heard => {
    hear = heard
    return { connection, open: () => connection.set({ state: 'live' }), close: () => connection.set({ state: 'idle' }), hurry() {}, send: (type, payload) => sent.push([type, payload]) }
  })
  const say = (id, message) => board.said(id, message, answer => (told[id] ??= []).push(answer))
  const enter = (id, person = '1', more = {}) => say(id, { do: 'enter', person, topics: [], seen: false, ...more })
  const join = (id, channel, since, revision = 0) => say(id, { do: 'send', type: 'JOIN_CHANNEL', payload: { channel, since, revision } })
  const frames = id => (told[id] ?? []).filter(one => one.tell === 'frame').map(one => one.type + ' ' + (one.payload.id ?? one.payload.topic ?? one.payload.last ?? one.payload.code ?? ''))
"""


class TabsLibrary(LibraryTest):
    """The switchboard of the tabs, without a socket."""

    def run_board(self, body):
        return self.run_module(BOARD + body)

    def test_a_frame_for_one_person_reaches_no_tab_of_another(self):
        said = self.run_board("""
          enter('a', '1')
          enter('b', '2')
          hear('NOTIFICATION', { id: '7' })
          return [frames('a'), told.a.map(one => one.tell).includes('person'), frames('b')]
        """)
        self.assertEqual(said, [[], True, ["NOTIFICATION 7"]])

    def test_a_topic_is_asked_for_once_and_given_up_with_its_last_tab(self):
        said = self.run_board("""
          enter('a'); say('a', { do: 'subscribe', topic: 'vms' })
          hear('SUBSCRIBED', { topic: 'vms' })
          hear('VM_STATS', { id: 'loads' })
          enter('b'); say('b', { do: 'subscribe', topic: 'vms' })
          say('a', { do: 'leave' })
          const before = sent.map(([type]) => type)
          say('b', { do: 'unsubscribe', topic: 'vms' })
          return [before, sent.map(([type]) => type), frames('b')]
        """)
        self.assertEqual(said, [["SUBSCRIBE"], ["SUBSCRIBE", "UNSUBSCRIBE"], ["SUBSCRIBED vms", "VM_STATS loads"]])

    def test_tabs_that_join_at_once_share_an_answer_and_what_comes_meanwhile_is_held(self):
        said = self.run_board("""
          enter('a'); enter('b')
          join('a', '5', '10')
          hear('CHAT_MESSAGE', { channel: '5', id: '12' })
          join('b', '5', '10')
          const waiting = [frames('a'), frames('b')]
          hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '11', revision: 0 })
          hear('CHAT_MESSAGE', { channel: '5', id: '13' })
          return [sent.length, waiting, frames('a'), frames('b')]
        """)
        all_of_it = ["CHANNEL_JOINED 11", "CHAT_MESSAGE 12", "CHAT_MESSAGE 13"]
        self.assertEqual(said, [1, [[], []], all_of_it, all_of_it])

    def test_a_tab_that_misses_something_asks_and_one_that_misses_nothing_is_answered_here(self):
        said = self.run_board("""
          enter('a'); enter('b'); enter('c')
          join('a', '5', '10')
          hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '10', revision: 3 })
          join('b', '5', '10', 3)
          const here = sent.length
          join('c', '5', '8', 3)
          const asked = sent.length
          hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '14', revision: 3 })
          return [here, asked, frames('a'), frames('b'), frames('c')]
        """)
        # A join anew takes the connection off the channel: its page is news to those who are in.
        self.assertEqual(said, [1, 2, ["CHANNEL_JOINED 10", "CHANNEL_JOINED 14"], ["CHANNEL_JOINED 10", "CHANNEL_JOINED 14"], ["CHANNEL_JOINED 14"]])

    def test_a_channel_that_a_tab_has_not_joined_is_not_told_to_it(self):
        said = self.run_board("""
          enter('a'); enter('b')
          join('a', '5', '10')
          hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '10', revision: 0 })
          hear('CHAT_MESSAGE', { channel: '5', id: '11' })
          hear('READ', { channel: '5', id: '11' })
          return [frames('a'), frames('b')]
        """)
        self.assertEqual(said, [["CHANNEL_JOINED 10", "CHAT_MESSAGE 11", "READ 11"], ["READ 11"]])

    def test_one_tab_tells_outside_the_page_the_one_looked_at_last(self):
        said = self.run_board("""
          enter('a'); enter('b'); enter('c')
          const role = id => told[id].findLast(one => one.tell === 'role')
          say('a', { do: 'seen', seen: true })
          const looked = ['a', 'b', 'c'].map(id => role(id).looked)
          say('a', { do: 'seen', seen: false })
          const first = ['a', 'b', 'c'].map(id => role(id).first && !role(id).looked)
          say('a', { do: 'leave' })
          return [looked, first, ['b', 'c'].filter(id => role(id).first).length]
        """)
        self.assertEqual(said, [[True, True, True], [True, False, False], 1])

    def test_a_tab_that_does_not_answer_holds_nothing_and_comes_back_when_it_speaks(self):
        said = self.run_board("""
          enter('a'); enter('b')
          for (const round of [1, 2, 3]) { board.tick(); say('b', { do: 'here' }) }
          say('b', { do: 'leave' })
          const gone = connection.get().state
          say('a', { do: 'hurry' })
          return [gone, told.a.at(-1).tell]
        """)
        self.assertEqual(said, ["idle", "enter"])

    def test_a_sign_in_anew_gets_a_connection_of_its_own(self):
        said = self.run_board("""
          const states = []
          connection.subscribe(({ state }) => states.push(state))
          enter('a'); enter('b'); enter('a', '1', { renew: true })
          return states
        """)
        self.assertEqual(said[said.index("live"):], ["live", "idle", "live"])

    def test_messages_of_a_tab_that_is_gone_are_sent_by_another_and_those_of_a_living_one_are_not(self):
        said = self.run_module("""
          const { Outbox } = await import('/lib/chat/outbox.js')
          const sent = []
          const outbox = new Outbox({ tab: 'me', send: entry => Boolean(sent.push(entry.clientId)), changed: () => {} })
          outbox.takeIn({ clientId: 'x', channel: '1', tab: 'living', createdAt: '2', state: 'waiting' })
          outbox.takeIn({ clientId: 'y', channel: '1', tab: 'gone', createdAt: '1', state: 'sending' })
          outbox.adopt(['me', 'living'])
          outbox.reconnected()
          return [sent, outbox.entries.map(entry => entry.clientId + ' ' + entry.tab)]
        """)
        self.assertEqual(said, [["y", "y"], ["y me", "x living"]])


if __name__ == "__main__":
    unittest.main()
