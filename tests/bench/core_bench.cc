// The core's operations on 496 bytes against OpenSSL. Usage: refedge_core_bench [--json];
// REFEDGE_BENCH_ROUNDS (default 11) sets how many interleaved rounds a row has.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/crypto/crypto.h"
#include "refedge/hex.h"
#include "refedge/metadata.h"
#include "refedge/signature.h"
#include "tests/bench/openssl_peer.h"
#include "tests/bench/rounds.h"

namespace refedge::bench {
namespace {

constexpr int kNumRounds = 11;
constexpr const char* kPeer = "openssl";
constexpr std::size_t kInputBytes = 496;
const std::string kToken = "fd7cf959-8a3d-431e-975b-b5d3f36aa710";
const std::string kSecretKey = "afd46269f68a4b63b6a926d8bad9f5b5";
constexpr const char* kSignedKeys = "order_number,customer_email,note";

// JSON with letters beyond ASCII in it, of exactly kInputBytes.
std::string input_json() {
  std::string json = R"({"email":"zo\u00eb@shop.example","name":"Zoë Doe","note":")";
  json.append(kInputBytes - json.size() - 2, 'x');
  return json + "\"}";
}

std::vector<Field> order_fields() {
  static const std::string note(kInputBytes - 120, 'x');
  return {{"order_number", "ORDER123"}, {"customer_email", "zoe@shop.example"}, {"note", note}};
}

// What a shop's server does: sort the keys, dump, hash with OpenSSL. nlohmann's object is sorted; "secret"
// stands last here too.
std::string peer_sign() {
  nlohmann::json object;
  for (const Field& field : order_fields()) object[std::string(field.key)] = field.value;
  object["secret"] = kSecretKey;
  return hex_encode(openssl_sha256(object.dump()));
}

std::vector<Contest> contests() {
  static const std::string json = input_json();
  static const std::string bp_e = openssl_encrypt(json, kToken);
  return {
      {"sha256", kPeer, [] { return std::string(crypto::as_text(crypto::sha256(json))); },
       [] { return openssl_sha256(json); }},
      {"hmac-sha1", kPeer, [] { return std::string(crypto::as_text(crypto::hmac_sha1(kSecretKey, json))); },
       [] { return openssl_hmac_sha1(kSecretKey, json); }},
      {"bp_e encrypt", kPeer, [] { return *encrypt_metadata(json, kToken); },
       [] { return openssl_encrypt(json, kToken); }},
      {"bp_e decrypt", kPeer, [] { return *decrypt_metadata(bp_e, kToken); },
       [] { return openssl_decrypt(bp_e, kToken); }},
      {"sign", kPeer, [] { return *build_signature(order_fields(), kSignedKeys, kSecretKey); }, peer_sign},
  };
}

// Two programs that make different bytes are no contest.
bool agree(const std::vector<Contest>& all) {
  for (const Contest& contest : all) {
    if (contest.ours() == contest.theirs()) continue;
    std::fprintf(stderr, "%s: we and the peer do not agree\n", contest.name.c_str());
    return false;
  }
  return true;
}

nlohmann::ordered_json to_json(const Row& row) {
  return {{"name", row.name},           {"value", row.ours_ns},        {"unit", "ns"},
          {"peer", row.peer},           {"peer_value", row.theirs_ns}, {"ratio", row.ratio_median},
          {"ratio_min", row.ratio_min}, {"ratio_max", row.ratio_max}};
}

// How many rounds the environment asks for; 0 when that is no number.
int num_rounds() {
  const char* const text = std::getenv("REFEDGE_BENCH_ROUNDS");
  if (text == nullptr) return kNumRounds;
  const char* const end = text + std::strlen(text);
  int rounds = 0;
  const auto read = std::from_chars(text, end, rounds);
  return read.ec == std::errc() && read.ptr == end && rounds > 0 ? rounds : 0;
}

void print_table(const std::vector<Row>& rows, int rounds) {
  std::printf(
      "%zu bytes, %d interleaved rounds against OpenSSL %s; ratio: the peer's time / ours (above 1 we are "
      "faster)\n",
      kInputBytes, rounds, openssl_version().c_str());
  std::printf("%-14s %10s %10s   %-22s %s\n", "operation", "ours, ns", "peer, ns", "ratio (min, max)",
              "peer");
  for (const Row& row : rows) {
    std::printf("%-14s %10.0f %10.0f   %5.2f (%.2f, %.2f)%6s %s\n", row.name.c_str(), row.ours_ns,
                row.theirs_ns, row.ratio_median, row.ratio_min, row.ratio_max, "", row.peer.c_str());
  }
}

int run(bool as_json) {
  const int rounds = num_rounds();
  if (rounds == 0) {
    std::fprintf(stderr, "REFEDGE_BENCH_ROUNDS: a whole number from 1\n");
    return 2;
  }
  const auto all = contests();
  if (!agree(all)) return 1;
  std::vector<Row> rows;
  for (const Contest& contest : all) rows.push_back(run_contest(contest, rounds));
  if (!as_json) {
    print_table(rows, rounds);
    return 0;
  }
  auto array = nlohmann::ordered_json::array();
  for (const Row& row : rows) array.push_back(to_json(row));
  std::printf("%s\n", array.dump(1).c_str());
  return 0;
}

}  // namespace
}  // namespace refedge::bench

int main(int argc, char** argv) {
  const bool as_json = argc == 2 && std::strcmp(argv[1], "--json") == 0;
  if (argc == 1 || as_json) return refedge::bench::run(as_json);
  std::fprintf(stderr, "usage: refedge_core_bench [--json]\n");
  return 2;
}
