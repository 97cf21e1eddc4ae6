// Written by generate.sh: do not edit.
#include "CAssets.h"

static const unsigned char a0[] = {
#embed "../Assets/app.js"
};
static const unsigned char a1[] = {
#embed "../Assets/elements/app-shell.js"
};
static const unsigned char a2[] = {
#embed "../Assets/elements/audience-field.js"
};
static const unsigned char a3[] = {
#embed "../Assets/elements/category-dialog.js"
};
static const unsigned char a4[] = {
#embed "../Assets/elements/channel-browse.js"
};
static const unsigned char a5[] = {
#embed "../Assets/elements/channel-delete.js"
};
static const unsigned char a6[] = {
#embed "../Assets/elements/channel-dialog.js"
};
static const unsigned char a7[] = {
#embed "../Assets/elements/channel-head.js"
};
static const unsigned char a8[] = {
#embed "../Assets/elements/channel-list.js"
};
static const unsigned char a9[] = {
#embed "../Assets/elements/channel-people.js"
};
static const unsigned char a10[] = {
#embed "../Assets/elements/channel-pins.js"
};
static const unsigned char a11[] = {
#embed "../Assets/elements/channel-sign.js"
};
static const unsigned char a12[] = {
#embed "../Assets/elements/chat-composer.js"
};
static const unsigned char a13[] = {
#embed "../Assets/elements/chat-message.js"
};
static const unsigned char a14[] = {
#embed "../Assets/elements/chat-search.js"
};
static const unsigned char a15[] = {
#embed "../Assets/elements/chat-thread.js"
};
static const unsigned char a16[] = {
#embed "../Assets/elements/composer-choices.js"
};
static const unsigned char a17[] = {
#embed "../Assets/elements/composer-closed.js"
};
static const unsigned char a18[] = {
#embed "../Assets/elements/composer-files.js"
};
static const unsigned char a19[] = {
#embed "../Assets/elements/composer-notes.js"
};
static const unsigned char a20[] = {
#embed "../Assets/elements/composer-view.js"
};
static const unsigned char a21[] = {
#embed "../Assets/elements/confirm-dialog.js"
};
static const unsigned char a22[] = {
#embed "../Assets/elements/connect-card.js"
};
static const unsigned char a23[] = {
#embed "../Assets/elements/connection-note.js"
};
static const unsigned char a24[] = {
#embed "../Assets/elements/copy-field.js"
};
static const unsigned char a25[] = {
#embed "../Assets/elements/create-dialog.js"
};
static const unsigned char a26[] = {
#embed "../Assets/elements/emoji-picker.js"
};
static const unsigned char a27[] = {
#embed "../Assets/elements/empty-state.js"
};
static const unsigned char a28[] = {
#embed "../Assets/elements/file-field.js"
};
static const unsigned char a29[] = {
#embed "../Assets/elements/first-steps.js"
};
static const unsigned char a30[] = {
#embed "../Assets/elements/form-field.js"
};
static const unsigned char a31[] = {
#embed "../Assets/elements/found-head.js"
};
static const unsigned char a32[] = {
#embed "../Assets/elements/import-dialog.js"
};
static const unsigned char a33[] = {
#embed "../Assets/elements/job-progress.js"
};
static const unsigned char a34[] = {
#embed "../Assets/elements/key-sheet.js"
};
static const unsigned char a35[] = {
#embed "../Assets/elements/live-region.js"
};
static const unsigned char a36[] = {
#embed "../Assets/elements/load-gauge.js"
};
static const unsigned char a37[] = {
#embed "../Assets/elements/load-graph.js"
};
static const unsigned char a38[] = {
#embed "../Assets/elements/loadable.js"
};
static const unsigned char a39[] = {
#embed "../Assets/elements/machine-load.js"
};
static const unsigned char a40[] = {
#embed "../Assets/elements/machine-row.js"
};
static const unsigned char a41[] = {
#embed "../Assets/elements/message-actions.js"
};
static const unsigned char a42[] = {
#embed "../Assets/elements/message-files.js"
};
static const unsigned char a43[] = {
#embed "../Assets/elements/message-list.js"
};
static const unsigned char a44[] = {
#embed "../Assets/elements/notices.js"
};
static const unsigned char a45[] = {
#embed "../Assets/elements/notification-bell.js"
};
static const unsigned char a46[] = {
#embed "../Assets/elements/notification-preferences.js"
};
static const unsigned char a47[] = {
#embed "../Assets/elements/notification-rows.js"
};
static const unsigned char a48[] = {
#embed "../Assets/elements/password-card.js"
};
static const unsigned char a49[] = {
#embed "../Assets/elements/people-picker.js"
};
static const unsigned char a50[] = {
#embed "../Assets/elements/person-card.js"
};
static const unsigned char a51[] = {
#embed "../Assets/elements/person-dialog.js"
};
static const unsigned char a52[] = {
#embed "../Assets/elements/person-form.js"
};
static const unsigned char a53[] = {
#embed "../Assets/elements/picture-viewer.js"
};
static const unsigned char a54[] = {
#embed "../Assets/elements/plan-picture.js"
};
static const unsigned char a55[] = {
#embed "../Assets/elements/preference-switch.js"
};
static const unsigned char a56[] = {
#embed "../Assets/elements/presence-list.js"
};
static const unsigned char a57[] = {
#embed "../Assets/elements/profile-form.js"
};
static const unsigned char a58[] = {
#embed "../Assets/elements/quick-switcher.js"
};
static const unsigned char a59[] = {
#embed "../Assets/elements/quota-card.js"
};
static const unsigned char a60[] = {
#embed "../Assets/elements/quota-form.js"
};
static const unsigned char a61[] = {
#embed "../Assets/elements/recovery-codes.js"
};
static const unsigned char a62[] = {
#embed "../Assets/elements/rights-card.js"
};
static const unsigned char a63[] = {
#embed "../Assets/elements/section-tabs.js"
};
static const unsigned char a64[] = {
#embed "../Assets/elements/sessions-card.js"
};
static const unsigned char a65[] = {
#embed "../Assets/elements/side-bar.js"
};
static const unsigned char a66[] = {
#embed "../Assets/elements/status-badge.js"
};
static const unsigned char a67[] = {
#embed "../Assets/elements/table-dialog.js"
};
static const unsigned char a68[] = {
#embed "../Assets/elements/takeover-dialog.js"
};
static const unsigned char a69[] = {
#embed "../Assets/elements/time-ago.js"
};
static const unsigned char a70[] = {
#embed "../Assets/elements/toast-list.js"
};
static const unsigned char a71[] = {
#embed "../Assets/elements/tokens-card.js"
};
static const unsigned char a72[] = {
#embed "../Assets/elements/two-step-card.js"
};
static const unsigned char a73[] = {
#embed "../Assets/elements/typing-line.js"
};
static const unsigned char a74[] = {
#embed "../Assets/fields/audience.js"
};
static const unsigned char a75[] = {
#embed "../Assets/fields/choice.js"
};
static const unsigned char a76[] = {
#embed "../Assets/fields/choices.js"
};
static const unsigned char a77[] = {
#embed "../Assets/fields/color.js"
};
static const unsigned char a78[] = {
#embed "../Assets/fields/file.js"
};
static const unsigned char a79[] = {
#embed "../Assets/fields/flag.js"
};
static const unsigned char a80[] = {
#embed "../Assets/fields/lines.js"
};
static const unsigned char a81[] = {
#embed "../Assets/fields/number.js"
};
static const unsigned char a82[] = {
#embed "../Assets/fields/object.js"
};
static const unsigned char a83[] = {
#embed "../Assets/fields/reference.js"
};
static const unsigned char a84[] = {
#embed "../Assets/fields/tags.js"
};
static const unsigned char a85[] = {
#embed "../Assets/fields/text.js"
};
static const unsigned char a86[] = {
#embed "../Assets/fields/time.js"
};
static const unsigned char a87[] = {
#embed "../Assets/index.html"
};
static const unsigned char a88[] = {
#embed "../Assets/lib/announcer.js"
};
static const unsigned char a89[] = {
#embed "../Assets/lib/api.js"
};
static const unsigned char a90[] = {
#embed "../Assets/lib/audit-notes.js"
};
static const unsigned char a91[] = {
#embed "../Assets/lib/autocomplete-menu.js"
};
static const unsigned char a92[] = {
#embed "../Assets/lib/autocomplete.js"
};
static const unsigned char a93[] = {
#embed "../Assets/lib/channel-actions.js"
};
static const unsigned char a94[] = {
#embed "../Assets/lib/channel-rights.js"
};
static const unsigned char a95[] = {
#embed "../Assets/lib/chat-panel.js"
};
static const unsigned char a96[] = {
#embed "../Assets/lib/chat-people.js"
};
static const unsigned char a97[] = {
#embed "../Assets/lib/chat/actions.js"
};
static const unsigned char a98[] = {
#embed "../Assets/lib/chat/arrivals.js"
};
static const unsigned char a99[] = {
#embed "../Assets/lib/chat/channels.js"
};
static const unsigned char a100[] = {
#embed "../Assets/lib/chat/composer-state.js"
};
static const unsigned char a101[] = {
#embed "../Assets/lib/chat/frames.js"
};
static const unsigned char a102[] = {
#embed "../Assets/lib/chat/history.js"
};
static const unsigned char a103[] = {
#embed "../Assets/lib/chat/ids.js"
};
static const unsigned char a104[] = {
#embed "../Assets/lib/chat/incoming.js"
};
static const unsigned char a105[] = {
#embed "../Assets/lib/chat/inline.js"
};
static const unsigned char a106[] = {
#embed "../Assets/lib/chat/keyboard.js"
};
static const unsigned char a107[] = {
#embed "../Assets/lib/chat/local-storage.js"
};
static const unsigned char a108[] = {
#embed "../Assets/lib/chat/markdown.js"
};
static const unsigned char a109[] = {
#embed "../Assets/lib/chat/markup.js"
};
static const unsigned char a110[] = {
#embed "../Assets/lib/chat/mentions.js"
};
static const unsigned char a111[] = {
#embed "../Assets/lib/chat/message-actions.js"
};
static const unsigned char a112[] = {
#embed "../Assets/lib/chat/message-keys.js"
};
static const unsigned char a113[] = {
#embed "../Assets/lib/chat/message-menu.js"
};
static const unsigned char a114[] = {
#embed "../Assets/lib/chat/message-window.js"
};
static const unsigned char a115[] = {
#embed "../Assets/lib/chat/names.js"
};
static const unsigned char a116[] = {
#embed "../Assets/lib/chat/opening.js"
};
static const unsigned char a117[] = {
#embed "../Assets/lib/chat/outbox.js"
};
static const unsigned char a118[] = {
#embed "../Assets/lib/chat/outgoing.js"
};
static const unsigned char a119[] = {
#embed "../Assets/lib/chat/row-nodes.js"
};
static const unsigned char a120[] = {
#embed "../Assets/lib/chat/rows.js"
};
static const unsigned char a121[] = {
#embed "../Assets/lib/chat/scrolling.js"
};
static const unsigned char a122[] = {
#embed "../Assets/lib/chat/sending.js"
};
static const unsigned char a123[] = {
#embed "../Assets/lib/chat/store.js"
};
static const unsigned char a124[] = {
#embed "../Assets/lib/chat/threads.js"
};
static const unsigned char a125[] = {
#embed "../Assets/lib/chat/times.js"
};
static const unsigned char a126[] = {
#embed "../Assets/lib/composer.js"
};
static const unsigned char a127[] = {
#embed "../Assets/lib/dialogs.js"
};
static const unsigned char a128[] = {
#embed "../Assets/lib/drafts.js"
};
static const unsigned char a129[] = {
#embed "../Assets/lib/drop-zone.js"
};
static const unsigned char a130[] = {
#embed "../Assets/lib/edit-drafts.js"
};
static const unsigned char a131[] = {
#embed "../Assets/lib/element.js"
};
static const unsigned char a132[] = {
#embed "../Assets/lib/emoji-list.js"
};
static const unsigned char a133[] = {
#embed "../Assets/lib/emoji.js"
};
static const unsigned char a134[] = {
#embed "../Assets/lib/fields.js"
};
static const unsigned char a135[] = {
#embed "../Assets/lib/form.js"
};
static const unsigned char a136[] = {
#embed "../Assets/lib/format.js"
};
static const unsigned char a137[] = {
#embed "../Assets/lib/graph.js"
};
static const unsigned char a138[] = {
#embed "../Assets/lib/host.js"
};
static const unsigned char a139[] = {
#embed "../Assets/lib/html.js"
};
static const unsigned char a140[] = {
#embed "../Assets/lib/i18n.js"
};
static const unsigned char a141[] = {
#embed "../Assets/lib/icons.js"
};
static const unsigned char a142[] = {
#embed "../Assets/lib/invisible.js"
};
static const unsigned char a143[] = {
#embed "../Assets/lib/live.js"
};
static const unsigned char a144[] = {
#embed "../Assets/lib/loader.js"
};
static const unsigned char a145[] = {
#embed "../Assets/lib/machine-actions.js"
};
static const unsigned char a146[] = {
#embed "../Assets/lib/machines.js"
};
static const unsigned char a147[] = {
#embed "../Assets/lib/marked.js"
};
static const unsigned char a148[] = {
#embed "../Assets/lib/menu.js"
};
static const unsigned char a149[] = {
#embed "../Assets/lib/morph.js"
};
static const unsigned char a150[] = {
#embed "../Assets/lib/navigation.js"
};
static const unsigned char a151[] = {
#embed "../Assets/lib/notification-signs.js"
};
static const unsigned char a152[] = {
#embed "../Assets/lib/notifications.js"
};
static const unsigned char a153[] = {
#embed "../Assets/lib/paged.js"
};
static const unsigned char a154[] = {
#embed "../Assets/lib/panel-element.js"
};
static const unsigned char a155[] = {
#embed "../Assets/lib/people.js"
};
static const unsigned char a156[] = {
#embed "../Assets/lib/presence.js"
};
static const unsigned char a157[] = {
#embed "../Assets/lib/quota.js"
};
static const unsigned char a158[] = {
#embed "../Assets/lib/router.js"
};
static const unsigned char a159[] = {
#embed "../Assets/lib/session.js"
};
static const unsigned char a160[] = {
#embed "../Assets/lib/shortcuts.js"
};
static const unsigned char a161[] = {
#embed "../Assets/lib/singleton.js"
};
static const unsigned char a162[] = {
#embed "../Assets/lib/socket.js"
};
static const unsigned char a163[] = {
#embed "../Assets/lib/steps.js"
};
static const unsigned char a164[] = {
#embed "../Assets/lib/store.js"
};
static const unsigned char a165[] = {
#embed "../Assets/lib/tabs/board.js"
};
static const unsigned char a166[] = {
#embed "../Assets/lib/tabs/broadcast.js"
};
static const unsigned char a167[] = {
#embed "../Assets/lib/tabs/by-leader.js"
};
static const unsigned char a168[] = {
#embed "../Assets/lib/tabs/by-worker.js"
};
static const unsigned char a169[] = {
#embed "../Assets/lib/tabs/carriers.js"
};
static const unsigned char a170[] = {
#embed "../Assets/lib/tabs/channel-joins.js"
};
static const unsigned char a171[] = {
#embed "../Assets/lib/tabs/line.js"
};
static const unsigned char a172[] = {
#embed "../Assets/lib/tabs/switchboard.js"
};
static const unsigned char a173[] = {
#embed "../Assets/lib/tabs/tab-locks.js"
};
static const unsigned char a174[] = {
#embed "../Assets/lib/tabs/watch.js"
};
static const unsigned char a175[] = {
#embed "../Assets/lib/text-box.js"
};
static const unsigned char a176[] = {
#embed "../Assets/lib/uploads.js"
};
static const unsigned char a177[] = {
#embed "../Assets/lib/validation.js"
};
static const unsigned char a178[] = {
#embed "../Assets/live-worker.js"
};
static const unsigned char a179[] = {
#embed "../Assets/logo-unread.svg"
};
static const unsigned char a180[] = {
#embed "../Assets/logo.svg"
};
static const unsigned char a181[] = {
#embed "../Assets/pages/audit.js"
};
static const unsigned char a182[] = {
#embed "../Assets/pages/categories.js"
};
static const unsigned char a183[] = {
#embed "../Assets/pages/chat.js"
};
static const unsigned char a184[] = {
#embed "../Assets/pages/client-errors.js"
};
static const unsigned char a185[] = {
#embed "../Assets/pages/directory.js"
};
static const unsigned char a186[] = {
#embed "../Assets/pages/forgotten-password.js"
};
static const unsigned char a187[] = {
#embed "../Assets/pages/gate.js"
};
static const unsigned char a188[] = {
#embed "../Assets/pages/home.js"
};
static const unsigned char a189[] = {
#embed "../Assets/pages/host.js"
};
static const unsigned char a190[] = {
#embed "../Assets/pages/machine.js"
};
static const unsigned char a191[] = {
#embed "../Assets/pages/machines.js"
};
static const unsigned char a192[] = {
#embed "../Assets/pages/mailbox.js"
};
static const unsigned char a193[] = {
#embed "../Assets/pages/media.js"
};
static const unsigned char a194[] = {
#embed "../Assets/pages/not-found.js"
};
static const unsigned char a195[] = {
#embed "../Assets/pages/notifications.js"
};
static const unsigned char a196[] = {
#embed "../Assets/pages/people.js"
};
static const unsigned char a197[] = {
#embed "../Assets/pages/person.js"
};
static const unsigned char a198[] = {
#embed "../Assets/pages/profile.js"
};
static const unsigned char a199[] = {
#embed "../Assets/pages/quotas.js"
};
static const unsigned char a200[] = {
#embed "../Assets/pages/register.js"
};
static const unsigned char a201[] = {
#embed "../Assets/pages/reset-password.js"
};
static const unsigned char a202[] = {
#embed "../Assets/pages/security.js"
};
static const unsigned char a203[] = {
#embed "../Assets/pages/set-up.js"
};
static const unsigned char a204[] = {
#embed "../Assets/pages/settings.js"
};
static const unsigned char a205[] = {
#embed "../Assets/pages/sign-in.js"
};
static const unsigned char a206[] = {
#embed "../Assets/pages/table.js"
};
static const unsigned char a207[] = {
#embed "../Assets/pages/verify-email.js"
};
static const unsigned char a208[] = {
#embed "../Assets/start.js"
};
static const unsigned char a209[] = {
#embed "../Assets/styles/accounts.css"
};
static const unsigned char a210[] = {
#embed "../Assets/styles/base.css"
};
static const unsigned char a211[] = {
#embed "../Assets/styles/cards.css"
};
static const unsigned char a212[] = {
#embed "../Assets/styles/channels.css"
};
static const unsigned char a213[] = {
#embed "../Assets/styles/chat-message.css"
};
static const unsigned char a214[] = {
#embed "../Assets/styles/chat.css"
};
static const unsigned char a215[] = {
#embed "../Assets/styles/compose.css"
};
static const unsigned char a216[] = {
#embed "../Assets/styles/controls.css"
};
static const unsigned char a217[] = {
#embed "../Assets/styles/create.css"
};
static const unsigned char a218[] = {
#embed "../Assets/styles/dialogs.css"
};
static const unsigned char a219[] = {
#embed "../Assets/styles/fields.css"
};
static const unsigned char a220[] = {
#embed "../Assets/styles/gate.css"
};
static const unsigned char a221[] = {
#embed "../Assets/styles/home.css"
};
static const unsigned char a222[] = {
#embed "../Assets/styles/host.css"
};
static const unsigned char a223[] = {
#embed "../Assets/styles/layers.css"
};
static const unsigned char a224[] = {
#embed "../Assets/styles/load.css"
};
static const unsigned char a225[] = {
#embed "../Assets/styles/machine.css"
};
static const unsigned char a226[] = {
#embed "../Assets/styles/machines.css"
};
static const unsigned char a227[] = {
#embed "../Assets/styles/mailbox.css"
};
static const unsigned char a228[] = {
#embed "../Assets/styles/notifications.css"
};
static const unsigned char a229[] = {
#embed "../Assets/styles/panels.css"
};
static const unsigned char a230[] = {
#embed "../Assets/styles/people.css"
};
static const unsigned char a231[] = {
#embed "../Assets/styles/pickers.css"
};
static const unsigned char a232[] = {
#embed "../Assets/styles/presence.css"
};
static const unsigned char a233[] = {
#embed "../Assets/styles/progress.css"
};
static const unsigned char a234[] = {
#embed "../Assets/styles/quotas.css"
};
static const unsigned char a235[] = {
#embed "../Assets/styles/shell.css"
};
static const unsigned char a236[] = {
#embed "../Assets/styles/status.css"
};
static const unsigned char a237[] = {
#embed "../Assets/styles/tokens.css"
};
static const unsigned char a238[] = {
#embed "../Assets/words/access.js"
};
static const unsigned char a239[] = {
#embed "../Assets/words/accounts.js"
};
static const unsigned char a240[] = {
#embed "../Assets/words/audit.js"
};
static const unsigned char a241[] = {
#embed "../Assets/words/channels.js"
};
static const unsigned char a242[] = {
#embed "../Assets/words/chat.js"
};
static const unsigned char a243[] = {
#embed "../Assets/words/client-errors.js"
};
static const unsigned char a244[] = {
#embed "../Assets/words/compose.js"
};
static const unsigned char a245[] = {
#embed "../Assets/words/fields.js"
};
static const unsigned char a246[] = {
#embed "../Assets/words/home.js"
};
static const unsigned char a247[] = {
#embed "../Assets/words/host.js"
};
static const unsigned char a248[] = {
#embed "../Assets/words/jobs.js"
};
static const unsigned char a249[] = {
#embed "../Assets/words/load.js"
};
static const unsigned char a250[] = {
#embed "../Assets/words/machines.js"
};
static const unsigned char a251[] = {
#embed "../Assets/words/notifications.js"
};
static const unsigned char a252[] = {
#embed "../Assets/words/people.js"
};
static const unsigned char a253[] = {
#embed "../Assets/words/quotas.js"
};
static const unsigned char a254[] = {
#embed "../Assets/words/security.js"
};
static const unsigned char a255[] = {
#embed "../Assets/words/shell.js"
};
static const unsigned char a256[] = {
#embed "../Assets/words/tables.js"
};

