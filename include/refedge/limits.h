// Every limit of the core in one place. Lengths are bytes of UTF-8 unless the name says otherwise.
// One more than the limit is refused with kTooLong or kTooMany; the limit itself is accepted.
#pragma once

#include <cstddef>
#include <cstdint>

namespace refedge {

inline constexpr std::size_t kMaxFields = 64;                        // fields of one object
inline constexpr std::size_t kMaxKeyLength = 128;                    // one key
inline constexpr std::size_t kMaxValueLength = 8192;                 // one value
inline constexpr std::size_t kMaxSignedKeys = 32;                    // keys named in `signed_keys`
inline constexpr std::size_t kMaxMetadataLength = 16384;             // plain text of a `bp_e`
inline constexpr std::size_t kMaxEncodedMetadataLength = 68 * 1024;  // a `bp_e`, each character as %XX
inline constexpr std::size_t kMaxUrlLength = 8192;                   // a URL or query string
inline constexpr std::size_t kMaxCookieHeaderLength = 16384;         // a Cookie request header
inline constexpr std::size_t kMaxShareCodeLength = 32;               // a share-link code
inline constexpr std::size_t kShareCodeLength = 12;                  // a code that refedge makes
inline constexpr std::size_t kMaxCookieKeys = 16;                    // keys in one market's key ring
inline constexpr std::size_t kMaxEvidence = 16;                      // pieces of evidence for one conversion
inline constexpr std::size_t kMaxEmailLength = 254;                  // RFC 5321 section 4.5.3.1.3, less <>
inline constexpr std::size_t kMaxNameLength = 256;                   // a person's name
inline constexpr std::size_t kMaxSlugLength = 64;                    // a market or campaign in a payload
inline constexpr std::size_t kMaxEvidenceLength = 256;  // `ref` and `browser_cookie` of a payload
inline constexpr std::size_t kMaxOrderNumberLength = 128;
inline constexpr std::size_t kMaxVoucherCodeLength = 64;
inline constexpr std::size_t kMaxVoucherCodes = 20;
inline constexpr std::size_t kMaxRewardCategoryLength = 64;
inline constexpr std::size_t kMaxLocaleLength = 35;                   // RFC 5646 section 4.4.1
inline constexpr std::int64_t kMaxMoneyMinorUnits = 999'999'999'999;  // 9,999,999,999.99
inline constexpr std::int64_t kMaxCookieAgeSeconds = 400LL * 86400;   // RFC 6265bis section 4.1.2.2
inline constexpr std::size_t kMinSecretKeyLength = 1;
inline constexpr std::size_t kMaxSecretKeyLength = 256;
inline constexpr std::size_t kAuthTokenKeyLength = 32;     // bytes of the auth token used for `bp_e`
inline constexpr std::size_t kMaxReferrerIdLength = 256;   // an opaque id in an explanation
inline constexpr std::size_t kMaxCustomFieldLength = 256;  // the custom field of a sign-up
inline constexpr std::size_t kMaxCustomerIdLength = 128;   // a shop's own id of a customer
inline constexpr std::size_t kMaxProducts = 100;           // products of one purchase
inline constexpr std::size_t kMaxSkuLength = 128;
inline constexpr std::int64_t kMaxQuantity = 1'000'000;       // units of one product
inline constexpr std::size_t kMaxFormLength = 64 * 1024;      // a url-encoded form
inline constexpr std::size_t kMaxRecipients = 50;             // of one Refer Friends form
inline constexpr std::size_t kMaxMessageLength = 4096;        // a personal message
inline constexpr std::size_t kMaxCapillaryCustomers = 50;     // customers of one batch
inline constexpr std::size_t kMaxCapillaryReferrals = 100;    // invitations of one customer
inline constexpr std::size_t kMaxCapillaryValueLength = 256;  // one value of a batch
inline constexpr std::size_t kMaxCookieCandidates = 8;        // cookies of one name that a request is searched for
inline constexpr std::size_t kMinCookieKeyLength = 32;        // bytes of a cookie key
inline constexpr std::size_t kMaxCookieKeyLength = 64;
inline constexpr std::size_t kMaxSignedBodyLength = 256 * 1024;  // a body under a body or webhook signature
inline constexpr std::size_t kMinWebhookKeyLength = 24;  // bytes; Standard Webhooks, "Signature scheme"
inline constexpr std::size_t kMaxWebhookKeyLength = 64;
inline constexpr std::size_t kMaxWebhookSecrets = 8;  // secrets active at a time
inline constexpr std::size_t kMaxWebhookIdLength = 128;
inline constexpr std::size_t kMaxWebhookSignatureLength = 4096;  // a webhook-signature header
inline constexpr std::size_t kMaxAuthorizationLength = 8192;     // an Authorization header
inline constexpr std::size_t kMaxOauthParams = 256;              // in one header, query or form
inline constexpr std::size_t kMaxOauthKeyLength = 256;           // a consumer key, token or their secrets
inline constexpr std::size_t kMaxOauthNonceLength = 128;
inline constexpr std::size_t kMaxReportLength = 8192;  // keys and values that a signature report looks at
inline constexpr std::size_t kMaxVisitorParams = 32;   // of a visitor's query, on to the destination
inline constexpr std::size_t kMaxPreviewTitleLength = 256;  // title and site name of a preview page
inline constexpr std::size_t kMaxPreviewDescriptionLength = 1024;
inline constexpr std::int64_t kMaxClockSkewSeconds =
    300;  // between the machines that write and read a cookie

}  // namespace refedge
