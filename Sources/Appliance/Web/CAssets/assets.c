// Written by generate.sh: do not edit.
#include "CAssets.h"

static const unsigned char a0[] = {
#embed "../Assets/app.js"
};
static const unsigned char a1[] = {
#embed "../Assets/elements/app-shell.js"
};
static const unsigned char a2[] = {
#embed "../Assets/elements/confirm-dialog.js"
};
static const unsigned char a3[] = {
#embed "../Assets/elements/connect-card.js"
};
static const unsigned char a4[] = {
#embed "../Assets/elements/connection-note.js"
};
static const unsigned char a5[] = {
#embed "../Assets/elements/copy-field.js"
};
static const unsigned char a6[] = {
#embed "../Assets/elements/create-dialog.js"
};
static const unsigned char a7[] = {
#embed "../Assets/elements/empty-state.js"
};
static const unsigned char a8[] = {
#embed "../Assets/elements/form-field.js"
};
static const unsigned char a9[] = {
#embed "../Assets/elements/job-progress.js"
};
static const unsigned char a10[] = {
#embed "../Assets/elements/key-sheet.js"
};
static const unsigned char a11[] = {
#embed "../Assets/elements/live-region.js"
};
static const unsigned char a12[] = {
#embed "../Assets/elements/load-gauge.js"
};
static const unsigned char a13[] = {
#embed "../Assets/elements/machine-load.js"
};
static const unsigned char a14[] = {
#embed "../Assets/elements/machine-row.js"
};
static const unsigned char a15[] = {
#embed "../Assets/elements/plan-picture.js"
};
static const unsigned char a16[] = {
#embed "../Assets/elements/preference-switch.js"
};
static const unsigned char a17[] = {
#embed "../Assets/elements/side-bar.js"
};
static const unsigned char a18[] = {
#embed "../Assets/elements/status-badge.js"
};
static const unsigned char a19[] = {
#embed "../Assets/elements/time-ago.js"
};
static const unsigned char a20[] = {
#embed "../Assets/elements/toast-list.js"
};
static const unsigned char a21[] = {
#embed "../Assets/index.html"
};
static const unsigned char a22[] = {
#embed "../Assets/lib/api.js"
};
static const unsigned char a23[] = {
#embed "../Assets/lib/dialogs.js"
};
static const unsigned char a24[] = {
#embed "../Assets/lib/element.js"
};
static const unsigned char a25[] = {
#embed "../Assets/lib/format.js"
};
static const unsigned char a26[] = {
#embed "../Assets/lib/html.js"
};
static const unsigned char a27[] = {
#embed "../Assets/lib/i18n.js"
};
static const unsigned char a28[] = {
#embed "../Assets/lib/icons.js"
};
static const unsigned char a29[] = {
#embed "../Assets/lib/live.js"
};
static const unsigned char a30[] = {
#embed "../Assets/lib/machine-actions.js"
};
static const unsigned char a31[] = {
#embed "../Assets/lib/machines.js"
};
static const unsigned char a32[] = {
#embed "../Assets/lib/morph.js"
};
static const unsigned char a33[] = {
#embed "../Assets/lib/router.js"
};
static const unsigned char a34[] = {
#embed "../Assets/lib/session.js"
};
static const unsigned char a35[] = {
#embed "../Assets/lib/shortcuts.js"
};
static const unsigned char a36[] = {
#embed "../Assets/lib/socket.js"
};
static const unsigned char a37[] = {
#embed "../Assets/lib/steps.js"
};
static const unsigned char a38[] = {
#embed "../Assets/lib/store.js"
};
static const unsigned char a39[] = {
#embed "../Assets/lib/validation.js"
};
static const unsigned char a40[] = {
#embed "../Assets/logo.svg"
};
static const unsigned char a41[] = {
#embed "../Assets/pages/gate.js"
};
static const unsigned char a42[] = {
#embed "../Assets/pages/host.js"
};
static const unsigned char a43[] = {
#embed "../Assets/pages/machine.js"
};
static const unsigned char a44[] = {
#embed "../Assets/pages/machines.js"
};
static const unsigned char a45[] = {
#embed "../Assets/pages/mailbox.js"
};
static const unsigned char a46[] = {
#embed "../Assets/pages/not-found.js"
};
static const unsigned char a47[] = {
#embed "../Assets/pages/profile.js"
};
static const unsigned char a48[] = {
#embed "../Assets/pages/register.js"
};
static const unsigned char a49[] = {
#embed "../Assets/pages/set-up.js"
};
static const unsigned char a50[] = {
#embed "../Assets/pages/sign-in.js"
};
static const unsigned char a51[] = {
#embed "../Assets/pages/verify-email.js"
};
static const unsigned char a52[] = {
#embed "../Assets/start.js"
};
static const unsigned char a53[] = {
#embed "../Assets/styles/base.css"
};
static const unsigned char a54[] = {
#embed "../Assets/styles/controls.css"
};
static const unsigned char a55[] = {
#embed "../Assets/styles/create.css"
};
static const unsigned char a56[] = {
#embed "../Assets/styles/dialogs.css"
};
static const unsigned char a57[] = {
#embed "../Assets/styles/fields.css"
};
static const unsigned char a58[] = {
#embed "../Assets/styles/gate.css"
};
static const unsigned char a59[] = {
#embed "../Assets/styles/host.css"
};
static const unsigned char a60[] = {
#embed "../Assets/styles/layers.css"
};
static const unsigned char a61[] = {
#embed "../Assets/styles/machine.css"
};
static const unsigned char a62[] = {
#embed "../Assets/styles/machines.css"
};
static const unsigned char a63[] = {
#embed "../Assets/styles/mailbox.css"
};
static const unsigned char a64[] = {
#embed "../Assets/styles/progress.css"
};
static const unsigned char a65[] = {
#embed "../Assets/styles/shell.css"
};
static const unsigned char a66[] = {
#embed "../Assets/styles/status.css"
};
static const unsigned char a67[] = {
#embed "../Assets/styles/tokens.css"
};
static const unsigned char a68[] = {
#embed "../Assets/words/access.js"
};
static const unsigned char a69[] = {
#embed "../Assets/words/host.js"
};
static const unsigned char a70[] = {
#embed "../Assets/words/jobs.js"
};
static const unsigned char a71[] = {
#embed "../Assets/words/machines.js"
};
static const unsigned char a72[] = {
#embed "../Assets/words/shell.js"
};

