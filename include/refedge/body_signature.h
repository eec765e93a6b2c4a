// Body signatures: the X-FRIENDBUY-SIGNATURE header of Friendbuy v1. Spec:
// docs/protocol.md#body-signature-friendbuy-v1.
#pragma once

#include <string>
#include <string_view>

#include "refedge/result.h"
#include "refedge/signature.h"

namespace refedge {

// build_body_signature returns the standard Base64 (28 characters) of HMAC-SHA1 over `body`, any bytes, under
// `secret_key`, any bytes.
// Errors: kInvalidKey (field "secret_key") when shorter than kMinSecretKeyLength or longer than
// kMaxSecretKeyLength; kTooLong (field "body") over kMaxSignedBodyLength.
[[nodiscard]] Result<std::string> build_body_signature(std::string_view body, std::string_view secret_key);

// verify_body_signature checks the value of the header in constant time; blanks around it are dropped. The
// scheme has no time in it: a host that must not act twice on a repeat has to know the body. Errors: those of
// build_body_signature; kMissingField (field "signature") when it is empty; kInvalidField (field "signature")
// when it is not the Base64 of 20 bytes; kSignatureMismatch (field "signature").
[[nodiscard]] Result<Verified> verify_body_signature(std::string_view body, std::string_view signature,
                                                     std::string_view secret_key);

}  // namespace refedge
