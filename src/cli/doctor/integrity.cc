#include "cli/doctor/integrity.h"

#include <cryptopp/sha.h>

#include <array>
#include <nlohmann/json.hpp>

#include "refedge/base64.h"

namespace refedge::cli::doctor {
namespace {

// The strongest last.
constexpr std::array<std::string_view, 3> kAlgorithms = {"sha256-", "sha384-", "sha512-"};

template <typename Hash>
std::string digest_of(std::string_view bytes) {
  std::string digest(Hash::DIGESTSIZE, '\0');
  Hash().CalculateDigest(reinterpret_cast<CryptoPP::byte*>(digest.data()),
                         reinterpret_cast<const CryptoPP::byte*>(bytes.data()), bytes.size());
  return base64_encode(digest);
}

constexpr std::array<std::string (*)(std::string_view), 3> kDigests = {
    digest_of<CryptoPP::SHA256>, digest_of<CryptoPP::SHA384>, digest_of<CryptoPP::SHA512>};

// Calls `use` with each hash of the attribute, without its options.
template <typename Use>
void each_hash(std::string_view integrity, const Use& use) {
  constexpr std::string_view kBlanks = " \t\r\n\f";
  while (true) {
    const std::size_t start = integrity.find_first_not_of(kBlanks);
    if (start == std::string_view::npos) return;
    integrity.remove_prefix(start);
    const std::string_view word = integrity.substr(0, integrity.find_first_of(kBlanks));
    use(word.substr(0, word.find('?')));
    integrity.remove_prefix(word.size());
  }
}

}  // namespace

std::array<std::string, 3> integrity_hashes(std::string_view bytes) {
  std::array<std::string, 3> hashes;
  for (std::size_t i = 0; i < hashes.size(); ++i)
    hashes[i] = std::string(kAlgorithms[i]) + kDigests[i](bytes);
  return hashes;
}

bool fits_integrity(std::string_view bytes, std::string_view integrity) {
  for (std::size_t i = kAlgorithms.size(); i-- > 0;) {
    bool is_there = false;
    bool fits = false;
    const std::string own = std::string(kAlgorithms[i]) + kDigests[i](bytes);
    each_hash(integrity, [&](std::string_view hash) {
      is_there |= hash.starts_with(kAlgorithms[i]);
      fits |= hash == own;
    });
    if (is_there) return fits;
  }
  return true;
}

Hashes read_hashes(const Response& response) {
  Hashes hashes;
  if (!response.trouble.empty() || response.status != 200) return hashes;
  const auto object = nlohmann::json::parse(response.body, nullptr, false);
  if (!object.is_object()) return hashes;
  for (const auto& [name, hash] : object.items()) {
    if (hash.is_string()) hashes.emplace(name, hash.get<std::string>());
  }
  return hashes;
}

}  // namespace refedge::cli::doctor
