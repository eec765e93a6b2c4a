// The words by which user agents are told apart, arranged at compile time. Private to src/core.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "refedge/visit.h"

namespace refedge {

struct AgentWord {
  std::string_view text;  // lower case, at least two characters
  VisitVerdict verdict;   // kHuman: the word hides another one (a phone called Cubot)
};

inline constexpr std::size_t kNumAgentBuckets = 256;

// A bucket is a hash of a word's first two characters.
[[nodiscard]] constexpr std::size_t agent_bucket(char first, char second) noexcept {
  const unsigned a = static_cast<unsigned char>(first);
  const unsigned b = static_cast<unsigned char>(second);
  return (a * 31 + b) % kNumAgentBuckets;
}

[[nodiscard]] constexpr std::size_t agent_bucket(std::string_view word) noexcept {
  return agent_bucket(word[0], word[1]);
}

template <std::size_t N>
[[nodiscard]] consteval std::array<AgentWord, N> sort_by_bucket(std::array<AgentWord, N> words) {
  for (std::size_t i = 1; i < N; ++i) {
    for (std::size_t k = i; k > 0 && agent_bucket(words[k].text) < agent_bucket(words[k - 1].text); --k) {
      const AgentWord word = words[k];
      words[k] = words[k - 1];
      words[k - 1] = word;
    }
  }
  return words;
}

// Where each bucket begins among sorted words; the entry after the last is their number.
template <std::size_t N>
[[nodiscard]] consteval std::array<std::uint8_t, kNumAgentBuckets + 1> index_of_buckets(
    const std::array<AgentWord, N>& words) {
  static_assert(N < 256);
  std::array<std::uint8_t, kNumAgentBuckets + 1> index{};
  std::size_t i = 0;
  for (std::size_t bucket = 0; bucket <= kNumAgentBuckets; ++bucket) {
    while (i < N && agent_bucket(words[i].text) < bucket) ++i;
    index[bucket] = static_cast<std::uint8_t>(i);
  }
  return index;
}

// Of words in one bucket the earlier is tried first: longer ones stand before their own beginnings.
// In-app browsers of people name themselves too ("[Pinterest/iOS]", "Slack_SSB"), so that the words here are
// those of the fetchers alone.
inline constexpr auto kAgentWords = sort_by_bucket(std::to_array<AgentWord>({
    {"cubot", VisitVerdict::kHuman},

    {"facebookexternalhit", VisitVerdict::kUnfurler},
    {"facebookcatalog", VisitVerdict::kUnfurler},
    {"meta-externalfetcher", VisitVerdict::kUnfurler},
    {"facebot", VisitVerdict::kUnfurler},
    {"whatsapp", VisitVerdict::kUnfurler},
    {"twitterbot", VisitVerdict::kUnfurler},
    {"slackbot", VisitVerdict::kUnfurler},
    {"slack-imgproxy", VisitVerdict::kUnfurler},
    {"linkedinbot", VisitVerdict::kUnfurler},
    {"discordbot", VisitVerdict::kUnfurler},
    {"telegrambot", VisitVerdict::kUnfurler},
    {"skypeuripreview", VisitVerdict::kUnfurler},
    {"microsoftpreview", VisitVerdict::kUnfurler},
    {"bingpreview", VisitVerdict::kUnfurler},
    {"pinterestbot", VisitVerdict::kUnfurler},
    {"pinterest/0.", VisitVerdict::kUnfurler},
    {"redditbot", VisitVerdict::kUnfurler},
    {"mastodon", VisitVerdict::kUnfurler},
    {"bluesky cardyb", VisitVerdict::kUnfurler},
    {"snap url preview", VisitVerdict::kUnfurler},
    {"kakaotalk-scrap", VisitVerdict::kUnfurler},
    {"line-poker", VisitVerdict::kUnfurler},
    {"vkshare", VisitVerdict::kUnfurler},
    {"iframely", VisitVerdict::kUnfurler},
    {"embedly", VisitVerdict::kUnfurler},
    {"outbrain", VisitVerdict::kUnfurler},
    {"flipboardproxy", VisitVerdict::kUnfurler},
    {"google-pagerenderer", VisitVerdict::kUnfurler},
    {"yahoo link preview", VisitVerdict::kUnfurler},
    {"linkpreview", VisitVerdict::kUnfurler},
    {"urlpreview", VisitVerdict::kUnfurler},

    {"bot", VisitVerdict::kBot},
    {"crawl", VisitVerdict::kBot},
    {"spider", VisitVerdict::kBot},
    {"slurp", VisitVerdict::kBot},
    {"scrap", VisitVerdict::kBot},
    {"fetcher", VisitVerdict::kBot},
    {"scanner", VisitVerdict::kBot},
    {"validator", VisitVerdict::kBot},
    {"headless", VisitVerdict::kBot},
    {"phantomjs", VisitVerdict::kBot},
    {"puppeteer", VisitVerdict::kBot},
    {"playwright", VisitVerdict::kBot},
    {"selenium", VisitVerdict::kBot},
    {"curl/", VisitVerdict::kBot},
    {"wget", VisitVerdict::kBot},
    {"python", VisitVerdict::kBot},
    {"aiohttp", VisitVerdict::kBot},
    {"httpx", VisitVerdict::kBot},
    {"httpie", VisitVerdict::kBot},
    {"http-client", VisitVerdict::kBot},
    {"httpclient", VisitVerdict::kBot},
    {"http.rb", VisitVerdict::kBot},
    {"java/", VisitVerdict::kBot},
    {"okhttp", VisitVerdict::kBot},
    {"axios/", VisitVerdict::kBot},
    {"node-fetch", VisitVerdict::kBot},
    {"undici", VisitVerdict::kBot},
    {"libwww", VisitVerdict::kBot},
    {"lwp::", VisitVerdict::kBot},
    {"guzzle", VisitVerdict::kBot},
    {"php/", VisitVerdict::kBot},
    {"ruby", VisitVerdict::kBot},
    {"cfnetwork", VisitVerdict::kBot},
    {"postman", VisitVerdict::kBot},
    {"insomnia", VisitVerdict::kBot},
    {"monitor", VisitVerdict::kBot},
    {"uptime", VisitVerdict::kBot},
    {"pingdom", VisitVerdict::kBot},
    {"statuscake", VisitVerdict::kBot},
    {"site24x7", VisitVerdict::kBot},
    {"datadog", VisitVerdict::kBot},
    {"nagios", VisitVerdict::kBot},
    {"check_http", VisitVerdict::kBot},
    {"lighthouse", VisitVerdict::kBot},
    {"pagespeed", VisitVerdict::kBot},
    {"gtmetrix", VisitVerdict::kBot},
    {"prerender", VisitVerdict::kBot},
    {"archive.org", VisitVerdict::kBot},
    {"ia_archiver", VisitVerdict::kBot},
    {"mediapartners", VisitVerdict::kBot},
    {"google-read-aloud", VisitVerdict::kBot},
    {"googleother", VisitVerdict::kBot},
    {"inspectiontool", VisitVerdict::kBot},
    {"chatgpt-user", VisitVerdict::kBot},
    {"virustotal", VisitVerdict::kBot},
    {"zgrab", VisitVerdict::kBot},
    {"masscan", VisitVerdict::kBot},
    {"nmap", VisitVerdict::kBot},
    {"nuclei", VisitVerdict::kBot},
}));

inline constexpr auto kAgentIndex = index_of_buckets(kAgentWords);

}  // namespace refedge
