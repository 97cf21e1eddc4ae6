#include "CAssets.h"
const int obox_asset_count = 0;
