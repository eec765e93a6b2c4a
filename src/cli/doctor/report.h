// What the doctor found.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refedge::cli::doctor {

struct Finding {
  std::string_view id;     // stable: scripts look for it; docs/doctor.md lists them all
  bool is_problem = true;  // else a note: it works, but could be better
  std::string what;
  std::string fix;
};

class Report {
 public:
  void problem(std::string_view id, std::string what, std::string fix) {
    add({id, true, std::move(what), std::move(fix)});
  }
  void note(std::string_view id, std::string what, std::string fix) {
    add({id, false, std::move(what), std::move(fix)});
  }

  [[nodiscard]] const std::vector<Finding>& findings() const noexcept { return findings_; }

 private:
  // Two snippets with one mistake are told once.
  void add(Finding finding) {
    const auto is_same = [&](const Finding& other) {
      return other.id == finding.id && other.what == finding.what;
    };
    if (std::none_of(findings_.begin(), findings_.end(), is_same)) findings_.push_back(std::move(finding));
  }

  std::vector<Finding> findings_;
};

}  // namespace refedge::cli::doctor
