#include "origin/domain/evidence.h"

#include <utility>

#include "origin/domain/cookie_ring.h"
#include "origin/domain/track_fields.h"
#include "refedge/cookie.h"
#include "refedge/errc.h"
#include "refedge/limits.h"
#include "refedge/share_code.h"

namespace refedge::origin {
namespace {

// Room for one piece of each other kind.
constexpr std::size_t kMaxVoucherPieces = kMaxEvidence - 4;

void resolve(Store& store, std::string_view market_id, EvidencePiece& piece) {
  if (piece.code.empty()) return;
  const auto link = store.links().find(market_id, piece.code);
  if (!link) return;
  const auto referrer = store.referrers().find(market_id, link->referrer_id);
  if (!referrer) return;
  piece.campaign = link->campaign;
  piece.referrer_id = referrer->referrer_id;
  piece.referrer_email = referrer->email_key;
}

EvidencePiece broken(EvidenceKind kind, Errc code) {
  EvidencePiece piece;
  piece.kind = kind;
  piece.problem = errc_name(code);
  return piece;
}

EvidencePiece from_code(EvidenceKind kind, std::string_view code) {
  if (!is_share_code(code)) return broken(kind, Errc::kInvalidField);
  EvidencePiece piece;
  piece.kind = kind;
  piece.code = code;
  return piece;
}

EvidencePiece from_cookie(EvidenceKind kind, const Result<ReferralCookie>& cookie) {
  if (!cookie) return broken(kind, cookie.error().code);
  EvidencePiece piece = from_code(kind, cookie->code);
  piece.click_id = cookie->click_id;
  piece.seen_at = cookie->captured_at;
  return piece;
}

Result<ReferralCookie> open_edge_cookie(Store& store, std::string_view market_id, std::string_view value) {
  const auto ring = store.markets().cookie_keys(market_id);
  return verify_cookie(value, views_of(ring));
}

// People write codes in capitals; refedge's own are lower case.
std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

EvidencePiece resolve_voucher(Store& store, std::string_view market_id, const std::string& code) {
  EvidencePiece piece = from_code(EvidenceKind::kVoucherCode, code);
  resolve(store, market_id, piece);
  if (!piece.referrer_id.empty() || piece.code.empty()) return piece;
  piece.code = lower(piece.code);
  resolve(store, market_id, piece);
  return piece;
}

void add_vouchers(Store& store, std::string_view market_id, std::span<const Field> fields,
                  std::vector<EvidencePiece>& pieces) {
  for (const std::string& code : voucher_codes_of(fields)) {
    EvidencePiece piece = resolve_voucher(store, market_id, code);
    if (!piece.referrer_id.empty() && pieces.size() < kMaxVoucherPieces) pieces.push_back(std::move(piece));
  }
}

}  // namespace

std::vector<EvidencePiece> gather_evidence(Store& store, std::string_view market_id,
                                           std::span<const Field> fields,
                                           std::string_view attribution_header) {
  std::vector<EvidencePiece> pieces;
  add_vouchers(store, market_id, fields, pieces);
  const auto add = [&](EvidencePiece piece) {
    resolve(store, market_id, piece);
    pieces.push_back(std::move(piece));
  };
  if (!attribution_header.empty()) {
    add(from_cookie(EvidenceKind::kEdgeCookie, open_edge_cookie(store, market_id, attribution_header)));
  }
  const std::string_view browser_cookie = field_text(fields, "browser_cookie");
  if (!browser_cookie.empty()) add(from_cookie(EvidenceKind::kBrowserCookie, parse_cookie(browser_cookie)));
  const std::string_view ref = field_text(fields, "ref");
  if (!ref.empty()) add(from_code(EvidenceKind::kPayloadRef, ref));
  return pieces;
}

}  // namespace refedge::origin