static const obox_asset obox_assets[] = {
  {"app.js", a0, sizeof a0},
  {"elements/app-shell.js", a1, sizeof a1},
  {"elements/audience-field.js", a2, sizeof a2},
  {"elements/category-dialog.js", a3, sizeof a3},
  {"elements/channel-browse.js", a4, sizeof a4},
  {"elements/channel-delete.js", a5, sizeof a5},
  {"elements/channel-dialog.js", a6, sizeof a6},
  {"elements/channel-head.js", a7, sizeof a7},
  {"elements/channel-list.js", a8, sizeof a8},
  {"elements/channel-people.js", a9, sizeof a9},
  {"elements/channel-pins.js", a10, sizeof a10},
  {"elements/channel-sign.js", a11, sizeof a11},
  {"elements/chat-composer.js", a12, sizeof a12},
  {"elements/chat-message.js", a13, sizeof a13},
  {"elements/chat-search.js", a14, sizeof a14},
  {"elements/chat-thread.js", a15, sizeof a15},
  {"elements/composer-choices.js", a16, sizeof a16},
  {"elements/composer-closed.js", a17, sizeof a17},
  {"elements/composer-files.js", a18, sizeof a18},
  {"elements/composer-notes.js", a19, sizeof a19},
  {"elements/composer-view.js", a20, sizeof a20},
  {"elements/confirm-dialog.js", a21, sizeof a21},
  {"elements/connect-card.js", a22, sizeof a22},
  {"elements/connection-note.js", a23, sizeof a23},
  {"elements/copy-field.js", a24, sizeof a24},
  {"elements/create-dialog.js", a25, sizeof a25},
  {"elements/emoji-picker.js", a26, sizeof a26},
  {"elements/empty-state.js", a27, sizeof a27},
  {"elements/file-field.js", a28, sizeof a28},
  {"elements/first-steps.js", a29, sizeof a29},
  {"elements/form-field.js", a30, sizeof a30},
  {"elements/found-head.js", a31, sizeof a31},
  {"elements/import-dialog.js", a32, sizeof a32},
  {"elements/job-progress.js", a33, sizeof a33},
  {"elements/key-sheet.js", a34, sizeof a34},
  {"elements/live-region.js", a35, sizeof a35},
  {"elements/load-gauge.js", a36, sizeof a36},
  {"elements/load-graph.js", a37, sizeof a37},
  {"elements/loadable.js", a38, sizeof a38},
  {"elements/machine-load.js", a39, sizeof a39},
  {"elements/machine-row.js", a40, sizeof a40},
  {"elements/message-actions.js", a41, sizeof a41},
  {"elements/message-files.js", a42, sizeof a42},
  {"elements/message-list.js", a43, sizeof a43},
  {"elements/notices.js", a44, sizeof a44},
  {"elements/notification-bell.js", a45, sizeof a45},
  {"elements/notification-preferences.js", a46, sizeof a46},
  {"elements/notification-rows.js", a47, sizeof a47},
  {"elements/password-card.js", a48, sizeof a48},
  {"elements/people-picker.js", a49, sizeof a49},
  {"elements/person-card.js", a50, sizeof a50},
  {"elements/person-dialog.js", a51, sizeof a51},
  {"elements/person-form.js", a52, sizeof a52},
  {"elements/picture-viewer.js", a53, sizeof a53},
  {"elements/plan-picture.js", a54, sizeof a54},
  {"elements/preference-switch.js", a55, sizeof a55},
  {"elements/presence-list.js", a56, sizeof a56},
  {"elements/profile-form.js", a57, sizeof a57},
  {"elements/quick-switcher.js", a58, sizeof a58},
  {"elements/quota-card.js", a59, sizeof a59},
  {"elements/quota-form.js", a60, sizeof a60},
  {"elements/recovery-codes.js", a61, sizeof a61},
  {"elements/rights-card.js", a62, sizeof a62},
  {"elements/section-tabs.js", a63, sizeof a63},
  {"elements/sessions-card.js", a64, sizeof a64},
  {"elements/side-bar.js", a65, sizeof a65},
  {"elements/status-badge.js", a66, sizeof a66},
  {"elements/table-dialog.js", a67, sizeof a67},
  {"elements/takeover-dialog.js", a68, sizeof a68},
  {"elements/time-ago.js", a69, sizeof a69},
  {"elements/toast-list.js", a70, sizeof a70},
  {"elements/tokens-card.js", a71, sizeof a71},
  {"elements/two-step-card.js", a72, sizeof a72},
  {"elements/typing-line.js", a73, sizeof a73},
  {"fields/audience.js", a74, sizeof a74},
  {"fields/choice.js", a75, sizeof a75},
  {"fields/choices.js", a76, sizeof a76},
  {"fields/color.js", a77, sizeof a77},
  {"fields/file.js", a78, sizeof a78},
  {"fields/flag.js", a79, sizeof a79},
  {"fields/lines.js", a80, sizeof a80},
  {"fields/number.js", a81, sizeof a81},
  {"fields/object.js", a82, sizeof a82},
  {"fields/reference.js", a83, sizeof a83},
  {"fields/tags.js", a84, sizeof a84},
  {"fields/text.js", a85, sizeof a85},
  {"fields/time.js", a86, sizeof a86},
  {"index.html", a87, sizeof a87},
  {"lib/announcer.js", a88, sizeof a88},
  {"lib/api.js", a89, sizeof a89},
  {"lib/audit-notes.js", a90, sizeof a90},
  {"lib/autocomplete-menu.js", a91, sizeof a91},
  {"lib/autocomplete.js", a92, sizeof a92},
  {"lib/channel-actions.js", a93, sizeof a93},
  {"lib/channel-rights.js", a94, sizeof a94},
  {"lib/chat-panel.js", a95, sizeof a95},
  {"lib/chat-people.js", a96, sizeof a96},
  {"lib/chat/actions.js", a97, sizeof a97},
  {"lib/chat/arrivals.js", a98, sizeof a98},
  {"lib/chat/channels.js", a99, sizeof a99},
  {"lib/chat/composer-state.js", a100, sizeof a100},
  {"lib/chat/frames.js", a101, sizeof a101},
  {"lib/chat/history.js", a102, sizeof a102},
  {"lib/chat/ids.js", a103, sizeof a103},
  {"lib/chat/incoming.js", a104, sizeof a104},
  {"lib/chat/inline.js", a105, sizeof a105},
  {"lib/chat/keyboard.js", a106, sizeof a106},
  {"lib/chat/local-storage.js", a107, sizeof a107},
  {"lib/chat/markdown.js", a108, sizeof a108},
  {"lib/chat/markup.js", a109, sizeof a109},
  {"lib/chat/mentions.js", a110, sizeof a110},
  {"lib/chat/message-actions.js", a111, sizeof a111},
  {"lib/chat/message-keys.js", a112, sizeof a112},
  {"lib/chat/message-menu.js", a113, sizeof a113},
  {"lib/chat/message-window.js", a114, sizeof a114},
  {"lib/chat/names.js", a115, sizeof a115},
  {"lib/chat/opening.js", a116, sizeof a116},
  {"lib/chat/outbox.js", a117, sizeof a117},
  {"lib/chat/outgoing.js", a118, sizeof a118},
  {"lib/chat/row-nodes.js", a119, sizeof a119},
  {"lib/chat/rows.js", a120, sizeof a120},
  {"lib/chat/scrolling.js", a121, sizeof a121},
  {"lib/chat/sending.js", a122, sizeof a122},
  {"lib/chat/store.js", a123, sizeof a123},
  {"lib/chat/threads.js", a124, sizeof a124},
  {"lib/chat/times.js", a125, sizeof a125},
  {"lib/composer.js", a126, sizeof a126},
  {"lib/dialogs.js", a127, sizeof a127},
  {"lib/drafts.js", a128, sizeof a128},
  {"lib/drop-zone.js", a129, sizeof a129},
  {"lib/edit-drafts.js", a130, sizeof a130},
  {"lib/element.js", a131, sizeof a131},
  {"lib/emoji-list.js", a132, sizeof a132},
  {"lib/emoji.js", a133, sizeof a133},
  {"lib/fields.js", a134, sizeof a134},
  {"lib/form.js", a135, sizeof a135},
  {"lib/format.js", a136, sizeof a136},
  {"lib/graph.js", a137, sizeof a137},
  {"lib/host.js", a138, sizeof a138},
  {"lib/html.js", a139, sizeof a139},
  {"lib/i18n.js", a140, sizeof a140},
  {"lib/icons.js", a141, sizeof a141},
  {"lib/invisible.js", a142, sizeof a142},
  {"lib/live.js", a143, sizeof a143},
  {"lib/loader.js", a144, sizeof a144},
  {"lib/machine-actions.js", a145, sizeof a145},
  {"lib/machines.js", a146, sizeof a146},
  {"lib/marked.js", a147, sizeof a147},
  {"lib/menu.js", a148, sizeof a148},
  {"lib/morph.js", a149, sizeof a149},
  {"lib/navigation.js", a150, sizeof a150},
  {"lib/notification-signs.js", a151, sizeof a151},
  {"lib/notifications.js", a152, sizeof a152},
  {"lib/paged.js", a153, sizeof a153},
  {"lib/panel-element.js", a154, sizeof a154},
  {"lib/people.js", a155, sizeof a155},
  {"lib/presence.js", a156, sizeof a156},
  {"lib/quota.js", a157, sizeof a157},
  {"lib/router.js", a158, sizeof a158},
  {"lib/session.js", a159, sizeof a159},
  {"lib/shortcuts.js", a160, sizeof a160},
  {"lib/singleton.js", a161, sizeof a161},
  {"lib/socket.js", a162, sizeof a162},
  {"lib/steps.js", a163, sizeof a163},
  {"lib/store.js", a164, sizeof a164},
  {"lib/tabs/board.js", a165, sizeof a165},
  {"lib/tabs/broadcast.js", a166, sizeof a166},
  {"lib/tabs/by-leader.js", a167, sizeof a167},
  {"lib/tabs/by-worker.js", a168, sizeof a168},
  {"lib/tabs/carriers.js", a169, sizeof a169},
  {"lib/tabs/channel-joins.js", a170, sizeof a170},
  {"lib/tabs/line.js", a171, sizeof a171},
  {"lib/tabs/switchboard.js", a172, sizeof a172},
  {"lib/tabs/tab-locks.js", a173, sizeof a173},
  {"lib/tabs/watch.js", a174, sizeof a174},
  {"lib/text-box.js", a175, sizeof a175},
  {"lib/uploads.js", a176, sizeof a176},
  {"lib/validation.js", a177, sizeof a177},
  {"live-worker.js", a178, sizeof a178},
  {"logo-unread.svg", a179, sizeof a179},
  {"logo.svg", a180, sizeof a180},
  {"pages/audit.js", a181, sizeof a181},
  {"pages/categories.js", a182, sizeof a182},
  {"pages/chat.js", a183, sizeof a183},
  {"pages/client-errors.js", a184, sizeof a184},
  {"pages/directory.js", a185, sizeof a185},
  {"pages/forgotten-password.js", a186, sizeof a186},
  {"pages/gate.js", a187, sizeof a187},
  {"pages/home.js", a188, sizeof a188},
  {"pages/host.js", a189, sizeof a189},
  {"pages/machine.js", a190, sizeof a190},
  {"pages/machines.js", a191, sizeof a191},
  {"pages/mailbox.js", a192, sizeof a192},
  {"pages/media.js", a193, sizeof a193},
  {"pages/not-found.js", a194, sizeof a194},
  {"pages/notifications.js", a195, sizeof a195},
  {"pages/people.js", a196, sizeof a196},
  {"pages/person.js", a197, sizeof a197},
  {"pages/profile.js", a198, sizeof a198},
  {"pages/quotas.js", a199, sizeof a199},
  {"pages/register.js", a200, sizeof a200},
  {"pages/reset-password.js", a201, sizeof a201},
  {"pages/security.js", a202, sizeof a202},
  {"pages/set-up.js", a203, sizeof a203},
  {"pages/settings.js", a204, sizeof a204},
  {"pages/sign-in.js", a205, sizeof a205},
  {"pages/table.js", a206, sizeof a206},
  {"pages/verify-email.js", a207, sizeof a207},
  {"start.js", a208, sizeof a208},
  {"styles/accounts.css", a209, sizeof a209},
  {"styles/base.css", a210, sizeof a210},
  {"styles/cards.css", a211, sizeof a211},
  {"styles/channels.css", a212, sizeof a212},
  {"styles/chat-message.css", a213, sizeof a213},
  {"styles/chat.css", a214, sizeof a214},
  {"styles/compose.css", a215, sizeof a215},
  {"styles/controls.css", a216, sizeof a216},
  {"styles/create.css", a217, sizeof a217},
  {"styles/dialogs.css", a218, sizeof a218},
  {"styles/fields.css", a219, sizeof a219},
  {"styles/gate.css", a220, sizeof a220},
  {"styles/home.css", a221, sizeof a221},
  {"styles/host.css", a222, sizeof a222},
  {"styles/layers.css", a223, sizeof a223},
  {"styles/load.css", a224, sizeof a224},
  {"styles/machine.css", a225, sizeof a225},
  {"styles/machines.css", a226, sizeof a226},
  {"styles/mailbox.css", a227, sizeof a227},
  {"styles/notifications.css", a228, sizeof a228},
  {"styles/panels.css", a229, sizeof a229},
  {"styles/people.css", a230, sizeof a230},
  {"styles/pickers.css", a231, sizeof a231},
  {"styles/presence.css", a232, sizeof a232},
  {"styles/progress.css", a233, sizeof a233},
  {"styles/quotas.css", a234, sizeof a234},
  {"styles/shell.css", a235, sizeof a235},
  {"styles/status.css", a236, sizeof a236},
  {"styles/tokens.css", a237, sizeof a237},
  {"words/access.js", a238, sizeof a238},
  {"words/accounts.js", a239, sizeof a239},
  {"words/audit.js", a240, sizeof a240},
  {"words/channels.js", a241, sizeof a241},
  {"words/chat.js", a242, sizeof a242},
  {"words/client-errors.js", a243, sizeof a243},
  {"words/compose.js", a244, sizeof a244},
  {"words/fields.js", a245, sizeof a245},
  {"words/home.js", a246, sizeof a246},
  {"words/host.js", a247, sizeof a247},
  {"words/jobs.js", a248, sizeof a248},
  {"words/load.js", a249, sizeof a249},
  {"words/machines.js", a250, sizeof a250},
  {"words/notifications.js", a251, sizeof a251},
  {"words/people.js", a252, sizeof a252},
  {"words/quotas.js", a253, sizeof a253},
  {"words/security.js", a254, sizeof a254},
  {"words/shell.js", a255, sizeof a255},
  {"words/tables.js", a256, sizeof a256},
};

const int obox_asset_count = sizeof obox_assets / sizeof obox_assets[0];

const obox_asset *obox_asset_at(int index) {
  return index >= 0 && index < obox_asset_count ? &obox_assets[index] : 0;
}
