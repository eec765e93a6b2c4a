#include "origin/widget/strings.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "origin/assets.h"
#include "refedge/limits.h"

namespace refedge::origin {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "strings.";
constexpr std::string_view kSuffix = ".json";

struct BuiltIn {
  const char* locale;
  std::string_view json;
};

// English is first: it says which keys there are. A translation is one more file and one more line.
constexpr std::array<BuiltIn, 5> kBuiltIn = {{
    {"en", assets::kStrings_en_json},
    {"de", assets::kStrings_de_json},
    {"es", assets::kStrings_es_json},
    {"fr", assets::kStrings_fr_json},
    {"pt", assets::kStrings_pt_json},
}};

[[noreturn]] void fail(const std::string& name, const std::string& why) {
  throw StringsFailure(name + ": " + why);
}

// "pt_BR" and "PT-br" are "pt-br".
std::string key_of(std::string_view locale) {
  std::string key(locale);
  for (char& c : key) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

// What a locale is a kind of: "zh-hant-tw", "zh-hant", "zh", "".
std::string_view wider(std::string_view key) {
  const std::size_t dash = key.rfind('-');
  return dash == std::string_view::npos ? std::string_view{} : key.substr(0, dash);
}

bool is_tag(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::size_t language = text.find_first_not_of(kLetters);
  const std::size_t length = language == std::string_view::npos ? text.size() : language;
  return length >= 2 && length <= 8 && text.size() <= kMaxLocaleLength && text.back() != '-' &&
         text.find_first_not_of(std::string(kLetters) + "0123456789-") == std::string_view::npos;
}

// The names between braces: a translation must have those of the English text.
std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    names.insert(std::string(text.substr(open, close == std::string_view::npos ? close : close - open + 1)));
  }
  return names;
}

Json parse(std::string_view json, const std::string& name) {
  std::set<std::string> seen;
  const auto refuse_twice = [&](int /*depth*/, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::key && !seen.insert(value.get<std::string>()).second) {
      fail(name, "the key \"" + value.get<std::string>() + "\" is there twice");
    }
    return true;
  };
  try {
    return Json::parse(json, refuse_twice);
  } catch (const Json::parse_error& error) {
    fail(name, std::string("no JSON: ") + error.what());
  }
}

void check_text(const std::string& key, const Json& value, const std::string& name) {
  if (!value.is_string() || value.get_ref<const std::string&>().empty())
    fail(name, "\"" + key + "\" is no text");
  if (value.get_ref<const std::string&>().size() > kMaxStringBytes) {
    fail(name, "\"" + key + "\" is longer than " + std::to_string(kMaxStringBytes) + " bytes");
  }
}

// Against the table that is filled up from: every table has all keys.
void check_translation(const std::string& key, const std::string& text, const Strings& base,
                       const std::string& name) {
  const auto original = base.texts.find(key);
  if (original == base.texts.end()) fail(name, "unknown key \"" + key + "\"");
  if (placeholders(text) == placeholders(original->second)) return;
  fail(name, "\"" + key + "\" must have the placeholders of \"" + original->second + "\"");
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxStringsFileBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || !file.is_open()) fail(path.string(), "cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxStringsFileBytes) {
    fail(path.string(), "longer than " + std::to_string(kMaxStringsFileBytes) + " bytes");
  }
  return text;
}

// The locale in the name of a file; anything that is not called *.json is somebody's own.
std::string locale_of(const fs::path& path) {
  const std::string name = path.filename().string();
  const bool is_ours = name.starts_with(kPrefix) && name.size() > kPrefix.size() + kSuffix.size();
  const std::string tag =
      is_ours ? name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()) : std::string{};
  if (tag.empty() || !is_tag(tag))
    fail(path.string(), "is not called strings.<locale>.json, as strings.pt-BR.json");
  return tag;
}

// English first, then wider tables before those that are filled up from them.
std::vector<fs::path> files_of(const std::string& directory) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == kSuffix) files.push_back(entry->path());
  }
  if (error) fail(directory, error.message());
  if (files.size() > kMaxStringsFiles)
    fail(directory, "more than " + std::to_string(kMaxStringsFiles) + " files");
  const auto rank = [](const fs::path& path) {
    const std::string key = key_of(locale_of(path));
    return std::pair(key == "en" ? 0U : key.size(), key);
  };
  std::sort(files.begin(), files.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return files;
}

}  // namespace

StringTables::StringTables(const std::string& directory) {
  for (const BuiltIn& table : kBuiltIn) add(table.locale, table.json, std::string(kPrefix) + table.locale);
  if (directory.empty()) return;
  for (const fs::path& file : files_of(directory)) add(locale_of(file), read_file(file), file.string());
}

void StringTables::add(const std::string& locale, std::string_view json, const std::string& name) {
  const Json object = parse(json, name);
  if (!object.is_object()) fail(name, "no JSON object");
  const Strings* base = serving(key_of(locale));
  if (base == nullptr && !tables_.empty()) base = serving("en");
  Strings table{.locale = locale, .texts = base == nullptr ? decltype(Strings::texts){} : base->texts};
  for (const auto& [key, value] : object.items()) {
    check_text(key, value, name);
    if (base != nullptr) check_translation(key, value.get_ref<const std::string&>(), *base, name);
    table.texts[key] = value.get<std::string>();
  }
  tables_.insert_or_assign(key_of(locale), std::move(table));
}

const Strings* StringTables::serving(std::string_view locale) const {
  const std::string key = key_of(locale);
  for (std::string_view tag = key; !tag.empty(); tag = wider(tag)) {
    const auto found = tables_.find(std::string(tag));
    if (found != tables_.end()) return &found->second;
  }
  return nullptr;
}

const Strings& StringTables::find(std::string_view locale, std::string_view fallback) const {
  for (const std::string_view wanted : {locale, fallback}) {
    if (const Strings* table = serving(wanted)) return *table;
  }
  return *serving("en");
}

bool is_right_to_left(std::string_view locale) {
  constexpr std::array<std::string_view, 12> kLanguages = {
      {"ar", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ur", "yi"}};
  constexpr std::array<std::string_view, 5> kScripts = {{"-arab", "-hebr", "-nkoo", "-syrc", "-thaa"}};
  const std::string key = key_of(locale);
  if (key.find("-latn") != std::string::npos || key.find("-cyrl") != std::string::npos) return false;
  const auto is_in_key = [&](std::string_view script) { return key.find(script) != std::string::npos; };
  if (std::any_of(kScripts.begin(), kScripts.end(), is_in_key)) return true;
  return std::find(kLanguages.begin(), kLanguages.end(), std::string_view(key).substr(0, key.find('-'))) !=
         kLanguages.end();
}

}  // namespace refedge::origin