static const obox_asset obox_assets[] = {
  {"app.js", a0, sizeof a0},
  {"elements/app-shell.js", a1, sizeof a1},
  {"elements/confirm-dialog.js", a2, sizeof a2},
  {"elements/connect-card.js", a3, sizeof a3},
  {"elements/connection-note.js", a4, sizeof a4},
  {"elements/copy-field.js", a5, sizeof a5},
  {"elements/create-dialog.js", a6, sizeof a6},
  {"elements/empty-state.js", a7, sizeof a7},
  {"elements/form-field.js", a8, sizeof a8},
  {"elements/job-progress.js", a9, sizeof a9},
  {"elements/key-sheet.js", a10, sizeof a10},
  {"elements/live-region.js", a11, sizeof a11},
  {"elements/load-gauge.js", a12, sizeof a12},
  {"elements/machine-load.js", a13, sizeof a13},
  {"elements/machine-row.js", a14, sizeof a14},
  {"elements/plan-picture.js", a15, sizeof a15},
  {"elements/preference-switch.js", a16, sizeof a16},
  {"elements/side-bar.js", a17, sizeof a17},
  {"elements/status-badge.js", a18, sizeof a18},
  {"elements/time-ago.js", a19, sizeof a19},
  {"elements/toast-list.js", a20, sizeof a20},
  {"index.html", a21, sizeof a21},
  {"lib/api.js", a22, sizeof a22},
  {"lib/dialogs.js", a23, sizeof a23},
  {"lib/element.js", a24, sizeof a24},
  {"lib/format.js", a25, sizeof a25},
  {"lib/html.js", a26, sizeof a26},
  {"lib/i18n.js", a27, sizeof a27},
  {"lib/icons.js", a28, sizeof a28},
  {"lib/live.js", a29, sizeof a29},
  {"lib/machine-actions.js", a30, sizeof a30},
  {"lib/machines.js", a31, sizeof a31},
  {"lib/morph.js", a32, sizeof a32},
  {"lib/router.js", a33, sizeof a33},
  {"lib/session.js", a34, sizeof a34},
  {"lib/shortcuts.js", a35, sizeof a35},
  {"lib/socket.js", a36, sizeof a36},
  {"lib/steps.js", a37, sizeof a37},
  {"lib/store.js", a38, sizeof a38},
  {"lib/validation.js", a39, sizeof a39},
  {"logo.svg", a40, sizeof a40},
  {"pages/gate.js", a41, sizeof a41},
  {"pages/host.js", a42, sizeof a42},
  {"pages/machine.js", a43, sizeof a43},
  {"pages/machines.js", a44, sizeof a44},
  {"pages/mailbox.js", a45, sizeof a45},
  {"pages/not-found.js", a46, sizeof a46},
  {"pages/profile.js", a47, sizeof a47},
  {"pages/register.js", a48, sizeof a48},
  {"pages/set-up.js", a49, sizeof a49},
  {"pages/sign-in.js", a50, sizeof a50},
  {"pages/verify-email.js", a51, sizeof a51},
  {"start.js", a52, sizeof a52},
  {"styles/base.css", a53, sizeof a53},
  {"styles/controls.css", a54, sizeof a54},
  {"styles/create.css", a55, sizeof a55},
  {"styles/dialogs.css", a56, sizeof a56},
  {"styles/fields.css", a57, sizeof a57},
  {"styles/gate.css", a58, sizeof a58},
  {"styles/host.css", a59, sizeof a59},
  {"styles/layers.css", a60, sizeof a60},
  {"styles/machine.css", a61, sizeof a61},
  {"styles/machines.css", a62, sizeof a62},
  {"styles/mailbox.css", a63, sizeof a63},
  {"styles/progress.css", a64, sizeof a64},
  {"styles/shell.css", a65, sizeof a65},
  {"styles/status.css", a66, sizeof a66},
  {"styles/tokens.css", a67, sizeof a67},
  {"words/access.js", a68, sizeof a68},
  {"words/host.js", a69, sizeof a69},
  {"words/jobs.js", a70, sizeof a70},
  {"words/machines.js", a71, sizeof a71},
  {"words/shell.js", a72, sizeof a72},
};

const int obox_asset_count = sizeof obox_assets / sizeof obox_assets[0];

const obox_asset *obox_asset_at(int index) {
  return index >= 0 && index < obox_asset_count ? &obox_assets[index] : 0;
}
