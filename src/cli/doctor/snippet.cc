#include "cli/doctor/snippet.h"

#include <string_view>

#include "cli/doctor/tokens.h"

namespace refedge::cli::doctor {
namespace {

// A {{market}} or an <order_value> of the manual.
bool is_placeholder(std::string_view text) {
  if (text.find("{{") != std::string_view::npos) return true;
  return text.size() > 2 && text.front() == '<' && text.back() == '>' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 1) == text.size() - 1;
}

// Walks over one script's tokens. Past their end there are only empty ones.
class Walk {
 public:
  explicit Walk(const std::vector<Token>& tokens) : tokens_(tokens) {}

  [[nodiscard]] bool at_end() const { return at_ >= tokens_.size(); }
  [[nodiscard]] const Token& here() const { return at(0); }
  [[nodiscard]] bool is(std::string_view text, std::size_t ahead = 0) const {
    return at(ahead).kind != Token::Kind::kString && at(ahead).text == text;
  }
  void skip(std::size_t count = 1) { at_ += count; }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    skip();
    return true;
  }

  // A value up to the comma or bracket behind it.
  Value take_value() {
    Value value;
    value.is_there = true;
    const bool is_string = here().kind == Token::Kind::kString && (is(",", 1) || is("}", 1) || is(")", 1));
    if (is_string) {
      value.text = here().text;
      skip();
      return value;
    }
    value.is_code = true;
    skip_code();
    return value;
  }

 private:
  [[nodiscard]] const Token& at(std::size_t ahead) const {
    static const Token kNone;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kNone;
  }
  [[nodiscard]] bool is_any(std::string_view characters) const {
    return here().kind == Token::Kind::kSign &&
           characters.find(here().text.front()) != std::string_view::npos;
  }
  void skip_code() {
    for (std::size_t depth = 0; !at_end(); skip()) {
      if (depth == 0 && is_any(",})]")) return;
      if (is_any("{([")) ++depth;
      if (is_any("})]")) --depth;
    }
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

// The members of an object literal that the caller asks for by `on_member(name, value)`.
template <typename OnMember>
void read_object(Walk& walk, const OnMember& on_member) {
  if (!walk.take("{")) return;
  while (!walk.at_end() && !walk.take("}")) {
    const std::string name = walk.here().text;
    walk.skip();
    if (walk.take(":")) on_member(name, walk.take_value());
    walk.take(",");
  }
}

Snippet read_constructor(Walk& walk, std::size_t script) {
  Snippet snippet;
  snippet.script = script;
  if (!walk.is("{")) {
    const Value code = walk.take_value();
    snippet.url = snippet.market = {.is_there = true, .is_code = true, .text = {}};
  }
  read_object(walk, [&](const std::string& name, const Value& value) {
    if (name == "url") snippet.url = value;
    if (name == "market") snippet.market = value;
    snippet.has_placeholder |= is_placeholder(value.text);
  });
  if (walk.take(",")) snippet.container = walk.take_value();
  if (walk.take(",")) snippet.error = walk.take_value();
  return snippet;
}

void read_embed(Walk& walk, Snippet& snippet) {
  snippet.embeds = true;
  if (!walk.is("{")) {
    if (!walk.is(")")) snippet.campaign = walk.take_value();
    return;
  }
  read_object(walk, [&](const std::string& name, const Value& value) {
    if (name == "campaign") snippet.campaign = value;
    snippet.has_placeholder |= is_placeholder(value.text);
  });
}

void read_track(Walk& walk, Snippet& snippet) {
  snippet.tracks = true;
  read_object(walk, [&](const std::string&, const Value& value) {
    snippet.has_placeholder |= is_placeholder(value.text);
  });
}

// `new Buyapowa(` and `new window.Buyapowa(`.
std::size_t constructor_length(const Walk& walk) {
  if (!walk.is("new")) return 0;
  const std::size_t name = walk.is("window", 1) && walk.is(".", 2) ? 3 : 1;
  return walk.is("Buyapowa", name) && walk.is("(", name + 1) ? name + 2 : 0;
}

void read_script(const Script& script, std::size_t place, std::vector<Snippet>& snippets) {
  const std::vector<Token> tokens = read_tokens(script.text);
  const std::size_t first = snippets.size();
  std::size_t depth = 0;
  for (Walk walk(tokens); !walk.at_end();) {
    if (snippets.size() == kMaxSnippets && constructor_length(walk) > 0) return;
    if (const std::size_t length = constructor_length(walk); length > 0) {
      walk.skip(length);
      snippets.push_back(read_constructor(walk, place));
      snippets.back().runs_at_once = depth == 0 && !script.is_late;
    } else if (walk.is("embedReferAFriend") && walk.is("(", 1) && snippets.size() > first) {
      walk.skip(2);
      read_embed(walk, snippets.back());
    } else if (walk.is("track") && walk.is("(", 1) && snippets.size() > first) {
      walk.skip(2);
      read_track(walk, snippets.back());
    } else {
      if (walk.is("{")) ++depth;
      if (walk.is("}") && depth > 0) --depth;
      walk.skip();
    }
  }
}

}  // namespace

std::vector<Snippet> find_snippets(const Page& page) {
  std::vector<Snippet> snippets;
  for (std::size_t i = 0; i < page.scripts.size(); ++i) {
    if (page.scripts[i].text.find("Buyapowa") != std::string::npos) read_script(page.scripts[i], i, snippets);
  }
  return snippets;
}

}  // namespace refedge::cli::doctor
