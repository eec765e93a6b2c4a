// The operations of refedge-full.wasm alone: those that take a key, and those that only servers need. Declared in
// wasm/exports.json.
#include "boundary.h"

REFEDGE_EXPORT(visit_verdict)
REFEDGE_EXPORT(build_signature)
REFEDGE_EXPORT(verify_signature)
REFEDGE_EXPORT(encrypt_metadata)
REFEDGE_EXPORT(decrypt_metadata)
REFEDGE_EXPORT(sign_cookie)
REFEDGE_EXPORT(verify_cookie)
REFEDGE_EXPORT(attribute)
REFEDGE_EXPORT(make_share_code)
REFEDGE_EXPORT(make_click_id)
