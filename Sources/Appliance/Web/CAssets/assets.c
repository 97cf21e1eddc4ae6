#include "CAssets.h"
const int obox_asset_count = 0;
const obox_asset *obox_asset_at(int index) { return 0; }
