// The operations that both modules export: none of them takes a key. Declared in wasm/exports.json.
#include "boundary.h"

REFEDGE_EXPORT(capture_ref)
REFEDGE_EXPORT(find_query_param)
REFEDGE_EXPORT(append_query_param)
REFEDGE_EXPORT(is_share_code)
REFEDGE_EXPORT(build_cookie)
REFEDGE_EXPORT(parse_cookie)
REFEDGE_EXPORT(find_cookie)
REFEDGE_EXPORT(build_set_cookie)
REFEDGE_EXPORT(write_json_object)
REFEDGE_EXPORT(build_track_payload)
