// CSV: a reader of RFC 4180 finds the cells that were written, and no spreadsheet finds a formula.
#include "origin/domain/csv.h"

#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

using refedge::fuzz::require;

// Takes one cell off `rest`, of either form; what follows is a comma or the row's end.
std::string take_cell(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    const std::string cell(rest.substr(0, rest.find_first_of(",\r\n\"")));
    rest.remove_prefix(cell.size());
    return cell;
  }
  std::string cell;
  for (rest.remove_prefix(1); !rest.empty(); rest.remove_prefix(1)) {
    const bool is_quote = rest.front() == '"';
    if (is_quote && !rest.starts_with("\"\"")) break;
    cell += rest.front();
    if (is_quote) rest.remove_prefix(1);
  }
  require(!rest.empty());
  rest.remove_prefix(1);
  return cell;
}

std::vector<std::string> read_row(std::string_view row) {
  std::vector<std::string> cells = {take_cell(row)};
  while (row.starts_with(',')) {
    row.remove_prefix(1);
    cells.push_back(take_cell(row));
  }
  require(row == "\r\n");
  return cells;
}

bool starts_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

}  // namespace

REFEDGE_FUZZ_TARGET(csv) {
  std::vector<std::string> cells;
  for (const std::string_view field : refedge::fuzz::split_fields(input)) cells.emplace_back(field);
  std::string row;
  refedge::origin::append_csv_row(row, cells);
  const auto read = read_row(row);
  require(read.size() == cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    require(read[i] == (starts_formula(cells[i]) ? "'" + cells[i] : cells[i]));
  }
}
