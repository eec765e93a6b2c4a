/* Asks the C ABI for its version and judges a share-link code, from C and through pkg-config. */
#include <stdio.h>

#include "refedge/c_api.h"

int main(void) {
  const uint8_t record[] = {2, 0, 0, 0, 'k', '7'};
  refedge_response response;
  refedge_is_share_code(record, sizeof record, &response);
  if (response.status != 0 || response.len != 1) return 1;
  printf("abi %u, share code %c\n", (unsigned)refedge_abi_version(), response.data[0]);
  return 0;
}
