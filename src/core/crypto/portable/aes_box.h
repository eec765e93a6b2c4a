// SubBytes of AES and its inverse as circuits, on eight planes of bits: plane i has bit i of each byte. Both are around one circuit for
// the inverse in GF(2^8); that and the sums of the first are by Boyar and Peralta (A new combinational logic minimization technique with
// applications to cryptology, SEA 2010), the sums of the other are made by the greedy method of the same paper. Neither adds the constant
// 0x63, which the keys have in them (see aes_lanes.h).
#pragma once

#include "core/crypto/portable/lanes.h"

namespace refedge::crypto::portable {

struct Planes {
  ByteLanes bit[8];
};

// The sums of input bits that the inverse multiplies (y0 is a bit as it is), and its products.
struct BoxSums {
  ByteLanes y0, y1, y2, y3, y4, y5, y6, y7, y8, y9, y10, y11, y12, y13, y14, y15, y16, y17, y18, y19, y20, y21;
};

struct BoxProducts {
  ByteLanes z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, z10, z11, z12, z13, z14, z15, z16, z17;
};

inline BoxProducts invert(const BoxSums& s) noexcept {
  const ByteLanes t2 = s.y12 & s.y15;
  const ByteLanes t4 = (s.y3 & s.y6) ^ t2;
  const ByteLanes t6 = (s.y4 & s.y0) ^ t2;
  const ByteLanes t7 = s.y13 & s.y16;
  const ByteLanes t9 = (s.y5 & s.y1) ^ t7;
  const ByteLanes t11 = (s.y2 & s.y7) ^ t7;
  const ByteLanes t12 = s.y9 & s.y11;
  const ByteLanes t14 = (s.y14 & s.y17) ^ t12;
  const ByteLanes t16 = (s.y8 & s.y10) ^ t12;
  const ByteLanes t21 = t4 ^ t14 ^ s.y20;
  const ByteLanes t22 = t6 ^ t16 ^ s.y19;
  const ByteLanes t23 = t9 ^ t14 ^ s.y21;
  const ByteLanes t24 = t11 ^ t16 ^ s.y18;
  const ByteLanes t25 = t21 ^ t22;
  const ByteLanes t26 = t21 & t23;
  const ByteLanes t27 = t24 ^ t26;
  const ByteLanes t29 = (t25 & t27) ^ t22;
  const ByteLanes t33 = ((t22 ^ t26) & (t23 ^ t24)) ^ t24;
  const ByteLanes t36 = t24 & (t27 ^ t33);
  const ByteLanes t37 = t36 ^ t23 ^ t33;
  const ByteLanes t40 = t25 ^ (t29 & (t27 ^ t36));
  const ByteLanes t41 = t40 ^ t37;
  const ByteLanes t42 = t29 ^ t33;
  const ByteLanes t43 = t29 ^ t40;
  const ByteLanes t44 = t33 ^ t37;
  const ByteLanes t45 = t42 ^ t41;
  return {.z0 = t44 & s.y15, .z1 = t37 & s.y6, .z2 = t33 & s.y0, .z3 = t43 & s.y16, .z4 = t40 & s.y1, .z5 = t29 & s.y7,
          .z6 = t42 & s.y11, .z7 = t45 & s.y17, .z8 = t41 & s.y10, .z9 = t44 & s.y12, .z10 = t37 & s.y3, .z11 = t33 & s.y4,
          .z12 = t43 & s.y13, .z13 = t40 & s.y5, .z14 = t29 & s.y2, .z15 = t42 & s.y9, .z16 = t45 & s.y14, .z17 = t41 & s.y8};
}

inline Planes substitute(const Planes& x) noexcept {
  const auto& b = x.bit;
  BoxSums s;
  s.y0 = b[0];
  s.y14 = b[4] ^ b[2];
  s.y13 = b[7] ^ b[1];
  s.y9 = b[7] ^ b[4];
  s.y8 = b[7] ^ b[2];
  const ByteLanes t0 = b[6] ^ b[5];
  s.y1 = t0 ^ b[0];
  s.y4 = s.y1 ^ b[4];
  s.y12 = s.y13 ^ s.y14;
  s.y2 = s.y1 ^ b[7];
  s.y5 = s.y1 ^ b[1];
  s.y3 = s.y5 ^ s.y8;
  const ByteLanes t1 = b[3] ^ s.y12;
  s.y15 = t1 ^ b[2];
  s.y20 = t1 ^ b[6];
  s.y6 = s.y15 ^ b[0];
  s.y10 = s.y15 ^ t0;
  s.y11 = s.y20 ^ s.y9;
  s.y7 = b[0] ^ s.y11;
  s.y17 = s.y10 ^ s.y11;
  s.y19 = s.y10 ^ s.y8;
  s.y16 = t0 ^ s.y11;
  s.y21 = s.y13 ^ s.y16;
  s.y18 = b[7] ^ s.y16;

  const BoxProducts p = invert(s);
  const ByteLanes t46 = p.z15 ^ p.z16;
  const ByteLanes t48 = p.z5 ^ p.z13;
  const ByteLanes t53 = p.z0 ^ p.z3;
  const ByteLanes t57 = p.z2 ^ p.z12 ^ t53;
  const ByteLanes t58 = p.z4 ^ t46;
  const ByteLanes t59 = p.z3 ^ p.z6 ^ p.z7;
  const ByteLanes t62 = p.z7 ^ p.z8 ^ t58;
  const ByteLanes t63 = p.z9 ^ p.z10 ^ t58;
  const ByteLanes t64 = p.z4 ^ t59;
  const ByteLanes t65 = p.z14 ^ t57 ^ t62;
  const ByteLanes t66 = p.z1 ^ t63;
  Planes y;
  y.bit[7] = t59 ^ t63;
  y.bit[1] = p.z12 ^ t48 ^ t62;
  y.bit[0] = t48 ^ t46 ^ t57;
  y.bit[4] = t53 ^ t66;
  y.bit[3] = p.z2 ^ p.z5 ^ t66;
  y.bit[2] = p.z10 ^ p.z11 ^ t65;
  y.bit[6] = t64 ^ y.bit[4];
  y.bit[5] = p.z16 ^ p.z17 ^ t64 ^ t65;
  return y;
}

inline Planes substitute_inverse(const Planes& x) noexcept {
  const auto& b = x.bit;
  BoxSums s;
  s.y8 = b[7] ^ b[6];
  s.y3 = b[7] ^ b[4];
  s.y5 = b[6] ^ b[4];
  s.y6 = b[7] ^ s.y5;
  s.y9 = b[4] ^ b[3];
  s.y18 = b[5] ^ s.y9;
  s.y19 = b[3] ^ b[0];
  s.y1 = b[4] ^ s.y19;
  s.y14 = b[3] ^ s.y6;
  s.y13 = b[1] ^ s.y1;
  s.y10 = s.y8 ^ s.y19;
  s.y2 = s.y5 ^ s.y13;
  s.y4 = s.y9 ^ s.y2;
  s.y7 = b[5] ^ s.y4;
  s.y21 = b[1] ^ s.y7;
  s.y12 = s.y3 ^ s.y4;
  s.y16 = s.y1 ^ s.y7;
  const ByteLanes t0 = b[7] ^ b[2];
  s.y0 = b[5] ^ t0;
  s.y15 = s.y6 ^ s.y0;
  s.y20 = s.y2 ^ t0;
  s.y11 = s.y9 ^ s.y20;
  s.y17 = s.y10 ^ s.y11;

  const BoxProducts p = invert(s);
  const ByteLanes p0 = p.z6 ^ p.z15;
  const ByteLanes p1 = p.z12 ^ p0;
  const ByteLanes p2 = p.z16 ^ p1;
  const ByteLanes p3 = p.z8 ^ p.z13;
  const ByteLanes p4 = p.z3 ^ p.z4;
  const ByteLanes p5 = p.z2 ^ p.z10;
  const ByteLanes p6 = p2 ^ p3;
  const ByteLanes p7 = p.z0 ^ p6;
  const ByteLanes p8 = p.z4 ^ p.z5;
  const ByteLanes p9 = p.z11 ^ p5;
  const ByteLanes p10 = p.z7 ^ p.z13;
  const ByteLanes p11 = p.z9 ^ p.z17;
  const ByteLanes p12 = p2 ^ p4;
  const ByteLanes p13 = p.z1 ^ p.z14;
  Planes y;
  y.bit[7] = p6 ^ p.z3 ^ p.z5;
  y.bit[6] = p4 ^ p5 ^ p0 ^ p3 ^ p11 ^ p13;
  y.bit[5] = p12 ^ p13 ^ p.z8 ^ p9;
  y.bit[4] = p.z2 ^ p7;
  y.bit[3] = p.z0 ^ p9 ^ p.z17 ^ p8 ^ p1 ^ p10;
  y.bit[2] = p.z1 ^ p7 ^ p8;
  y.bit[1] = p10 ^ p12;
  y.bit[0] = p.z11 ^ p.z15 ^ p11;
  return y;
}

}  // namespace refedge::crypto::portable
