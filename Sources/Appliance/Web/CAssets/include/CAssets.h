extern const int obox_asset_count;
