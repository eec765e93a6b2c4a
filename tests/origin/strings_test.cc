// The widget's translations, those of the program and those of a merchant. Spec:
// docs/protocol.md#translations.
#include "origin/widget/strings.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "test_origin.h"

namespace refedge::origin::test {
namespace {

class StringsTest : public testing::Test {
 protected:
  void put(const std::string& name, const std::string& text) { std::ofstream(folder_.file(name)) << text; }

  [[nodiscard]] StringTables read() const { return StringTables(folder_.file("")); }

  // What is wrong, without the path before it.
  [[nodiscard]] std::string why() const {
    try {
      (void)read();
      return "nothing";
    } catch (const StringsFailure& failure) {
      const std::string text = failure.what();
      return text.substr(text.rfind('/') + 1);
    }
  }

  // A file whose only text has `length` bytes.
  static std::string with_text(std::size_t length) {
    return R"({"copy":")" + std::string(length, 'x') + "\"}";
  }

  TempDirectory folder_;
};

TEST_F(StringsTest, FindsTheNearestTable) {
  const StringTables tables{""};
  EXPECT_EQ(tables.find("en-GB", "").locale, "en");
  EXPECT_EQ(tables.find("FR_ca", "en").locale, "fr");
  EXPECT_EQ(tables.find("pt-Latn-BR", "en").locale, "pt");
  EXPECT_EQ(tables.find("xx", "de-AT").locale, "de");
  EXPECT_EQ(tables.find("", "es").locale, "es");
  EXPECT_EQ(tables.find("xx", "yy").locale, "en");
  EXPECT_EQ(tables.find("eng", "").locale, "en") << "another language: English is what is left";
}

// What a translator may forget: a key, or what stands in braces. The service refuses to start then; here it
// is named.
TEST_F(StringsTest, HasAllTextsInAllLanguages) {
  const StringTables tables{""};
  const auto& english = tables.find("en", "").texts;
  for (const char* locale : {"de", "es", "fr", "pt"}) {
    const Strings& table = tables.find(locale, "");
    ASSERT_EQ(table.locale, locale);
    ASSERT_EQ(table.texts.size(), english.size());
    std::size_t same = 0;
    for (const auto& [key, text] : english) same += table.texts.at(key) == text ? 1U : 0U;
    EXPECT_LE(same, 5U) << locale
                        << ": WhatsApp, Facebook, X and perhaps E-mail and QR code are the same everywhere";
  }
}

TEST_F(StringsTest, ReadsAMerchantsFileOverItsOwn) {
  put("strings.fr.json", R"({"copy":"Dupliquer"})");
  put("strings.fr-CA.json", R"({"share_mail":"Courriel"})");
  put("strings.he.json", R"({"copy":"העתקה"})");
  put("notes.txt", "not ours");
  const StringTables tables = read();
  EXPECT_EQ(tables.find("fr", "").texts.at("copy"), "Dupliquer");
  EXPECT_EQ(tables.find("fr", "").texts.at("submit"), "Obtenir mon lien");
  EXPECT_EQ(tables.find("fr-CA", "").texts.at("share_mail"), "Courriel");
  EXPECT_EQ(tables.find("fr-CA", "").texts.at("copy"), "Dupliquer") << "filled up from the merchant's French";
  EXPECT_EQ(tables.find("he", "").texts.at("copy"), "העתקה");
  EXPECT_EQ(tables.find("he", "").texts.at("submit"), "Get my link") << "filled up from English";
}

TEST_F(StringsTest, FillsUpFromTheMerchantsEnglish) {
  put("strings.en.json", R"({"submit":"Go"})");
  put("strings.ar.json", "{}");
  EXPECT_EQ(read().find("ar", "").texts.at("submit"), "Go");
}

TEST_F(StringsTest, NamesTheFileAndWhatIsWrong) {
  const std::array<std::array<std::string, 2>, 9> cases = {{
      {R"({"sumbit":"Go"})", R"(unknown key "sumbit")"},
      {R"({"copy":""})", R"("copy" is no text)"},
      {R"({"copy":1})", R"("copy" is no text)"},
      {R"({"copy":"a","copy":"b"})", R"(the key "copy" is there twice)"},
      {R"({"done_title_name":"ready"})",
       R"("done_title_name" must have the placeholders of "{name}, your link is ready")"},
      {R"({"copy":"{name}"})", R"("copy" must have the placeholders of "Copy")"},
      {"[]", "no JSON object"},
      {with_text(kMaxStringBytes + 1), R"("copy" is longer than 1024 bytes)"},
      {std::string(kMaxStringsFileBytes + 1, ' '), "longer than 65536 bytes"},
  }};
  for (const auto& [json, expected] : cases) {
    put("strings.he.json", json);
    EXPECT_EQ(why(), "strings.he.json: " + expected);
  }
  put("strings.he.json", "{");
  EXPECT_EQ(why().find("strings.he.json: no JSON: "), 0U) << why();
}

TEST_F(StringsTest, TakesWhatIsAtTheLimit) {
  put("strings.he.json", with_text(kMaxStringBytes));
  EXPECT_EQ(why(), "nothing");
  const std::string json = with_text(1);
  put("strings.he.json", json + std::string(kMaxStringsFileBytes - json.size(), ' '));
  EXPECT_EQ(why(), "nothing");
}

TEST_F(StringsTest, TakesAHundredFiles) {
  for (std::size_t i = 0; i < kMaxStringsFiles; ++i)
    put("strings.xx-" + std::to_string(100 + i) + ".json", "{}");
  EXPECT_EQ(why(), "nothing");
  put("strings.yy.json", "{}");
  EXPECT_NE(why().find("more than 100 files"), std::string::npos);
}

TEST_F(StringsTest, RefusesANameThatIsNoLocale) {
  for (const char* name :
       {"string.fr.json", "strings..json", "strings.f.json", "strings.fr_FR.json", "strings.fr-.json"}) {
    put(name, "{}");
    EXPECT_EQ(why(), std::string(name) + ": is not called strings.<locale>.json, as strings.pt-BR.json");
    std::filesystem::remove(folder_.file(name));
  }
}

TEST_F(StringsTest, TakesALocaleOfThirtyFiveBytes) {
  put("strings.xx-" + std::string(32, 'a') + ".json", "{}");
  EXPECT_EQ(why(), "nothing");
  put("strings.xx-" + std::string(33, 'a') + ".json", "{}");
  EXPECT_NE(why().find("is not called strings.<locale>.json"), std::string::npos);
}

TEST_F(StringsTest, RefusesADirectoryThatIsNotThere) {
  EXPECT_THROW(StringTables{folder_.file("none")}, StringsFailure);
}

TEST_F(StringsTest, KnowsWhichWayALanguageIsWritten) {
  for (const char* locale : {"ar", "AR-eg", "he_IL", "fa", "ur-PK", "az-Arab", "yi"})
    EXPECT_TRUE(is_right_to_left(locale)) << locale;
  for (const char* locale : {"en", "de", "arn", "hr", "ur-Latn", "uz-Cyrl", ""})
    EXPECT_FALSE(is_right_to_left(locale)) << locale;
}

}  // namespace
}  // namespace refedge::origin::test
